/* SPDX-License-Identifier: MIT */
/*
 * A time zone: what the clock on the wall shows at an instant. Read from a TZif file (RFC 8536) of
 * the system's time zone data, without the C library's process-wide zone, so that a misspelt name
 * is an error and never UTC. Pure once read. Times are seconds since 1970-01-01T00:00:00Z; the wall
 * clock is the same count, moved by the offset: seconds since 1970-01-01T00:00 on the wall.
 */
#ifndef BDDRUN_DEPLOY_ZONE_H
#define BDDRUN_DEPLOY_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"

struct zone; /* in an arena */

struct zone_moment {
    int64_t wall_s;
    int64_t offset_s;         /* east of UTC */
    struct text abbreviation; /* "AEDT"; borrowed from the zone */
};

/* Reads the zone of this name ("Australia/Melbourne") below the folder, ZONE_FOLDER but for tests.
 * "UTC" needs no file. False with a problem of kind PROBLEM_INPUT at the span, with the nearest
 * names. */
bool zone_read(struct text name, struct span at, const char *folder, struct arena *arena,
               const struct zone **ret_zone, struct problems *problems) MUST_CHECK;

/* The same from the bytes of a TZif file; copied. False: it is none. */
bool zone_parse(struct text bytes, struct arena *arena,
                const struct zone **ret_zone) MUST_CHECK;

struct zone_moment zone_at(const struct zone *zone, int64_t unix_s);

/* Adds "Tue 2026-11-24 10:00 AEDT". */
struct buffer;
void zone_print(struct buffer *out, const struct zone *zone, int64_t unix_s);

#endif
