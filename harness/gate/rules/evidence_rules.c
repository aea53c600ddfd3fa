/* SPDX-License-Identifier: MIT */
/* Is there evidence, and is it whole? What is not is blocked, never failed: nothing is known then. */
#include "gate/evidence/evidence.h"
#include "gate/rules/rules.h"

bool rules_need_runs(const struct gate_input *input)
{
    return input->policy && input->policy->scenarios.must == CONFIG_MUST_PASSED;
}

static void block_run(struct findings *findings, const char *name,
                      const struct evidence_run *run, const char *reason, const char *hint)
{
    findings_add(findings, VERDICT_BLOCKED, name, "'%.*s' %s", TEXT_ARG(run->path), reason);
    findings_hint(findings, "%s", hint);
    findings_place(findings, run->path, 0);
}

/* What the run counted is what its stream holds. */
static bool is_consistent(const struct evidence_run *run)
{
    uint64_t passed = 0;
    uint64_t finished = 0;
    for (size_t i = 0; i < run->scenario_count; i++) {
        passed += run->scenarios[i].is_finished && run->scenarios[i].status == STATUS_PASSED;
        finished += run->scenarios[i].is_finished;
    }
    const struct run_facts *facts = &run->facts;
    return passed == facts->passed &&
           finished == facts->passed + facts->failed + facts->pending + facts->skipped;
}

static bool weigh_run(const struct evidence_run *run, struct findings *findings)
{
    static const char name[] = "evidence.runs";
    if (run->broken.size > 0) {
        findings_add(findings, VERDICT_BLOCKED, name, "'%.*s' is no evidence: %.*s",
                     TEXT_ARG(run->path), TEXT_ARG(run->broken));
        findings_hint(findings, "%s", run->hint);
        findings_place(findings, run->path, run->broken_line);
    } else if (!run->is_started || !run->is_finished) {
        block_run(findings, name, run, "has no end: the run was cut off",
                  "let the run finish, also after failures, and keep its whole report");
    } else if (!run->has_facts) {
        block_run(findings, name, run, "does not say what was tested",
                  "run the scenarios by `bddrun run` of this version or a later one");
    } else if (!is_consistent(run)) {
        block_run(findings, name, run, "holds other scenarios than it counts",
                  "keep the report as the run wrote it");
    } else {
        return true;
    }
    return false;
}

void rule_evidence_runs(const struct gate_input *input, struct findings *findings)
{
    if (!rules_need_runs(input)) {
        return;
    }
    const struct evidence *evidence = input->evidence;
    bool is_fine = true;
    for (size_t i = 0; i < evidence->run_count; i++) {
        is_fine = weigh_run(&evidence->runs[i], findings) && is_fine;
    }
    if (evidence->run_count == 0) {
        findings_add(findings, VERDICT_BLOCKED, "evidence.runs", "no run was given");
        findings_hint(findings, "name its report, `bddrun gate run.ndjson`, or write it by "
                                "`reports: [message:run.ndjson]`");
    } else if (is_fine) {
        findings_add(findings, VERDICT_PASSED, "evidence.runs", "%zu run%s read",
                     evidence->run_count, evidence->run_count == 1 ? "" : "s");
    }
}

/* The whole of what was planned. */

static size_t count_unfinished(const struct evidence_run *run,
                               const struct evidence_scenario **ret_first)
{
    size_t count = 0;
    for (size_t i = 0; i < run->scenario_count; i++) {
        const struct evidence_scenario *scenario = &run->scenarios[i];
        if (!scenario->is_planned || scenario->is_finished) {
            continue;
        }
        *ret_first = count == 0 ? scenario : *ret_first;
        count++;
    }
    return count;
}

static bool is_as_selected(const struct gate_input *input, const struct evidence_run *run,
                           struct findings *findings)
{
    static const char name[] = "evidence.complete";
    const struct run_facts *facts = &run->facts;
    struct text tags = input->policy->scenarios.tags;
    if (facts->is_dry_run) {
        block_run(findings, name, run, "is of a dry run: nothing was sent",
                  "run without --dry-run");
    } else if (facts->is_narrowed) {
        block_run(findings, name, run, "is of a part of the scenarios, named by path or name",
                  "run without a path and --name: what bddrun.yaml says");
    } else if (!text_equal(facts->tags, tags)) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "'%.*s' is of %llu of %llu scenarios, selected by the tags '%.*s' and not "
                     "by '%.*s'",
                     TEXT_ARG(run->path), (unsigned long long)facts->selected,
                     (unsigned long long)facts->found, TEXT_ARG(facts->tags), TEXT_ARG(tags));
        findings_hint(findings,
                      "run with the tags that `gate.scenarios.tags` says, or without");
        findings_place(findings, run->path, 0);
    } else {
        return true;
    }
    return false;
}

