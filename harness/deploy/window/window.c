/* SPDX-License-Identifier: MIT */
#include "deploy/window.h"

#include "base/buffer.h"

enum { DAY_S = 86400, MINUTE_S = 60, HORIZON_DAYS = 400 };

bool windows_open(struct windows *windows, const char *zone_folder, struct arena *arena,
                  struct problems *problems)
{
    struct text name = windows->zone_name.size > 0 ? windows->zone_name : TEXT("UTC");
    return zone_read(name, windows->zone_at, zone_folder, arena, &windows->zone, problems);
}

static bool has_day(const struct window_rule *rule, int64_t day)
{
    /* 1970-01-01 was a Thursday, day 3 of a week that starts on Monday. */
    return (rule->days >> ((day + 3) % 7)) & 1U;
}

static bool is_inside(const struct window_rule *rule, int64_t wall_s)
{
    if (rule->is_dated) {
        return wall_s >= rule->from_s && wall_s < rule->to_s;
    }
    int64_t day = wall_s / DAY_S;
    int64_t clock_s = wall_s % DAY_S;
    if (rule->from_s < rule->to_s) {
        return has_day(rule, day) && clock_s >= rule->from_s && clock_s < rule->to_s;
    }
    return (has_day(rule, day) && clock_s >= rule->from_s) ||
           (has_day(rule, day + 6) && clock_s < rule->to_s); /* it started the day before */
}

/* The first rule of this sort that holds, or NULL; *ret_exists: there is one of this sort. */
static const struct window_rule *holding(const struct window_rules *rules, bool is_deny,
                                         int64_t wall_s, bool *ret_exists)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct window_rule *rule = &rules->list[i];
        if (rule->is_deny == is_deny) {
            *ret_exists = true;
            if (is_inside(rule, wall_s)) {
                return rule;
            }
        }
    }
    return NULL;
}

static bool is_open_at(const struct windows *windows, enum window_kind kind, int64_t unix_s,
                       const struct window_rule **ret_rule)
{
    const struct window_rules *rules =
        kind == WINDOW_SCHEMA && windows->schema.count > 0 ? &windows->schema : &windows->any;
    int64_t wall_s = zone_at(windows->zone, unix_s).wall_s;
    wall_s = wall_s > 0 ? wall_s : 0; /* there are no windows before 1970 */
    bool denies = false;
    bool allows = false;
    *ret_rule = holding(&windows->deny, true, wall_s, &denies);
    if (!*ret_rule) {
        *ret_rule = holding(rules, true, wall_s, &denies);
    }
    if (*ret_rule) {
        return false;
    }
    *ret_rule = holding(rules, false, wall_s, &allows);
    return *ret_rule || !allows;
}

/* The first whole minute behind now_s at which it is (not) open. */
static bool find_change(const struct windows *windows, enum window_kind kind, int64_t now_s,
                        bool wanted, int64_t *ret_s)
{
    int64_t end_s = now_s + (int64_t)HORIZON_DAYS * DAY_S;
    for (int64_t at_s = now_s - now_s % MINUTE_S + MINUTE_S; at_s <= end_s; at_s += MINUTE_S) {
        const struct window_rule *rule;
        if (is_open_at(windows, kind, at_s, &rule) == wanted) {
            *ret_s = at_s;
            return true;
        }
    }
    return false;
}

struct window_decision windows_decide(const struct windows *windows, enum window_kind kind,
                                      int64_t now_s)
{
    struct window_decision decision = { 0 };
    decision.is_open = is_open_at(windows, kind, now_s, &decision.rule);
    if (windows->zone_name.size == 0) {
        return decision;
    }
    if (decision.is_open) {
        decision.has_closing = find_change(windows, kind, now_s, false, &decision.closes_s);
    } else {
        decision.has_opening = find_change(windows, kind, now_s, true, &decision.opens_s);
    }
    return decision;
}

void window_decision_print(struct buffer *out, const struct windows *windows,
                           const struct window_decision *decision)
{
    if (decision->is_open) {
        buffer_add_string(out, "open");
        if (decision->has_closing) {
            buffer_add_string(out, " until ");
            zone_print(out, windows->zone, decision->closes_s);
        }
        if (decision->rule) {
            buffer_add_format(out, " ('%.*s')", TEXT_ARG(decision->rule->written));
        }
        return;
    }
    buffer_add_string(out, "closed");
    if (decision->rule) {
        buffer_add_format(out, " by '%.*s'", TEXT_ARG(decision->rule->written));
    }
    if (decision->has_opening) {
        buffer_add_string(out, "; opens ");
        zone_print(out, windows->zone, decision->opens_s);
    } else {
        buffer_add_format(out, "; does not open within %d days", HORIZON_DAYS);
    }
}
