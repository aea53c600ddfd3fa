/* SPDX-License-Identifier: MIT */
/* Are the recordings young enough, do scenarios touch what production has, did staging drift? */
#include "gate/evidence/evidence.h"
#include "gate/measure/gate_recordings.h"
#include "gate/rules/rules.h"
#include "record/promotions.h"
#include "record/staleness.h"

enum { SHOWN_LIMIT = 5 };

static bool is_asked(const struct gate_input *input)
{
    return input->policy && input->policy->recordings.at.source;
}

/* False after a finding: there is nothing to look at. */
static bool has_recordings(const struct gate_input *input, const char *name,
                           struct findings *findings)
{
    const struct gate_recordings *recordings = input->recordings;
    if (recordings && recordings->failure.size == 0 && recordings->count > 0) {
        return true;
    }
    if (recordings && recordings->failure.size > 0) {
        findings_add(findings, VERDICT_BLOCKED, name, "the recordings cannot be listed: %.*s",
                     TEXT_ARG(recordings->failure));
    } else {
        findings_add(findings, VERDICT_BLOCKED, name, "the commit holds no recording");
    }
    findings_hint(findings, "record production by `bddrun record`, and commit what it writes");
    findings_at(findings, input->policy->recordings.at);
    return false;
}

static void block_recording(struct findings *findings, const struct gate_recording *recording,
                            struct text reason)
{
    findings_add(findings, VERDICT_BLOCKED, "recordings.fresh", "'%.*s': %.*s",
                 TEXT_ARG(recording->path), TEXT_ARG(reason));
    findings_hint(findings, "record it again: `bddrun record`");
    findings_place(findings, recording->path, 0);
}

static struct staleness weigh_age(const struct gate_input *input,
                                  const struct gate_recording *recording, uint64_t max_age_ms,
                                  struct arena *arena)
{
    const struct promotion_dates none = { .list = NULL };
    const struct promotion_dates *all =
        input->recordings->promotions ? input->recordings->promotions : &none;
    struct promotion_date *own = ARENA_ARRAY(arena, all->count + 1, struct promotion_date);
    size_t count = promotions_of(all, recording->endpoints, recording->endpoint_count, own);
    return staleness_of(recording->recorded_at_ns, input->now_ns, max_age_ms, own, count);
}

static bool is_fresh(const struct gate_input *input, const struct gate_recording *recording,
                     struct findings *findings)
{
    const struct config_bound *bound = &input->policy->recordings.max_age_ms;
    uint64_t max_age_ms = bound->at.source ? bound->value : input->recordings->max_age_ms;
    struct staleness staleness = weigh_age(input, recording, max_age_ms, findings->arena);
    if (recording->failure.size > 0) {
        block_recording(findings, recording, recording->failure);
        return false;
    }
    if (staleness.kind != RECORDING_FRESH) {
        block_recording(findings, recording,
                        staleness_reason(&staleness, max_age_ms, findings->arena));
        return false;
    }
    return true;
}

void rule_recordings_fresh(const struct gate_input *input, struct findings *findings)
{
    if (!is_asked(input) || !has_recordings(input, "recordings.fresh", findings)) {
        return;
    }
    bool is_all_fresh = true;
    for (size_t i = 0; i < input->recordings->count; i++) {
        is_all_fresh = is_fresh(input, &input->recordings->list[i], findings) && is_all_fresh;
    }
    if (is_all_fresh) {
        findings_add(findings, VERDICT_PASSED, "recordings.fresh",
                     "%zu recordings are young "
                     "enough",
                     input->recordings->count);
    }
}

/* Endpoints. */

static bool has_passed(const struct evidence *evidence, const struct gate_recording *recording)
{
    for (size_t i = 0; i < evidence->scenario_count; i++) {
        const struct evidence_scenario *scenario = &evidence->scenarios[i];
        if (scenario->status == STATUS_PASSED && recording->feature.size > 0 &&
            text_equal(scenario->name, recording->scenario) &&
            text_ends_with(scenario->path, recording->feature)) {
            return true;
        }
    }
    return false;
}

