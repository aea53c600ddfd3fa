/* SPDX-License-Identifier: MIT */
#include "diff/latency.h"

#include <math.h>

static void add_time(struct buffer *out, uint64_t ns)
{
    double ms = (double)ns / 1e6;
    if (ns == LATENCY_FAILED) {
        buffer_add_string(out, "no answer");
    } else {
        buffer_add_format(out, ms < 10 ? "%.1f ms" : "%.0f ms", ms);
    }
}

void latency_print(struct buffer *out, const struct latency_result *result)
{
    if (result->recorded_count == 0 || result->live_count == 0) {
        buffer_add_format(out, "no samples to compare (n = %zu and %zu)",
                          result->recorded_count, result->live_count);
        return;
    }
    buffer_add_string(out, result->statistic == LATENCY_P95 ? "95th percentile " : "median ");
    add_time(out, result->live_ns);
    buffer_add_string(out, ", recorded ");
    add_time(out, result->recorded_ns);
    buffer_add_string(out, " (");
    if (isfinite(result->ratio)) {
        buffer_add_format(out, "%.2f ×, ", result->ratio);
    }
    buffer_add_format(out, "n = %zu and %zu, z %.1f, p %.2g, tolerance %.0f %%",
                      result->recorded_count, result->live_count, result->z, result->p,
                      result->tolerance * 100);
    if (result->failed_count) {
        buffer_add_format(out, ", %zu without an answer", result->failed_count);
    }
    buffer_add_string(out, result->verdict == LATENCY_INSUFFICIENT
                               ? "): too few samples to decide, 20 are needed"
                               : ")");
}
