/* SPDX-License-Identifier: MIT */
/* Is staging slower than production was when it was recorded? */
#include "base/buffer.h"
#include "gate/evidence/evidence.h"
#include "gate/measure/gate_latency.h"
#include "gate/rules/rules.h"

enum { PRINTED_LIMIT_BYTES = 4096 };

static const char name[] = "latency";

static void add_one(const struct gate_latency *latency, size_t at, enum verdict_result result,
                    const char *says, struct findings *findings)
{
    CLEANUP(buffer_release) struct buffer printed;
    buffer_init(&printed, PRINTED_LIMIT_BYTES);
    latency_print(&printed, &latency->results[at]);
    findings_add(findings, result, name, "%.*s %s", TEXT_ARG(latency->endpoints[at]), says);
    findings_measured(findings, "%.*s", TEXT_ARG(buffer_text(&printed)));
}

struct latency_count {
    size_t holding;
    size_t insufficient;
    size_t refused;
};

static void weigh_one(const struct gate_input *input, const struct gate_latency *latency,
                      size_t at, struct latency_count *count, struct findings *findings)
{
    switch (latency->results[at].verdict) {
    case LATENCY_SLOWER:
        count->refused++;
        add_one(latency, at, VERDICT_FAILED, "is slower than it was recorded", findings);
        findings_hint(findings, "find what made it slower, or record production anew");
        findings_at(findings, input->policy->latency.at);
        break;
    case LATENCY_INSUFFICIENT:
        count->insufficient++;
        if (input->policy->latency.below_20_samples == 1) {
            count->refused++;
            add_one(latency, at, VERDICT_BLOCKED, "has too few samples to decide", findings);
            findings_hint(findings, "record it more often: `bddrun record --samples`");
            findings_at(findings, input->policy->latency.at);
        }
        break;
    case LATENCY_HOLDS:
        count->holding++;
        break;
    }
}

/* The endpoint with the most samples is what is shown of those that hold. */
static void add_passed(const struct gate_latency *latency, const struct latency_count *count,
                       struct findings *findings)
{
    size_t most = 0;
    for (size_t i = 1; i < latency->count; i++) {
        most = latency->results[i].live_count > latency->results[most].live_count ? i : most;
    }
    CLEANUP(buffer_release) struct buffer printed;
    buffer_init(&printed, PRINTED_LIMIT_BYTES);
    latency_print(&printed, &latency->results[most]);
    findings_add(
        findings, VERDICT_PASSED, name,
        "no endpoint is slower than it was recorded (n = %zu); %zu of %zu have too few "
        "samples to decide",
        latency->samples, count->insufficient, latency->count);
    findings_measured(findings, "%.*s: %.*s", TEXT_ARG(latency->endpoints[most]),
                      TEXT_ARG(buffer_text(&printed)));
}

void rule_latency(const struct gate_input *input, struct findings *findings)
{
    if (!input->policy || !input->policy->latency.at.source) {
        return;
    }
    struct gate_latency latency;
    struct latency_count count = { 0 };
    gate_latency_measure(&latency, input->evidence, &input->policy->latency, findings->arena);
    if (latency.count == 0) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "no run tells how long a recorded request took");
        findings_hint(findings, "compare by the step `the response matches the recording`, or "
                                "take it out of the policy");
        findings_at(findings, input->policy->latency.at);
        return;
    }
    for (size_t i = 0; i < latency.count; i++) {
        weigh_one(input, &latency, i, &count, findings);
    }
    if (count.refused == 0) {
        add_passed(&latency, &count, findings);
    }
}
