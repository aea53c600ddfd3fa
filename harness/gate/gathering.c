/* SPDX-License-Identifier: MIT */
/* All that is to be judged. */
#include <limits.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "config/components.h"
#include "config/recordings.h"
#include "config/sections/sections.h"
#include "format/digest.h"
#include "gate/deciding.h"
#include "git/commit.h"
#include "git/tree.h"

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

/* Coverage and the change, where the policy asks for them. */

static bool needs_change(const struct config_gate *policy)
{
    const struct config_coverage_policy *coverage = &policy->coverage;
    return coverage->lines.changed.at.source || coverage->branches.changed.at.source ||
           coverage->functions.changed.at.source || coverage->ratchet.size > 0 ||
           policy->change_commits.at.source || policy->change_lines.at.source;
}

/* Production's commit, or the protected branch whose policy decides. */
static struct text find_base(const struct deciding *deciding)
{
    struct text wanted = deciding->input.policy_source.wanted;
    bool is_revision = !text_is(wanted, "production") && !text_is(wanted, "candidate");
    return deciding->request->production.size > 0 || !is_revision
               ? deciding->request->production
               : wanted;
}

static void read_change(struct deciding *deciding)
{
    struct gate *gate = deciding->gate;
    const struct config_gate *policy = deciding->input.policy;
    if (!policy || !needs_change(policy)) {
        return;
    }
    gate_change_read(&gate->change, &gate->git, find_base(deciding),
                     deciding->input.candidate.commit);
    deciding->input.change = &gate->change;
}

static void read_coverage(struct deciding *deciding)
{
    struct gate *gate = deciding->gate;
    const struct config_gate *policy = deciding->input.policy;
    if (!policy || !policy->coverage.at.source) {
        return;
    }
    struct gate_coverage_request request = { .policy = &policy->coverage,
                                             .git = &gate->git,
                                             .commit = deciding->input.candidate.commit,
                                             .base_commit = gate->change.base };
    gate_coverage_read(&gate->coverage, &request);
    deciding->input.coverage = &gate->coverage;
    deciding->input.components =
        config_components(&gate->policy.config, &deciding->input.component_count);
}

/* Those of the commit, in the folder that the policy's bddrun.yaml names. */
static void read_recordings(struct deciding *deciding)
{
    struct gate *gate = deciding->gate;
    const struct config_gate *policy = deciding->input.policy;
    if (!policy || !policy->recordings.at.source) {
        return;
    }
    const struct config_recordings *section = config_recordings(&gate->policy.config);
    struct text own = path_folder(deciding->input.candidate.configuration_path);
    struct text shown = gate->policy.config.folder;
    struct text folder = section->folder;
    if (!text_is(shown, ".") && text_starts_with(folder, shown)) {
        folder = text_from(folder, shown.size + 1); /* from the folder of bddrun.yaml */
    }
    gate->recordings.max_age_ms = section->max_age_ms;
    gate->recordings.promotions = deciding->request->promotions;
    gate_recordings_read(&gate->recordings, &gate->git, deciding->input.candidate.commit,
                         path_join(&gate->arena, own, folder));
    deciding->input.recordings = &gate->recordings;
}

static void find_production(struct deciding *deciding)
{
    CLEANUP(problems_release) struct problems unsaid;
    struct git_commit commit;
    problems_init(&unsaid);
    if (deciding->request->production.size > 0 &&
        git_commit_find(&deciding->gate->git, deciding->request->production, &commit,
                        &unsaid)) {
        deciding->input.production = commit.id;
    }
}

/* Those of the commit, for a mask that nothing uses is the candidate's. */
static void read_masks(struct deciding *deciding)
{
    struct gate *gate = deciding->gate;
    const struct config_gate *policy = deciding->input.policy;
    const struct gate_candidate *candidate = &deciding->input.candidate;
    CLEANUP(problems_release) struct problems unsaid;
    struct source *source = NULL;
    problems_init(&unsaid);
    if (policy && policy->recordings.dead_masks.at.source &&
        git_show_file(&gate->git, candidate->commit, candidate->configuration_path, &source,
                      &unsaid)) {
        gate_masks_read(&gate->masks, candidate->configuration_path, source->bytes,
                        deciding->request->process_environment, &gate->arena);
        deciding->input.masks = &gate->masks;
    }
}

bool gather(struct deciding *deciding)
{
    deciding->input.now_ns = clock_realtime_ns(deciding->request->clock);
    if (!find_candidate(deciding)) {
        return false;
    }
    read_own_configuration(deciding);
    read_policy(deciding);
    read_evidence(deciding);
    read_change(deciding);
    read_coverage(deciding);
    read_recordings(deciding);
    find_production(deciding);
    read_masks(deciding);
    return true;
}
