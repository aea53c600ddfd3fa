/* SPDX-License-Identifier: MIT */
#include "gate/gate.h"

#include <limits.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "config/sections/sections.h"
#include "format/digest.h"
#include "git/commit.h"
#include "git/tree.h"

#define NANOSECONDS_PER_MS UINT64_C(1000000)

/* A decision being made. */
struct deciding {
    struct gate *gate;
    const struct gate_request *request;
    struct problems *problems;
    struct gate_input input;
};

/* The path of bddrun.yaml from the top of the repository. */
static bool find_own_path(struct deciding *deciding, struct text *ret_path)
{
    struct gate *gate = deciding->gate;
    char top[PATH_MAX];
    char path[PATH_MAX];
    if (!realpath(arena_string(&gate->arena, gate->git.top), top) ||
        !realpath(arena_string(&gate->arena, deciding->request->config->source.name), path)) {
        return false;
    }
    size_t top_size = text_of(top).size;
    if (!text_starts_with(text_of(path), text_of(top)) || path[top_size] != '/') {
        return false;
    }
    *ret_path = arena_text(&gate->arena, text_of(path + top_size + 1));
    return true;
}

static bool find_candidate(struct deciding *deciding)
{
    const struct gate_request *request = deciding->request;
    struct gate *gate = deciding->gate;
    struct gate_candidate *candidate = &deciding->input.candidate;
    struct git_commit commit;
    struct text wanted = request->commit.size ? request->commit : TEXT("HEAD");
    if (!git_open(&gate->git, request->settings->folder, request->process_environment,
                  deciding->problems) ||
        !git_commit_find(&gate->git, wanted, &commit, deciding->problems)) {
        return false;
    }
    candidate->commit = commit.id;
    candidate->tree = commit.tree;
    candidate->time_ns = commit.time_s * NANOSECONDS_PER_SECOND;
    if (!find_own_path(deciding, &candidate->configuration_path)) {
        problems_add(deciding->problems, PROBLEM_INPUT, span_none(),
                     "keep bddrun.yaml in the repository whose builds it judges",
                     "'%.*s' lies outside of the repository '%.*s'",
                     TEXT_ARG(request->config->source.name), TEXT_ARG(gate->git.top));
        return false;
    }
    return true;
}

/* Its digest as the commit has it; the runs must have used the same. */
static void read_own_configuration(struct deciding *deciding)
{
    struct problems unsaid;
    struct source *source = NULL;
    struct gate_candidate *candidate = &deciding->input.candidate;
    problems_init(&unsaid);
    if (git_show_file(&deciding->gate->git, candidate->commit, candidate->configuration_path,
                      &source, &unsaid)) {
        candidate->configuration_sha256 = digest_sha256(&deciding->gate->arena, source->bytes);
    }
    problems_release(&unsaid);
}

static void read_policy(struct deciding *deciding)
{
    const struct gate_request *request = deciding->request;
    const struct config_gate *own = config_section_data(request->config, &section_gate);
    struct text wanted = request->policy_from;
    if (wanted.size == 0 && own) {
        wanted = own->policy_from;
    }
    struct policy_request policy = {
        .path = deciding->input.candidate.configuration_path,
        .shown = request->config->source.name,
        .wanted = wanted,
        .candidate = deciding->input.candidate.commit,
        .production = request->production,
        .process_environment = request->process_environment,
    };
    policy_file_read(&deciding->gate->policy, &policy, &deciding->gate->git,
                     deciding->problems);
    deciding->input.policy = deciding->gate->policy.gate;
    deciding->input.policy_source = deciding->gate->policy.source;
}

/* The reports `message:FILE` below `output:`. */
static size_t find_runs(const struct deciding *deciding, struct text **ret_runs)
{
    const struct config_settings *settings = deciding->request->settings;
    struct arena *arena = &deciding->gate->arena;
    struct text *runs = ARENA_ARRAY(arena, settings->reports.count + 1, struct text);
    size_t count = 0;
    for (size_t i = 0; i < settings->reports.count; i++) {
        struct text report = settings->reports.list[i];
        if (text_starts_with(report, TEXT("message:"))) {
            runs[count++] =
                path_join(arena, settings->output, text_from(report, TEXT("message:").size));
        }
    }
    *ret_runs = runs;
    return count;
}

static void read_evidence(struct deciding *deciding)
{
    const struct gate_request *request = deciding->request;
    const struct config_gate *policy = deciding->input.policy;
    const struct text *runs = request->runs;
    size_t count = request->run_count;
    struct text *configured = NULL;
    if (count == 0) {
        count = find_runs(deciding, &configured);
        runs = configured;
    }
    evidence_read(&deciding->gate->evidence, runs, count,
                  policy && policy->evidence.attempts != 0);
    deciding->input.evidence = &deciding->gate->evidence;
}

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
    verdict->evidence =
        ARENA_ARRAY(&gate->arena, gate->evidence.run_count + 1, struct verdict_evidence);
    for (size_t i = 0; i < gate->evidence.run_count; i++) {
        const struct evidence_run *run = &gate->evidence.runs[i];
        verdict->evidence[verdict->evidence_count++] =
            (struct verdict_evidence){ arena_format(&gate->arena, "run %zu of %zu", i + 1,
                                                    gate->evidence.run_count),
                                       run->path, run->sha256 };
    }
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
        .base_commit = deciding->request->production,
        .policy_path = input->policy_source.path,
        .policy_commit = input->policy_source.commit,
        .policy_sha256 = input->policy_source.sha256,
        .policy_has_changed = input->policy_source.has_changed,
        .version = TEXT(BDDRUN_VERSION),
        .made_at_ns = input->now_ns,
    };
    add_subjects(deciding);
    add_evidence(deciding);
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
    deciding.input.now_ns = clock_realtime_ns(request->clock);
    if (!find_candidate(&deciding)) {
        return false;
    }
    read_own_configuration(&deciding);
    read_policy(&deciding);
    read_evidence(&deciding);
    findings_init(&findings, &gate->arena);
    gate_weigh(&deciding.input, &findings);
    make_verdict(&deciding, &findings);
    return true;
}

void gate_release(struct gate *gate)
{
    evidence_release(&gate->evidence);
    policy_file_release(&gate->policy);
    git_release(&gate->git);
    arena_release(&gate->arena);
}
