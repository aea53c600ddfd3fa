/* SPDX-License-Identifier: MIT */
#include "gate/measure/gate_latency.h"

#include <stdlib.h>

#include "base/clock.h"
#include "gate/measure/endpoint.h"

#define DEFAULT_TOLERANCE 0.25
#define DEFAULT_FLOOR_MS 20

static const double whole_millionths = 1e8; /* of 100 % */

struct placed {
    struct text endpoint;
    size_t run;
    const struct compared_sample *sample;
};

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* By endpoint and window; what is the same request stands together. */
static int compare_placed(const void *a, const void *b)
{
    const struct placed *left = a;
    const struct placed *right = b;
    const struct compared_sample *one = left->sample;
    const struct compared_sample *other = right->sample;
    const int orders[] = {
        text_compare(left->endpoint, right->endpoint),
        compare_numbers(one->recorded_at_ns, other->recorded_at_ns),
        compare_numbers(left->run, right->run),
        compare_numbers(one->attempt.scenario, other->attempt.scenario),
        compare_numbers(one->recorded_ns, other->recorded_ns),
        compare_numbers(one->actual_ns, other->actual_ns),
    };
    for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return 0;
}

static size_t place_all(const struct evidence *evidence, struct arena *arena,
                        struct placed **ret_list)
{
    size_t most = 1;
    size_t count = 0;
    for (size_t i = 0; i < evidence->last_count; i++) {
        most += evidence->last[i]->compared.sample_count;
    }
    struct placed *list = ARENA_ARRAY(arena, most, struct placed);
    for (size_t i = 0; i < evidence->last_count; i++) {
        const struct evidence_run *run = evidence->last[i];
        for (size_t j = 0; j < run->compared.sample_count; j++) {
            const struct compared_sample *sample = &run->compared.samples[j];
            if (sample->attempt.number == run->scenarios[sample->attempt.scenario].attempts) {
                list[count++] =
                    (struct placed){ endpoint_of_entry(arena, sample->entry), i, sample };
            }
        }
    }
    qsort(list, count, sizeof *list, compare_placed);
    *ret_list = list;
    return count;
}

/* The samples of one endpoint. */
static void weigh(struct gate_latency *latency, const struct placed *list, size_t count,
                  struct latency_rule rule, struct arena *arena)
{
    uint64_t *recorded = ARENA_ARRAY(arena, count, uint64_t);
    uint64_t *actual = ARENA_ARRAY(arena, count, uint64_t);
    size_t kept = 0;
    rule.windows = 0;
    for (size_t i = 0; i < count; i++) {
        const struct compared_sample *sample = list[i].sample;
        if (i > 0 && compare_placed(&list[i - 1], &list[i]) == 0) {
            continue;
        }
        rule.windows += i == 0 || list[i - 1].sample->recorded_at_ns != sample->recorded_at_ns;
        recorded[kept] = sample->recorded_ns;
        actual[kept++] = sample->actual_ns;
    }
    latency->endpoints[latency->count] = list->endpoint;
    latency->results[latency->count++] =
        latency_compare(&rule, (struct latency_samples){ recorded, kept },
                        (struct latency_samples){ actual, kept }, arena);
    latency->samples += kept;
}

void gate_latency_measure(struct gate_latency *latency, const struct evidence *evidence,
                          const struct config_latency_policy *policy, struct arena *arena)
{
    struct placed *list = NULL;
    size_t count = place_all(evidence, arena, &list);
    struct latency_rule rule = {
        .tolerance = policy->tolerance.at.source
                         ? (double)policy->tolerance.millionths / whole_millionths
                         : DEFAULT_TOLERANCE,
        .floor_ns = (policy->floor_ms.at.source ? policy->floor_ms.value : DEFAULT_FLOOR_MS) *
                    NANOSECONDS_PER_MILLISECOND,
    };
    *latency = (struct gate_latency){
        .endpoints = ARENA_ARRAY(arena, count + 1, struct text),
        .results = ARENA_ARRAY(arena, count + 1, struct latency_result),
    };
    for (size_t start = 0, end = 0; start < count; start = end) {
        while (end < count && text_equal(list[end].endpoint, list[start].endpoint)) {
            end++;
        }
        weigh(latency, &list[start], end - start, rule, arena);
    }
    latency_holm(latency->results, latency->count, arena);
}
