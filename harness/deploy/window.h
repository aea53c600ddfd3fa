/* SPDX-License-Identifier: MIT */
/*
 * When a release may go out: `windows` of bddrun.yaml. Without any window always; with windows that
 * allow, inside one of them only; a window that denies beats all that allow. Membership is asked of
 * the clock on the wall in the zone, so an hour that occurs twice counts twice and one that is
 * skipped is never; what goes past midnight belongs to the day it starts on. What began inside may
 * end outside.
 *
 * Everything but windows_open is pure. Times are seconds since 1970-01-01T00:00:00Z. All lives in
 * the arena given.
 */
#ifndef BDDRUN_DEPLOY_WINDOW_H
#define BDDRUN_DEPLOY_WINDOW_H

#include "config/record.h"
#include "deploy/zone.h"

/* What goes out. */
enum window_kind {
    WINDOW_ANY,
    WINDOW_SCHEMA, /* it changes the schema in a way that may lock or break */
};

struct window_rule {
    bool is_deny;
    bool is_dated;
    unsigned days;  /* weekly: bit 0 is Monday */
    int64_t from_s; /* weekly: of the day; dated: wall clock; inclusive */
    int64_t to_s;   /* exclusive; weekly: not above from_s goes past midnight */
    struct text written;
    struct span at;
};

struct window_rules {
    struct window_rule *list;
    size_t count;
};

struct windows {
    struct text zone_name; /* as written, not yet looked for; empty: no windows at all */
    struct span zone_at;
    struct window_rules any;
    struct window_rules schema; /* instead of `any` for those; count 0: as any */
    struct window_rules deny;   /* for all */
    const struct zone *zone;    /* by windows_open */
};

/* "Mon-Thu 10:00-16:00", "daily 22:00-24:00", "Sat,Sun", "weekdays 08:00-12:00", "2026-12-24",
 * "2026-12-24/2026-12-27" (whole days, both), "2026-12-24 18:00/2026-12-27 06:00". False with a
 * reason in words, static. */
bool window_rule_parse(struct text text, struct window_rule *ret_rule,
                       const char **ret_reason) MUST_CHECK;

/* Reader of the key `windows` (a row of the deploy section): struct windows. A list entry is text,
 * which allows, or {allow: …} or {deny: …}. */
config_read_function windows_read;

/* Finds the zone. Nothing to find without windows: UTC. */
bool windows_open(struct windows *windows, const char *zone_folder, struct arena *arena,
                  struct problems *problems) MUST_CHECK;

struct window_decision {
    bool is_open;
    const struct window_rule *rule; /* that allows, or that denies; NULL: none does */
    bool has_opening;
    int64_t opens_s; /* where it is closed: the next opening within 400 days */
    bool has_closing;
    int64_t closes_s; /* where it is open */
};

/* windows_open first. */
struct window_decision windows_decide(const struct windows *windows, enum window_kind kind,
                                      int64_t now_s);

/* Adds why, in words: "open until Tue 2026-11-24 16:00 AEDT ('Mon-Thu 10:00-16:00')", "closed by
 * '2026-12-24/2026-12-27'; opens …", "closed; does not open within 400 days". */
void window_decision_print(struct buffer *out, const struct windows *windows,
                           const struct window_decision *decision);

#endif
