/* SPDX-License-Identifier: MIT */
#include "diff/latency.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EVIDENCE_Z 2.58
#define EVIDENCE_P 0.005
#define ONE_WINDOW_TOLERANCE 0.5
#define MAD_TO_SIGMA 1.4826

/* Both sides sorted. */
struct pair {
    const uint64_t *a; /* recorded */
    size_t n;
    const uint64_t *b; /* live */
    size_t m;
};

static int compare_times(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a;
    uint64_t right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static const uint64_t *sorted(struct latency_samples samples, struct arena *arena)
{
    uint64_t *copy = ARENA_ARRAY(arena, samples.count, uint64_t);
    if (samples.count) {
        memcpy(copy, samples.ns, samples.count * sizeof *copy);
        qsort(copy, samples.count, sizeof *copy, compare_times);
    }
    return copy;
}

static uint64_t median(const uint64_t *times, size_t count)
{
    uint64_t low = times[(count - 1) / 2];
    uint64_t high = times[count / 2];
    return high == LATENCY_FAILED ? high : low + (high - low) / 2;
}

/* The nearest rank: the smallest time that 95 % of all do not exceed. */
static uint64_t percentile95(const uint64_t *times, size_t count)
{
    size_t rank = (count * 95 + 99) / 100;
    return times[rank - 1];
}

static double ratio_of(uint64_t recorded, uint64_t live)
{
    if (recorded == live) {
        return 1;
    }
    if (live == LATENCY_FAILED || recorded == 0) {
        return HUGE_VAL;
    }
    return recorded == LATENCY_FAILED ? 0 : (double)live / (double)recorded;
}

/* How many in order from `at` are equal to the one there. */
static size_t run_length(const uint64_t *times, size_t count, size_t at, uint64_t value)
{
    size_t end = at;
    while (end < count && times[end] == value) {
        end++;
    }
    return end - at;
}

/* Mann-Whitney's U of the live side as a normal deviate, ties by mid-ranks and with their
 * correction of the variance. */
static double mann_whitney_z(const struct pair *pair)
{
    double n = (double)pair->n;
    double m = (double)pair->m;
    double rank = 0; /* of all so far */
    double rank_sum = 0;
    double ties = 0;
    for (size_t i = 0, j = 0; i < pair->n || j < pair->m;) {
        bool takes_a = j == pair->m || (i < pair->n && pair->a[i] <= pair->b[j]);
        uint64_t value = takes_a ? pair->a[i] : pair->b[j];
        size_t equal_a = run_length(pair->a, pair->n, i, value);
        size_t equal_b = run_length(pair->b, pair->m, j, value);
        double equal = (double)(equal_a + equal_b);
        rank_sum += (double)equal_b * (rank + (equal + 1) / 2);
        ties += equal * equal * equal - equal;
        rank += equal;
        i += equal_a;
        j += equal_b;
    }
    double u = rank_sum - m * (m + 1) / 2;
    double total = n + m;
    double variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)));
    return variance > 0 ? (u - n * m / 2) / sqrt(variance) : 0;
}

