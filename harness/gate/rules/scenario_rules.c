/* SPDX-License-Identifier: MIT */
/* What became of the scenarios. What did not pass is let through only by a tag that the policy
 * names, and only until the day that it names. */
#include "gate/evidence/evidence.h"
#include "gate/rules/rules.h"

enum { SHOWN_LIMIT = 5 };

/* Scenarios of one kind. */
struct picked {
    const struct gate_input *input;
    const struct config_exception *exception; /* may let them through */
    const struct evidence_scenario *refused[SHOWN_LIMIT];
    size_t refused_count;
    size_t allowed_count;
    bool has_expired; /* one of the refused was let through until a while ago */
};

static bool has_allowed_tag(const struct config_exception *exception,
                            const struct evidence_scenario *scenario)
{
    for (size_t i = 0; i < exception->allow.count; i++) {
        if (evidence_scenario_has_tag(scenario, exception->allow.list[i])) {
            return true;
        }
    }
    return false;
}

static void pick(struct picked *picked, const struct evidence_scenario *scenario)
{
    const struct config_exception *exception = picked->exception;
    bool is_named = has_allowed_tag(exception, scenario);
    if (is_named && picked->input->now_ns < exception->until_ns) {
        picked->allowed_count++;
        return;
    }
    picked->has_expired = picked->has_expired || is_named;
    if (picked->refused_count < SHOWN_LIMIT) {
        picked->refused[picked->refused_count] = scenario;
    }
    picked->refused_count++;
}

/* One finding for all of them. */
static void conclude(const struct picked *picked, const char *name, const char *what,
                     const char *hint, struct findings *findings)
{
    if (picked->refused_count == 0) {
        findings_add(findings, VERDICT_PASSED, name, "none %s%s", what,
                     picked->allowed_count ? " but those that the policy lets through" : "");
        if (picked->allowed_count) {
            findings_measured(findings, "%zu let through until %.*s", picked->allowed_count,
                              TEXT_ARG(picked->exception->until));
        }
        return;
    }
    CLEANUP(buffer_release) struct buffer names;
    buffer_init(&names, 1 << 16);
    size_t shown = picked->refused_count < SHOWN_LIMIT ? picked->refused_count : SHOWN_LIMIT;
    for (size_t i = 0; i < shown; i++) {
        const struct evidence_scenario *scenario = picked->refused[i];
        buffer_add_format(&names, "%s'%.*s' (%.*s:%u)", i ? ", " : "", TEXT_ARG(scenario->name),
                          TEXT_ARG(scenario->path), scenario->line);
    }
    findings_add(findings, VERDICT_FAILED, name, "each of these %s: %.*s%s", what,
                 TEXT_ARG(buffer_text(&names)), shown < picked->refused_count ? ", …" : "");
    findings_measured(findings, "%zu of %zu scenarios", picked->refused_count,
                      picked->input->evidence->scenario_count);
    findings_place(findings, picked->refused[0]->path, picked->refused[0]->line);
    if (picked->has_expired) {
        findings_hint(findings, "the exception ended on %.*s: repair them",
                      TEXT_ARG(picked->exception->until));
    } else {
        findings_hint(findings, "%s", hint);
    }
}

static bool has_scenarios(const struct gate_input *input)
{
    return rules_need_runs(input) && input->evidence->last_count > 0;
}

static bool has_failed(enum status status)
{
    return status == STATUS_FAILED || status == STATUS_UNDEFINED ||
           status == STATUS_AMBIGUOUS || status == STATUS_UNKNOWN;
}

void rule_scenarios_passed(const struct gate_input *input, struct findings *findings)
{
    if (!has_scenarios(input)) {
        return;
    }
    struct picked picked = { .input = input,
                             .exception = &input->policy->scenarios.quarantined };
    size_t passed = 0;
    for (size_t i = 0; i < input->evidence->scenario_count; i++) {
        const struct evidence_scenario *scenario = &input->evidence->scenarios[i];
        passed += scenario->status == STATUS_PASSED;
        if (has_failed(scenario->status)) {
            pick(&picked, scenario);
        }
    }
    if (passed == 0) {
        findings_add(findings, VERDICT_BLOCKED, "scenarios.passed", "no scenario passed");
        findings_hint(findings, "select scenarios that check something");
    }
    if (passed > 0 || picked.refused_count > 0) {
        conclude(&picked, "scenarios.passed", "failed",
                 "repair them, or name a tag in `gate.scenarios.quarantined` with a day",
                 findings);
    }
}

void rule_scenarios_flaky(const struct gate_input *input, struct findings *findings)
{
    if (!has_scenarios(input)) {
        return;
    }
    struct picked picked = { .input = input, .exception = &input->policy->scenarios.flaky };
    for (size_t i = 0; i < input->evidence->scenario_count; i++) {
        const struct evidence_scenario *scenario = &input->evidence->scenarios[i];
        if (scenario->is_flaky && scenario->status == STATUS_PASSED) {
            pick(&picked, scenario);
        }
    }
    conclude(&picked, "scenarios.flaky", "passed only when tried again",
             "find out why, or name a tag in `gate.scenarios.flaky` with a day", findings);
}

/* Scenarios with a status that is neither good nor bad. */
struct unfinished {
    enum status status;
    const char *name;
    const char *what;
    const char *hint;
};

static void weigh_status(const struct gate_input *input, const struct unfinished *unfinished,
                         const struct config_exception *exception, struct findings *findings)
{
    struct picked picked = { .input = input, .exception = exception };
    if (!has_scenarios(input)) {
        return;
    }
    for (size_t i = 0; i < input->evidence->scenario_count; i++) {
        if (input->evidence->scenarios[i].status == unfinished->status) {
            pick(&picked, &input->evidence->scenarios[i]);
        }
    }
    conclude(&picked, unfinished->name, unfinished->what, unfinished->hint, findings);
}

void rule_scenarios_pending(const struct gate_input *input, struct findings *findings)
{
    static const struct unfinished pending = {
        STATUS_PENDING, "scenarios.pending", "is pending",
        "finish them, or name a tag in `gate.scenarios.pending` with a day"
    };
    weigh_status(input, &pending, input->policy ? &input->policy->scenarios.pending : NULL,
                 findings);
}

void rule_scenarios_skipped(const struct gate_input *input, struct findings *findings)
{
    static const struct unfinished skipped = {
        STATUS_SKIPPED, "scenarios.skipped", "was skipped",
        "run them, or name a tag in `gate.scenarios.skipped` with a day"
    };
    weigh_status(input, &skipped, input->policy ? &input->policy->scenarios.skipped : NULL,
                 findings);
}

void rule_scenarios_minimum(const struct gate_input *input, struct findings *findings)
{
    if (!input->policy || !input->policy->scenarios.minimum.at.source ||
        !has_scenarios(input)) {
        return;
    }
    const struct config_bound *minimum = &input->policy->scenarios.minimum;
    size_t passed = 0;
    for (size_t i = 0; i < input->evidence->scenario_count; i++) {
        passed += input->evidence->scenarios[i].status == STATUS_PASSED;
    }
    bool is_enough = passed >= minimum->value;
    findings_add(findings, is_enough ? VERDICT_PASSED : VERDICT_BLOCKED, "scenarios.minimum",
                 "%zu scenarios passed", passed);
    findings_measured(findings, "%zu", passed);
    findings_required(findings, "at least %llu", (unsigned long long)minimum->value);
    if (!is_enough) {
        findings_hint(findings, "find out which scenarios are not run any more");
        findings_at(findings, minimum->at);
    }
}