static bool is_complete(const struct evidence_run *run, struct findings *findings)
{
    static const char name[] = "evidence.complete";
    const struct run_facts *facts = &run->facts;
    const struct evidence_scenario *first = NULL;
    size_t unfinished = count_unfinished(run, &first);
    if (unfinished > 0) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "%zu scenario%s of '%.*s' did not run to the end, the first is '%.*s'",
                     unfinished, unfinished == 1 ? "" : "s", TEXT_ARG(run->path),
                     TEXT_ARG(first->name));
        findings_hint(findings, "run without --fail-fast, with enough time, until all ran");
        findings_place(findings, first->path, first->line);
    } else if (facts->is_interrupted) {
        block_run(findings, name, run, "is of an interrupted run", "let the run finish");
    } else if (facts->exit_code > 1) {
        findings_add(findings, VERDICT_BLOCKED, name, "the run of '%.*s' ended with %llu: %s",
                     TEXT_ARG(run->path), (unsigned long long)facts->exit_code,
                     exit_code_meaning((enum exit_code)facts->exit_code));
        findings_hint(findings, "look at what the run said, and run again");
        findings_place(findings, run->path, 0);
    } else if (facts->exit_code == 1 && facts->failed + facts->pending + facts->flaky == 0) {
        findings_add(findings, VERDICT_FAILED, name,
                     "the run of '%.*s' says no although every scenario passed",
                     TEXT_ARG(run->path));
        findings_hint(findings, "look at the problems that the run showed");
        findings_place(findings, run->path, 0);
    } else {
        return true;
    }
    return false;
}

void rule_evidence_complete(const struct gate_input *input, struct findings *findings)
{
    const struct evidence *evidence = input->evidence;
    bool is_fine = true;
    if (!rules_need_runs(input) || evidence->last_count == 0) {
        return;
    }
    for (size_t i = 0; i < evidence->last_count; i++) {
        const struct evidence_run *run = evidence->last[i];
        is_fine = is_as_selected(input, run, findings) && is_complete(run, findings) && is_fine;
    }
    if (is_fine) {
        findings_add(findings, VERDICT_PASSED, "evidence.complete",
                     "every planned scenario ran to its end");
    }
}

/* Shards and attempts. */

static const struct evidence_run *find_run(const struct evidence *evidence, uint64_t shard,
                                           uint64_t attempt, size_t *ret_count)
{
    const struct evidence_run *found = NULL;
    *ret_count = 0;
    for (size_t i = 0; i < evidence->run_count; i++) {
        const struct evidence_run *run = &evidence->runs[i];
        if (run->broken.size == 0 && run->has_facts && run->facts.shard_index == shard &&
            run->facts.attempt == attempt) {
            found = run;
            ++*ret_count;
        }
    }
    return found;
}

/* Each attempt of the shard, once. */
static bool has_attempts(const struct gate_input *input, const struct evidence_run *last,
                         struct findings *findings)
{
    bool is_fine = true;
    bool only_last = input->policy->evidence.attempts != 0;
    for (uint64_t i = only_last ? last->facts.attempt : 1; i <= last->facts.attempt; i++) {
        size_t count = 0;
        const struct evidence_run *run =
            find_run(input->evidence, last->facts.shard_index, i, &count);
        if (count == 1) {
            continue;
        }
        findings_add(findings, VERDICT_BLOCKED, "evidence.shards", "attempt %llu of '%.*s' %s",
                     (unsigned long long)i, TEXT_ARG(last->path),
                     run ? "was given twice" : "is missing");
        findings_hint(findings, "%s",
                      run ? "give each report once"
                          : "give the reports of all attempts, or say `attempts: last`");
        findings_place(findings, last->path, 0);
        is_fine = false;
        if (i > 100) {
            break; /* a number that somebody made up */
        }
    }
    return is_fine;
}

static bool has_shards(const struct gate_input *input, uint64_t expected,
                       struct findings *findings)
{
    const struct evidence *evidence = input->evidence;
    uint64_t in_shards = 0;
    for (size_t i = 0; i < evidence->last_count; i++) {
        const struct run_facts *facts = &evidence->last[i]->facts;
        uint64_t count = facts->shard_count ? facts->shard_count : 1;
        in_shards += facts->in_shard;
        if (count != expected || facts->selected != evidence->last[0]->facts.selected) {
            findings_add(findings, VERDICT_BLOCKED, "evidence.shards",
                         "'%.*s' is of %llu shards and %llu scenarios, and %llu shards of %llu "
                         "are expected",
                         TEXT_ARG(evidence->last[i]->path), (unsigned long long)count,
                         (unsigned long long)facts->selected, (unsigned long long)expected,
                         (unsigned long long)evidence->last[0]->facts.selected);
            findings_hint(findings, "run all shards by the same --shard I/%llu",
                          (unsigned long long)expected);
            findings_place(findings, evidence->last[i]->path, 0);
            return false;
        }
    }
    if (evidence->last_count != expected || in_shards != evidence->last[0]->facts.selected) {
        findings_add(findings, VERDICT_BLOCKED, "evidence.shards",
                     "%zu of %llu shards arrived, with %llu of %llu scenarios",
                     evidence->last_count, (unsigned long long)expected,
                     (unsigned long long)in_shards,
                     (unsigned long long)evidence->last[0]->facts.selected);
        findings_hint(findings, "give the report of every shard");
        return false;
    }
    return true;
}

void rule_evidence_shards(const struct gate_input *input, struct findings *findings)
{
    const struct evidence *evidence = input->evidence;
    if (!rules_need_runs(input) || evidence->last_count == 0) {
        return;
    }
    uint64_t said = evidence->last[0]->facts.shard_count;
    const struct config_bound *shards = &input->policy->evidence.shards;
    uint64_t expected = shards->at.source ? shards->value : (said ? said : 1);
    bool is_fine = has_shards(input, expected, findings);
    for (size_t i = 0; i < evidence->last_count; i++) {
        is_fine = has_attempts(input, evidence->last[i], findings) && is_fine;
    }
    if (is_fine) {
        findings_add(findings, VERDICT_PASSED, "evidence.shards", "%llu of %llu shards",
                     (unsigned long long)expected, (unsigned long long)expected);
    }
}