static double log_choose(double n, double k)
{
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

/* Fisher's exact test, one-sided: the probability of so many of the slow ones, or more, on the live
 * side, if slowness had nothing to do with the side. */
static double fisher_p(size_t slow_recorded, size_t recorded, size_t slow_live, size_t live)
{
    double slow = (double)(slow_recorded + slow_live);
    double all = (double)(recorded + live);
    double p = 0;
    size_t most = slow_recorded + slow_live < live ? slow_recorded + slow_live : live;
    for (size_t k = slow_live; k <= most; k++) {
        if (slow - (double)k <= (double)recorded) {
            p += exp(log_choose((double)live, (double)k) +
                     log_choose((double)recorded, slow - (double)k) - log_choose(all, slow));
        }
    }
    return p > 1 ? 1 : p;
}

static size_t count_above(const uint64_t *times, size_t count, double limit)
{
    size_t above = 0;
    for (size_t i = 0; i < count; i++) {
        above += times[i] == LATENCY_FAILED || (double)times[i] > limit;
    }
    return above;
}

static double tail_p(const struct pair *pair, const struct latency_result *result)
{
    double limit = result->recorded_ns == LATENCY_FAILED
                       ? HUGE_VAL
                       : (double)result->recorded_ns * (1 + result->tolerance);
    return fisher_p(count_above(pair->a, pair->n, limit), pair->n,
                    count_above(pair->b, pair->m, limit), pair->m);
}

static size_t count_failed(const uint64_t *times, size_t count)
{
    size_t failed = 0;
    while (failed < count && times[count - 1 - failed] == LATENCY_FAILED) {
        failed++;
    }
    return failed;
}

static bool is_beyond(const struct latency_rule *rule, const struct latency_result *result)
{
    return result->ratio > 1 + result->tolerance && result->live_ns > result->recorded_ns &&
           result->live_ns - result->recorded_ns > rule->floor_ns;
}

/* With samples on both sides. */
static void weigh(const struct latency_rule *rule, const struct pair *pair,
                  struct latency_result *result)
{
    size_t least = pair->n < pair->m ? pair->n : pair->m;
    bool is_tail = least >= LATENCY_TAIL;
    uint64_t (*statistic)(const uint64_t *times, size_t count) =
        is_tail ? percentile95 : median;
    result->statistic = is_tail ? LATENCY_P95 : LATENCY_MEDIAN;
    result->recorded_ns = statistic(pair->a, pair->n);
    result->live_ns = statistic(pair->b, pair->m);
    result->ratio = ratio_of(result->recorded_ns, result->live_ns);
    result->z = mann_whitney_z(pair);
    result->p = erfc(result->z / sqrt(2)) / 2;
    result->has_evidence = result->z > EVIDENCE_Z;
    if (is_tail) {
        double tail = tail_p(pair, result);
        result->has_evidence = result->has_evidence || tail < EVIDENCE_P;
        result->p = tail < result->p ? tail : result->p;
    }
    result->is_beyond = is_beyond(rule, result);
    if (least >= LATENCY_LEAST) {
        result->verdict =
            result->is_beyond && result->has_evidence ? LATENCY_SLOWER : LATENCY_HOLDS;
    }
}

struct latency_result latency_compare(const struct latency_rule *rule,
                                      struct latency_samples recorded,
                                      struct latency_samples live, struct arena *arena)
{
    struct pair pair = { sorted(recorded, arena), recorded.count, sorted(live, arena),
                         live.count };
    bool is_one_window = !rule->is_paired && rule->windows < 2;
    struct latency_result result = { .verdict = LATENCY_INSUFFICIENT,
                                     .recorded_count = pair.n,
                                     .live_count = pair.m,
                                     .failed_count = count_failed(pair.b, pair.m),
                                     .tolerance = rule->tolerance,
                                     .ratio = 1,
                                     .p = 1 };
    if (is_one_window && result.tolerance < ONE_WINDOW_TOLERANCE) {
        result.tolerance = ONE_WINDOW_TOLERANCE;
    }
    if (pair.n && pair.m) {
        weigh(rule, &pair, &result);
    }
    return result;
}

enum latency_verdict latency_confirm(const struct latency_result *first,
                                     const struct latency_result *again)
{
    if (first->verdict == LATENCY_SLOWER && again->verdict != LATENCY_SLOWER) {
        return again->verdict;
    }
    return first->verdict;
}

static int compare_p(const void *a, const void *b)
{
    const struct latency_result *left = *(struct latency_result *const *)a;
    const struct latency_result *right = *(struct latency_result *const *)b;
    return (left->p > right->p) - (left->p < right->p);
}

void latency_holm(struct latency_result *results, size_t count, struct arena *arena)
{
    struct latency_result **decided = ARENA_ARRAY(arena, count, struct latency_result *);
    size_t decided_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (results[i].verdict != LATENCY_INSUFFICIENT) {
            decided[decided_count++] = &results[i];
        }
    }
    qsort(decided, decided_count, sizeof(struct latency_result *), compare_p);
    bool stands = true;
    for (size_t i = 0; i < decided_count; i++) {
        stands = stands && decided[i]->p < EVIDENCE_P / (double)(decided_count - i);
        if (!stands) {
            decided[i]->verdict = LATENCY_HOLDS;
        }
    }
}

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median_of(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_doubles);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

double latency_tolerance(double tolerance, const double *window_p95, size_t count,
                         struct arena *arena)
{
    double least = tolerance;
    if (count < 2) {
        return least > ONE_WINDOW_TOLERANCE ? least : ONE_WINDOW_TOLERANCE;
    }
    double *logs = ARENA_ARRAY(arena, count, double);
    double *apart = ARENA_ARRAY(arena, count, double);
    for (size_t i = 0; i < count; i++) {
        logs[i] = log(window_p95[i]);
    }
    double middle = median_of(logs, count);
    for (size_t i = 0; i < count; i++) {
        apart[i] = fabs(logs[i] - middle);
    }
    double spread = exp(3 * MAD_TO_SIGMA * median_of(apart, count)) - 1;
    return spread > least ? spread : least;
}
