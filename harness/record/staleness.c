/* SPDX-License-Identifier: MIT */
#include "record/staleness.h"

#include "base/buffer.h"
#include "format/date.h"

#define NS_OF_MS UINT64_C(1000000)

enum { REASON_LIMIT = 1024, MINUTE_MS = 60 * 1000 };

static const struct promotion_date *
latest_after(uint64_t recorded_at_ns, const struct promotion_date *promotions, size_t count)
{
    const struct promotion_date *latest = NULL;
    for (size_t i = 0; i < count; i++) {
        if (promotions[i].at_ns > recorded_at_ns &&
            (!latest || promotions[i].at_ns > latest->at_ns)) {
            latest = &promotions[i];
        }
    }
    return latest;
}

struct staleness staleness_of(uint64_t recorded_at_ns, uint64_t now_ns, uint64_t maximum_age_ms,
                              const struct promotion_date *promotions, size_t promotion_count)
{
    struct staleness staleness = { .kind = RECORDING_FRESH };
    if (recorded_at_ns == 0) {
        staleness.kind =
            maximum_age_ms > 0 || promotion_count > 0 ? RECORDING_UNDATED : RECORDING_FRESH;
        return staleness;
    }
    if (recorded_at_ns > now_ns + STALENESS_CLOCK_MS * NS_OF_MS) {
        staleness.kind = RECORDING_AHEAD;
        return staleness;
    }
    staleness.age_ns = now_ns > recorded_at_ns ? now_ns - recorded_at_ns : 0;
    const struct promotion_date *later =
        latest_after(recorded_at_ns, promotions, promotion_count);
    if (later) {
        staleness.kind = RECORDING_OUTDATED;
        staleness.component = later->component;
        staleness.promoted_at_ns = later->at_ns;
    } else if (maximum_age_ms > 0 && staleness.age_ns / NS_OF_MS > maximum_age_ms) {
        staleness.kind = RECORDING_TOO_OLD;
    }
    return staleness;
}

/* The two largest units are enough: "15 days", "3 h". */
static void add_age(struct buffer *out, uint64_t age_ms)
{
    static const struct {
        uint64_t minutes;
        const char *unit;
    } units[] = { { UINT64_C(24) * 60, "day" }, { 60, "hour" }, { 1, "minute" } };
    uint64_t minutes = age_ms / MINUTE_MS;
    for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
        uint64_t count = minutes / units[i].minutes;
        if (count > 0 || units[i].minutes == 1) {
            buffer_add_number(out, count);
            buffer_add_format(out, " %s%s", units[i].unit, count == 1 ? "" : "s");
            return;
        }
    }
}

struct text staleness_reason(const struct staleness *staleness, uint64_t maximum_age_ms,
                             struct arena *arena)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, REASON_LIMIT);
    switch (staleness->kind) {
    case RECORDING_FRESH:
        break;
    case RECORDING_TOO_OLD:
        add_age(&out, staleness->age_ns / NS_OF_MS);
        buffer_add_string(&out, " old, older than ");
        add_age(&out, maximum_age_ms);
        break;
    case RECORDING_OUTDATED: {
        struct text date = date_print(arena, staleness->promoted_at_ns);
        bool is_known = staleness->component.size > 0;
        buffer_add_format(&out, "recorded before %s%.*s%s was promoted at %.*s",
                          is_known ? "'" : "",
                          TEXT_ARG(is_known ? staleness->component : TEXT("a release")),
                          is_known ? "'" : "", TEXT_ARG(date));
        break;
    }
    case RECORDING_UNDATED:
        buffer_add_string(&out, "it does not say when it was recorded");
        break;
    case RECORDING_AHEAD:
        buffer_add_string(&out, "it was recorded at a time that is still to come");
        break;
    }
    return arena_text(arena, buffer_text(&out));
}
