/* SPDX-License-Identifier: MIT */
/* Is the evidence of this build, of what staging served, and of now? */
#include "format/date.h"
#include "gate/evidence/evidence.h"
#include "gate/rules/rules.h"

enum { LEAST_REVISION = 7 };

#define NANOSECONDS_PER_MS UINT64_C(1000000)

/* Two machines' clocks may differ so much. */
static const uint64_t skew_ns = 300 * UINT64_C(1000000000);

static bool has_runs(const struct gate_input *input)
{
    return rules_need_runs(input) && input->evidence->last_count > 0;
}

static void block(struct findings *findings, const struct evidence_run *run, const char *hint)
{
    findings_hint(findings, "%s", hint);
    findings_place(findings, run->path, 0);
}

/* The commit. */

static bool is_of_candidate(const struct gate_input *input, const struct evidence_run *run,
                            struct findings *findings)
{
    static const char name[] = "evidence.commit";
    const struct run_facts *facts = &run->facts;
    const struct gate_candidate *candidate = &input->candidate;
    bool is_same_tree = facts->tree.size > 0 && text_equal(facts->tree, candidate->tree);
    if (facts->commit.size == 0) {
        findings_add(findings, VERDICT_BLOCKED, name, "'%.*s' was not made in a repository",
                     TEXT_ARG(run->path));
        block(findings, run, "run the scenarios in the checkout that is judged");
    } else if (facts->is_dirty) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "'%.*s' was made with changed files that no commit has",
                     TEXT_ARG(run->path));
        block(findings, run, "run in a clean checkout: `git status` shows what changed");
    } else if (!text_equal(facts->commit, candidate->commit) &&
               !(is_same_tree && input->policy->evidence.same_tree == 1)) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "'%.*s' is of the commit %.*s%s, not of %.*s", TEXT_ARG(run->path),
                     TEXT_ARG(facts->commit), is_same_tree ? " with the same tree" : "",
                     TEXT_ARG(candidate->commit));
        block(findings, run,
              is_same_tree ? "say `evidence: {same_tree: accepted}`, or run again"
                           : "run the scenarios of the commit that is judged");
    } else {
        return true;
    }
    return false;
}

void rule_evidence_commit(const struct gate_input *input, struct findings *findings)
{
    bool is_fine = true;
    if (!has_runs(input)) {
        return;
    }
    for (size_t i = 0; i < input->evidence->last_count; i++) {
        is_fine = is_of_candidate(input, input->evidence->last[i], findings) && is_fine;
    }
    if (is_fine) {
        findings_add(findings, VERDICT_PASSED, "evidence.commit", "all of %.*s",
                     TEXT_ARG(input->candidate.commit));
    }
}

/* What staging served. */

/* A revision may be abbreviated, as `git describe` and images do. */
static bool is_revision_of(struct text revision, struct text commit)
{
    return revision.size >= LEAST_REVISION && text_starts_with(commit, revision);
}

static bool is_exempt(const struct config_texts *names, struct text name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (text_equal(names->list[i], name)) {
            return true;
        }
    }
    return false;
}

static bool weigh_service(const struct gate_input *input, const struct evidence_run *run,
                          const struct run_facts_service *service, struct findings *findings)
{
    static const char name[] = "evidence.revision";
    struct text shown = service->name.size ? service->name : run->facts.environment;
    if (!text_equal(service->before, service->after) && service->before.size > 0 &&
        service->after.size > 0) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "'%.*s' was exchanged during the run: %.*s before, %.*s after",
                     TEXT_ARG(shown), TEXT_ARG(service->before), TEXT_ARG(service->after));
        block(findings, run, "run again while nothing is deployed to it");
    } else if (service->before.size == 0 || service->after.size == 0) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "'%.*s' did not say which revision it serves", TEXT_ARG(shown));
        block(findings, run,
              "check `revision:` of the environment, or list the service in "
              "`evidence: {without_revision: […]}`");
    } else if (!is_revision_of(service->before, run->facts.commit) &&
               !is_revision_of(service->before, input->candidate.commit)) {
        findings_add(findings, VERDICT_BLOCKED, name, "'%.*s' served %.*s, not %.*s",
                     TEXT_ARG(shown), TEXT_ARG(service->before),
                     TEXT_ARG(input->candidate.commit));
        block(findings, run, "deploy the commit to it, then run again");
    } else {
        return true;
    }
    return false;
}

static bool weigh_services(const struct gate_input *input, const struct evidence_run *run,
                           struct findings *findings)
{
    const struct config_evidence_policy *policy = &input->policy->evidence;
    const struct run_facts *facts = &run->facts;
    bool is_fine = true;
    size_t asked = 0;
    for (size_t i = 0; i < facts->service_count; i++) {
        if (!is_exempt(&policy->without_revision, facts->services[i].name)) {
            is_fine = weigh_service(input, run, &facts->services[i], findings) && is_fine;
            asked++;
        }
    }
    if (asked == 0) {
        findings_add(findings, VERDICT_BLOCKED, "evidence.revision",
                     "'%.*s' does not say which revision was tested", TEXT_ARG(run->path));
        block(findings, run,
              "configure `revision:` of the environment, or say `evidence: {revision: none}`");
        return false;
    }
    return is_fine;
}

void rule_evidence_revision(const struct gate_input *input, struct findings *findings)
{
    bool is_fine = true;
    if (!has_runs(input) || input->policy->evidence.revision == 1) {
        return;
    }
    for (size_t i = 0; i < input->evidence->last_count; i++) {
        is_fine = weigh_services(input, input->evidence->last[i], findings) && is_fine;
    }
    if (is_fine) {
        findings_add(findings, VERDICT_PASSED, "evidence.revision",
                     "the services served it before and after");
    }
}

