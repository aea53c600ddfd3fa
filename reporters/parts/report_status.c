/* SPDX-License-Identifier: MIT */
/* Short words of reports: durations, and statuses as styles and marks. */
#include "base/clock.h"
#include "reporters/parts/report_text.h"

void report_duration(struct buffer *out, uint64_t duration_ns)
{
    uint64_t milliseconds = duration_ns / NANOSECONDS_PER_MILLISECOND;
    uint64_t seconds = milliseconds / 1000;
    if (milliseconds == 0)
        buffer_add_format(out, "%u µs", (unsigned)(duration_ns / 1000));
    else if (seconds == 0)
        buffer_add_format(out, "%u ms", (unsigned)milliseconds);
    else if (seconds < 60)
        buffer_add_format(out, "%u.%u s", (unsigned)seconds,
                          (unsigned)(milliseconds % 1000 / 100));
    else
        buffer_add_format(out, "%llu min %02u s", (unsigned long long)(seconds / 60),
                          (unsigned)(seconds % 60));
}

enum style report_status_style(enum status status)
{
    switch (status) {
    case STATUS_PASSED:
        return STYLE_GOOD;
    case STATUS_FAILED:
    case STATUS_AMBIGUOUS:
        return STYLE_BAD;
    case STATUS_PENDING:
    case STATUS_UNDEFINED:
        return STYLE_WARNING;
    case STATUS_UNKNOWN:
    case STATUS_SKIPPED:
    case STATUS_COUNT:
        break;
    }
    return STYLE_DIM;
}

const char *report_status_mark(enum status status)
{
    static const char *const marks[STATUS_COUNT] = {
        [STATUS_UNKNOWN] = "·", [STATUS_PASSED] = "✓",    [STATUS_SKIPPED] = "-",
        [STATUS_PENDING] = "…", [STATUS_UNDEFINED] = "?", [STATUS_AMBIGUOUS] = "‼",
        [STATUS_FAILED] = "✗",
    };
    return marks[status];
}
