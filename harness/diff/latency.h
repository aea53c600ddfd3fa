/* SPDX-License-Identifier: MIT */
/*
 * Is staging slower than the recording? Below LATENCY_LEAST samples on a side nothing is decided;
 * then medians are compared; from LATENCY_TAIL on the 95th percentiles (nearest rank: 59 is the
 * first n at which a 95 % bound on it exists). A failure needs all three: the ratio, the floor,
 * and evidence (Mann-Whitney, z > 2.58, ties by mid-ranks; for the percentile also Fisher's exact
 * test, one-sided, p < 0.005, on the counts above (1 + tolerance) × the recorded one). A single
 * recording window hides how much windows differ, so the tolerance is then at least 50 %.
 * Requests that failed are infinitely slow, never left out. Pure functions.
 */
#ifndef BDDRUN_DIFF_LATENCY_H
#define BDDRUN_DIFF_LATENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"

#define LATENCY_FAILED UINT64_MAX /* the time of a request that failed or timed out */

enum { LATENCY_LEAST = 20, LATENCY_TAIL = 59, LATENCY_WINDOWS = 5 };

struct latency_rule {
    double tolerance;  /* 0.25: a quarter slower is allowed */
    uint64_t floor_ns; /* and so much, whatever the ratio */
    size_t windows;    /* recordings made at different times; 0 and 1: tolerance at least 0.5 */
    bool is_paired;    /* both sides measured alternately in the same minutes: windows unused */
};

struct latency_samples {
    const uint64_t *ns; /* in any order */
    size_t count;
};

enum latency_verdict {
    LATENCY_INSUFFICIENT, /* too few samples: advice at most */
    LATENCY_HOLDS,
    LATENCY_SLOWER
};

enum latency_statistic { LATENCY_MEDIAN, LATENCY_P95 };

struct latency_result {
    enum latency_verdict verdict;
    enum latency_statistic statistic;
    size_t recorded_count;
    size_t live_count;
    size_t failed_count;  /* of the live ones */
    uint64_t recorded_ns; /* the statistic; LATENCY_FAILED: infinite */
    uint64_t live_ns;
    double ratio;     /* live / recorded; infinite when one is */
    double tolerance; /* that was used */
    double z;         /* Mann-Whitney, positive: live is slower */
    double p;         /* one-sided, of the test that is the evidence */
    bool is_beyond;   /* ratio and floor are passed */
    bool has_evidence;
};

/* The samples are copied into the arena to be sorted. */
struct latency_result latency_compare(const struct latency_rule *rule,
                                      struct latency_samples recorded,
                                      struct latency_samples live, struct arena *arena);

/* The same again on one run more of staging: only what is slower twice is slower. */
enum latency_verdict latency_confirm(const struct latency_result *first,
                                     const struct latency_result *again);

/* Holm's step-down over several comparisons at the level 0.005: a LATENCY_SLOWER whose p does not
 * stand among so many becomes LATENCY_HOLDS. */
void latency_holm(struct latency_result *results, size_t count, struct arena *arena);

/* max(tolerance, exp(3 · 1.4826 · MAD of the logarithms of the windows' percentiles) - 1); one
 * window: at least 0.5. */
double latency_tolerance(double tolerance, const double *window_p95, size_t count,
                         struct arena *arena);

/* "median 312 ms, recorded 120 ms (2.6 ×, n = 40 and 25, z 6.1)" */
void latency_print(struct buffer *out, const struct latency_result *result);

#endif
