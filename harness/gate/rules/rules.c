/* SPDX-License-Identifier: MIT */
#include "gate/rules/rules.h"

/* In the order of the verdict. */
const struct gate_rule gate_rules[] = {
    { "policy.source", "the policy is that of production or of a protected ref",
      rule_policy_source },
    { "evidence.runs", "message streams of runs are there and can be read",
      rule_evidence_runs },
    { "evidence.complete", "every scenario that the project selects ran to its end",
      rule_evidence_complete },
    { "evidence.shards", "all shards and attempts arrived", rule_evidence_shards },
    { "evidence.commit", "the runs are of the commit, or of its tree, without local changes",
      rule_evidence_commit },
    { "evidence.revision", "staging served the commit before and after each run",
      rule_evidence_revision },
    { "evidence.configuration", "all runs used the commit's bddrun.yaml on one environment",
      rule_evidence_configuration },
    { "evidence.artefact", "all runs tested the same artefacts", rule_evidence_artefact },
    { "evidence.fresh", "no run is too old, in the future, or older than the commit",
      rule_evidence_fresh },
    { "scenarios.passed", "no scenario failed", rule_scenarios_passed },
    { "scenarios.flaky", "none passed only when tried again", rule_scenarios_flaky },
    { "scenarios.pending", "none is pending", rule_scenarios_pending },
    { "scenarios.skipped", "none was skipped", rule_scenarios_skipped },
    { "scenarios.minimum", "as many passed as there have to be", rule_scenarios_minimum },
    { "coverage.report", "the required reports are there, whole, fresh and not empty",
      rule_coverage_reports },
    { "coverage.files", "what was measured is in the commit, line by line",
      rule_coverage_files },
    { "coverage.sources", "every source file is measured", rule_coverage_sources },
    { "coverage.minimum", "as many files and lines are measured as there have to be",
      rule_coverage_floors },
    { "coverage.….total", "enough lines, branches, functions are covered",
      rule_coverage_total },
    { "coverage.….file", "and of each file", rule_coverage_file },
    { "coverage.component", "and of each component", rule_coverage_components },
    { "coverage.….changed", "and of what the change adds or changes", rule_coverage_changed },
    { "coverage.ratchet", "no line lost its cover since the release, no new one is without",
      rule_coverage_ratchet },
    { "change", "the change is small enough", rule_change_size },
    { "recordings.fresh", "the recordings can be read and are young enough",
      rule_recordings_fresh },
    { "recordings.untouched_endpoints", "scenarios touch what was recorded of production",
      rule_recordings_endpoints },
    { "recordings.drift", "staging does not differ from the recordings",
      rule_recordings_drift },
    { "recordings.revision", "the recordings are of the commit in production",
      rule_recordings_revision },
    { "recordings.untouched_events", "runs compare the events that were recorded",
      rule_recordings_events },
    { "recordings.dead_masks", "every mask decides about something", rule_recordings_masks },
    { "latency", "staging is not slower than it was recorded", rule_latency },
    { NULL, NULL, NULL },
};

void gate_weigh(const struct gate_input *input, struct findings *findings)
{
    for (const struct gate_rule *rule = gate_rules; rule->name; rule++) {
        rule->weigh(input, findings);
    }
}
