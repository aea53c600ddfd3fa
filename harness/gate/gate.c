/* SPDX-License-Identifier: MIT */
#include "gate/gate.h"

#include "base/file_write.h"
#include "coverage/lcov_writer.h"
#include "gate/deciding.h"
#include "gate/measure/percent.h"

#define NANOSECONDS_PER_MS UINT64_C(1000000)

/* The verdict. */

static void add_subjects(struct deciding *deciding)
{
    struct gate *gate = deciding->gate;
    struct verdict *verdict = &gate->verdict;
    const struct run_facts *facts =
        gate->evidence.last_count > 0 ? &gate->evidence.last[0]->facts : NULL;
    size_t artefacts = facts ? facts->artefact_count : 0;
    verdict->subjects = ARENA_ARRAY(&gate->arena, artefacts + 2, struct verdict_subject);
    verdict->subjects[verdict->subject_count++] =
        (struct verdict_subject){ TEXT("commit"), TEXT("gitCommit"), verdict->commit };
    verdict->subjects[verdict->subject_count++] =
        (struct verdict_subject){ TEXT("tree"), TEXT("gitTree"), verdict->tree };
    for (size_t i = 0; i < artefacts; i++) {
        verdict->subjects[verdict->subject_count++] =
            (struct verdict_subject){ facts->artefacts[i].name, TEXT("sha256"),
                                      facts->artefacts[i].sha256 };
    }
}

static void add_evidence(struct deciding *deciding)
{
    struct gate *gate = deciding->gate;
    struct verdict *verdict = &gate->verdict;
    const struct gate_coverage *coverage = &gate->coverage;
    verdict->evidence =
        ARENA_ARRAY(&gate->arena, gate->evidence.run_count + coverage->report_count + 1,
                    struct verdict_evidence);
    for (size_t i = 0; i < gate->evidence.run_count; i++) {
        const struct evidence_run *run = &gate->evidence.runs[i];
        verdict->evidence[verdict->evidence_count++] =
            (struct verdict_evidence){ arena_format(&gate->arena, "run %zu of %zu", i + 1,
                                                    gate->evidence.run_count),
                                       run->path, run->sha256 };
    }
    for (size_t i = 0; i < coverage->report_count; i++) {
        verdict->evidence[verdict->evidence_count++] =
            (struct verdict_evidence){ arena_format(&gate->arena, "coverage %.*s",
                                                    TEXT_ARG(coverage->reports[i].name)),
                                       coverage->reports[i].path, coverage->reports[i].sha256 };
    }
}

static void add_coverage(struct deciding *deciding)
{
    struct coverage_totals totals = { 0 };
    const struct gate_coverage *coverage = &deciding->gate->coverage;
    struct verdict *verdict = &deciding->gate->verdict;
    for (size_t i = 0; i < coverage->source_count; i++) {
        struct coverage_totals file = coverage_file_totals(coverage->sources[i].file);
        ratio_add(&totals.lines, file.lines);
        ratio_add(&totals.branches, file.branches);
        ratio_add(&totals.functions, file.functions);
    }
    verdict->lines = (struct verdict_measure){ totals.lines.covered, totals.lines.total };
    verdict->branches =
        (struct verdict_measure){ totals.branches.covered, totals.branches.total };
    verdict->functions =
        (struct verdict_measure){ totals.functions.covered, totals.functions.total };
}

static void count_scenario(struct verdict_scenarios *counts,
                           const struct evidence_scenario *scenario)
{
    switch (scenario->status) {
    case STATUS_PASSED:
        counts->passed++;
        counts->flaky += scenario->is_flaky;
        break;
    case STATUS_SKIPPED:
        counts->skipped++;
        break;
    case STATUS_PENDING:
        counts->pending++;
        break;
    case STATUS_UNKNOWN:
    case STATUS_UNDEFINED:
    case STATUS_AMBIGUOUS:
    case STATUS_FAILED:
    case STATUS_COUNT:
        counts->failed++;
        break;
    }
}