/* The configuration: of the commit, and one for all shards. */

void rule_evidence_configuration(const struct gate_input *input, struct findings *findings)
{
    static const char name[] = "evidence.configuration";
    if (!has_runs(input)) {
        return;
    }
    const struct evidence *evidence = input->evidence;
    const struct run_facts *first = &evidence->last[0]->facts;
    for (size_t i = 0; i < evidence->last_count; i++) {
        const struct run_facts *facts = &evidence->last[i]->facts;
        struct text wanted = input->candidate.configuration_sha256;
        wanted = wanted.size ? wanted : first->configuration_sha256;
        if (!text_equal(facts->configuration_sha256, wanted)) {
            findings_add(findings, VERDICT_BLOCKED, name,
                         "'%.*s' was made with another bddrun.yaml",
                         TEXT_ARG(evidence->last[i]->path));
            block(findings, evidence->last[i], "run with that of the commit");
            return;
        }
        if (!text_equal(facts->environment, first->environment)) {
            findings_add(findings, VERDICT_BLOCKED, name,
                         "'%.*s' is of the environment '%.*s', the first run of '%.*s'",
                         TEXT_ARG(evidence->last[i]->path), TEXT_ARG(facts->environment),
                         TEXT_ARG(first->environment));
            block(findings, evidence->last[i], "run all shards on one environment");
            return;
        }
    }
    findings_add(findings, VERDICT_PASSED, name, "one configuration, that of the commit");
}

/* Artefacts. */

static const struct run_facts_artefact *find_artefact(const struct run_facts *facts,
                                                      struct text sha256)
{
    for (size_t i = 0; i < facts->artefact_count; i++) {
        if (text_equal(facts->artefacts[i].sha256, sha256)) {
            return &facts->artefacts[i];
        }
    }
    return NULL;
}

static bool has_artefacts(const struct gate_input *input, const struct evidence_run *run,
                          struct findings *findings)
{
    static const char name[] = "evidence.artefact";
    const struct run_facts *first = &input->evidence->last[0]->facts;
    const struct run_facts *facts = &run->facts;
    bool is_same = facts->artefact_count == first->artefact_count;
    for (size_t i = 0; i < first->artefact_count; i++) {
        is_same = is_same && find_artefact(facts, first->artefacts[i].sha256);
    }
    if (!is_same) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "'%.*s' is of other artefacts than the first run", TEXT_ARG(run->path));
        block(findings, run, "run all shards on one build");
    } else if (facts->artefact_count == 0 && input->policy->evidence.artefact == 1) {
        findings_add(findings, VERDICT_BLOCKED, name, "'%.*s' names no artefact",
                     TEXT_ARG(run->path));
        block(findings, run, "run with --artefact, for example the image's digest");
    } else {
        return true;
    }
    return false;
}

void rule_evidence_artefact(const struct gate_input *input, struct findings *findings)
{
    bool is_fine = true;
    if (!has_runs(input)) {
        return;
    }
    for (size_t i = 0; i < input->evidence->last_count; i++) {
        is_fine = has_artefacts(input, input->evidence->last[i], findings) && is_fine;
    }
    const struct run_facts *first = &input->evidence->last[0]->facts;
    if (is_fine && first->artefact_count > 0) {
        findings_add(findings, VERDICT_PASSED, "evidence.artefact", "%zu artefact%s",
                     first->artefact_count, first->artefact_count == 1 ? "" : "s");
    }
}

/* Time. */

static bool is_fresh(const struct gate_input *input, const struct evidence_run *run,
                     struct findings *findings)
{
    static const char name[] = "evidence.fresh";
    const struct run_facts *facts = &run->facts;
    const struct config_bound *bound = &input->policy->evidence.max_age_ms;
    uint64_t max_age_ms = bound->at.source ? bound->value : GATE_MAX_AGE_MS;
    struct arena *arena = findings->arena;
    if (facts->finished_ns > input->now_ns + skew_ns ||
        facts->finished_ns < facts->started_ns) {
        findings_add(findings, VERDICT_BLOCKED, name, "'%.*s' ended at %.*s, which is not yet",
                     TEXT_ARG(run->path), TEXT_ARG(date_print(arena, facts->finished_ns)));
        block(findings, run, "set the clock of the machine that ran it");
    } else if (facts->started_ns + skew_ns < input->candidate.time_ns) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "'%.*s' began at %.*s, before its commit of %.*s", TEXT_ARG(run->path),
                     TEXT_ARG(date_print(arena, facts->started_ns)),
                     TEXT_ARG(date_print(arena, input->candidate.time_ns)));
        block(findings, run, "run again; the clock of the machine may be wrong");
    } else if ((input->now_ns - facts->finished_ns) / NANOSECONDS_PER_MS > max_age_ms &&
               input->now_ns > facts->finished_ns) {
        findings_add(findings, VERDICT_BLOCKED, name, "'%.*s' is stale: it ended at %.*s",
                     TEXT_ARG(run->path), TEXT_ARG(date_print(arena, facts->finished_ns)));
        block(findings, run, "run again; `evidence: {max_age: …}` is the limit");
        findings_required(findings, "at most %llu min old",
                          (unsigned long long)(max_age_ms / 60000));
    } else {
        return true;
    }
    return false;
}

void rule_evidence_fresh(const struct gate_input *input, struct findings *findings)
{
    bool is_all_fresh = true;
    if (!has_runs(input)) {
        return;
    }
    for (size_t i = 0; i < input->evidence->last_count; i++) {
        is_all_fresh = is_fresh(input, input->evidence->last[i], findings) && is_all_fresh;
    }
    if (is_all_fresh) {
        findings_add(findings, VERDICT_PASSED, "evidence.fresh",
                     "every run is younger than the limit and not older than the commit");
    }
}