static bool is_touched(const struct gate_input *input, struct text endpoint)
{
    for (size_t i = 0; i < input->recordings->count; i++) {
        const struct gate_recording *recording = &input->recordings->list[i];
        if (!has_passed(input->evidence, recording)) {
            continue;
        }
        for (size_t j = 0; j < recording->endpoint_count; j++) {
            if (text_equal(recording->endpoints[j], endpoint)) {
                return true;
            }
        }
    }
    return false;
}

struct untouched {
    struct buffer names;
    struct text shown[SHOWN_LIMIT];
    uint64_t count;
};

static void add_untouched(struct untouched *untouched, struct text endpoint)
{
    size_t shown = untouched->count < SHOWN_LIMIT ? (size_t)untouched->count : SHOWN_LIMIT;
    for (size_t i = 0; i < shown; i++) {
        if (text_equal(untouched->shown[i], endpoint)) {
            return;
        }
    }
    if (untouched->count < SHOWN_LIMIT) {
        untouched->shown[untouched->count] = endpoint;
        buffer_add_format(&untouched->names, "%s%.*s", untouched->count ? ", " : "",
                          TEXT_ARG(endpoint));
    }
    untouched->count++;
}

static void look_for_untouched(const struct gate_input *input, struct untouched *untouched)
{
    for (size_t i = 0; i < input->recordings->count; i++) {
        const struct gate_recording *recording = &input->recordings->list[i];
        for (size_t j = 0; j < recording->endpoint_count; j++) {
            if (!is_touched(input, recording->endpoints[j])) {
                add_untouched(untouched, recording->endpoints[j]);
            }
        }
    }
}

void rule_recordings_endpoints(const struct gate_input *input, struct findings *findings)
{
    static const char name[] = "recordings.untouched_endpoints";
    if (!is_asked(input) || !input->policy->recordings.untouched_endpoints.at.source ||
        !has_recordings(input, name, findings)) {
        return;
    }
    const struct config_bound *most = &input->policy->recordings.untouched_endpoints;
    struct untouched untouched = { .count = 0 };
    buffer_init(&untouched.names, 1 << 16);
    look_for_untouched(input, &untouched);
    if (untouched.count <= most->value) {
        findings_add(findings, VERDICT_PASSED, name,
                     "the scenarios that passed touch what was recorded of production");
    } else {
        findings_add(findings, VERDICT_FAILED, name, "no scenario that passed touches %.*s%s",
                     TEXT_ARG(buffer_text(&untouched.names)),
                     untouched.count > SHOWN_LIMIT ? ", …" : "");
        findings_hint(findings, "write scenarios for them");
        findings_at(findings, most->at);
    }
    findings_measured(findings, "%llu", (unsigned long long)untouched.count);
    findings_required(findings, "at most %llu", (unsigned long long)most->value);
    buffer_release(&untouched.names);
}

/* Drift. */

static uint64_t count_drift(const struct evidence *evidence, bool is_any,
                            const struct evidence_scenario **ret_first)
{
    uint64_t count = 0;
    for (size_t i = 0; i < evidence->scenario_count; i++) {
        const struct evidence_scenario *scenario = &evidence->scenarios[i];
        uint64_t found = is_any ? scenario->differences : scenario->breaking;
        if (found > 0 && count == 0) {
            *ret_first = scenario;
        }
        count += found;
    }
    return count;
}

void rule_recordings_drift(const struct gate_input *input, struct findings *findings)
{
    static const char name[] = "recordings.drift";
    if (!is_asked(input) || input->policy->recordings.drift == CONFIG_DRIFT_NONE ||
        !rules_need_runs(input) || input->evidence->last_count == 0) {
        return;
    }
    bool is_any = input->policy->recordings.drift == CONFIG_DRIFT_ANY;
    const char *kind = is_any ? "" : " breaking";
    const struct evidence_scenario *first = NULL;
    uint64_t count = count_drift(input->evidence, is_any, &first);
    if (!first) {
        findings_add(findings, VERDICT_PASSED, name,
                     "staging has no%s difference to production", kind);
        return;
    }
    findings_add(findings, VERDICT_FAILED, name,
                 "staging differs from production, first in '%.*s'", TEXT_ARG(first->name));
    findings_measured(findings, "%llu%s differences", (unsigned long long)count, kind);
    findings_hint(findings, "look at the differences; `bddrun accept` takes what is meant");
    findings_place(findings, first->path, first->line);
}