static void add_runs(struct deciding *deciding)
{
    const struct evidence *evidence = &deciding->gate->evidence;
    const struct config_gate *policy = deciding->input.policy;
    struct verdict *verdict = &deciding->gate->verdict;
    for (size_t i = 0; i < evidence->scenario_count; i++) {
        count_scenario(&verdict->scenarios, &evidence->scenarios[i]);
    }
    for (size_t i = 0; i < evidence->last_count; i++) {
        const struct run_facts *facts = &evidence->last[i]->facts;
        verdict->scenarios.total = facts->found;
        verdict->scenarios.selected = facts->selected;
        verdict->environment = facts->environment;
        if (verdict->tested_at_ns == 0 || facts->finished_ns < verdict->tested_at_ns) {
            verdict->tested_at_ns = facts->finished_ns;
        }
    }
    uint64_t max_age_ms = policy && policy->evidence.max_age_ms.at.source
                              ? policy->evidence.max_age_ms.value
                              : GATE_MAX_AGE_MS;
    if (verdict->tested_at_ns > 0) {
        verdict->expires_at_ns = verdict->tested_at_ns + max_age_ms * NANOSECONDS_PER_MS;
    }
}

static void make_verdict(struct deciding *deciding, const struct findings *findings)
{
    const struct gate_input *input = &deciding->input;
    struct verdict *verdict = &deciding->gate->verdict;
    *verdict = (struct verdict){
        .rules = findings->list,
        .rule_count = findings->count,
        .commit = input->candidate.commit,
        .tree = input->candidate.tree,
        .base_commit = deciding->gate->change.base.size ? deciding->gate->change.base
                                                        : deciding->request->production,
        .policy_path = input->policy_source.path,
        .policy_commit = input->policy_source.commit,
        .policy_sha256 = input->policy_source.sha256,
        .policy_has_changed = input->policy_source.has_changed,
        .version = TEXT(BDDRUN_VERSION),
        .made_at_ns = input->now_ns,
    };
    add_subjects(deciding);
    add_evidence(deciding);
    add_coverage(deciding);
    add_runs(deciding);
    verdict->result = verdict_judge(verdict);
    if (verdict->result != VERDICT_PASSED && deciding->request->override_reason.size > 0) {
        verdict->override =
            (struct verdict_override){ .reason = deciding->request->override_reason,
                                       .at_ns = input->now_ns };
    }
}

bool gate_decide(struct gate *gate, const struct gate_request *request,
                 struct problems *problems)
{
    struct deciding deciding = { .gate = gate, .request = request, .problems = problems };
    struct findings findings;
    *gate = (struct gate){ 0 };
    arena_init(&gate->arena);
    evidence_init(&gate->evidence);
    gate_coverage_init(&gate->coverage);
    gate_recordings_init(&gate->recordings);
    if (!gather(&deciding)) {
        return false;
    }
    findings_init(&findings, &gate->arena);
    gate_weigh(&deciding.input, &findings);
    make_verdict(&deciding, &findings);
    return true;
}

void gate_release(struct gate *gate)
{
    evidence_release(&gate->evidence);
    gate_coverage_release(&gate->coverage);
    gate_recordings_release(&gate->recordings);
    policy_file_release(&gate->policy);
    git_release(&gate->git);
    arena_release(&gate->arena);
}

bool gate_write_baseline(const struct gate *gate, struct text path, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer out;
    const struct gate_coverage *coverage = &gate->coverage;
    buffer_init(&out, BUFFER_NO_LIMIT); /* less than the reports that were read */
    if (coverage->source_count == 0) {
        problems_add(problems, PROBLEM_NOTHING, span_none(),
                     "a baseline is made of the reports that the policy requires",
                     "nothing is measured, so there is no baseline to write");
        return false;
    }
    buffer_add_format(&out, GATE_BASELINE_MARK "%.*s\n", TEXT_ARG(gate->verdict.commit));
    for (size_t i = 0; i < coverage->source_count; i++) {
        lcov_write_file(&out, coverage->sources[i].file);
    }
    return file_replace(path, buffer_text(&out), problems);
}
