/* SPDX-License-Identifier: MIT */
/* The functions of gate_rules[], one for each row, by file. */
#ifndef BDDRUN_GATE_RULES_RULES_H
#define BDDRUN_GATE_RULES_RULES_H

#include "gate/rule.h"

/* policy_rules.c */
void rule_policy_source(const struct gate_input *input, struct findings *findings);

/* evidence_rules.c, binding_rules.c */
void rule_evidence_runs(const struct gate_input *input, struct findings *findings);
void rule_evidence_complete(const struct gate_input *input, struct findings *findings);
void rule_evidence_shards(const struct gate_input *input, struct findings *findings);
void rule_evidence_commit(const struct gate_input *input, struct findings *findings);
void rule_evidence_revision(const struct gate_input *input, struct findings *findings);
void rule_evidence_configuration(const struct gate_input *input, struct findings *findings);
void rule_evidence_artefact(const struct gate_input *input, struct findings *findings);
void rule_evidence_fresh(const struct gate_input *input, struct findings *findings);

/* scenario_rules.c */
void rule_scenarios_passed(const struct gate_input *input, struct findings *findings);
void rule_scenarios_flaky(const struct gate_input *input, struct findings *findings);
void rule_scenarios_pending(const struct gate_input *input, struct findings *findings);
void rule_scenarios_skipped(const struct gate_input *input, struct findings *findings);
void rule_scenarios_minimum(const struct gate_input *input, struct findings *findings);

/* coverage_rules.c */
void rule_coverage_reports(const struct gate_input *input, struct findings *findings);
void rule_coverage_files(const struct gate_input *input, struct findings *findings);
void rule_coverage_sources(const struct gate_input *input, struct findings *findings);
void rule_coverage_floors(const struct gate_input *input, struct findings *findings);

/* threshold_rules.c */
void rule_coverage_total(const struct gate_input *input, struct findings *findings);
void rule_coverage_file(const struct gate_input *input, struct findings *findings);
void rule_coverage_components(const struct gate_input *input, struct findings *findings);

/* changed_rules.c */
void rule_coverage_changed(const struct gate_input *input, struct findings *findings);
void rule_coverage_ratchet(const struct gate_input *input, struct findings *findings);
void rule_change_size(const struct gate_input *input, struct findings *findings);

/* recording_rules.c */
void rule_recordings_fresh(const struct gate_input *input, struct findings *findings);
void rule_recordings_endpoints(const struct gate_input *input, struct findings *findings);
void rule_recordings_drift(const struct gate_input *input, struct findings *findings);

/* compared_rules.c, latency_rules.c */
void rule_recordings_revision(const struct gate_input *input, struct findings *findings);
void rule_recordings_events(const struct gate_input *input, struct findings *findings);
void rule_recordings_masks(const struct gate_input *input, struct findings *findings);
void rule_latency(const struct gate_input *input, struct findings *findings);

/* Whether runs of scenarios are asked for at all. */
bool rules_need_runs(const struct gate_input *input);

#endif
