/* SPDX-License-Identifier: MIT */
#include "deploy/zone.h"

#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file.h"
#include "deploy/window/zone_names.h"
#include "deploy/window/zone_rule.h"
#include "format/date.h"

enum { DAY_S = 86400, HEAD_BYTES = 44, FILE_LIMIT = 1 << 20, NAME_LIMIT = 100 };

enum { OFFSET_LIMIT_S = 26 * 3600 }; /* RFC 8536 has them below */

struct zone_kind {
    int64_t offset_s;
    struct text abbreviation;
};

struct zone {
    struct zone_kind *kinds; /* at least one, unless has_rule */
    size_t kind_count;
    int64_t *transitions; /* ascending */
    unsigned char *transition_kinds;
    size_t transition_count;
    bool has_rule; /* behind the last transition */
    struct zone_rule rule;
};

/* Reading. */

static uint64_t number_at(struct text bytes, size_t at, size_t size)
{
    uint64_t number = 0;
    for (size_t i = 0; i < size; i++) {
        number = number << 8 | (unsigned char)bytes.at[at + i];
    }
    return number;
}

static int64_t signed_of(uint64_t number, unsigned bits)
{
    uint64_t sign = UINT64_C(1) << (bits - 1);
    return (int64_t)((number ^ sign) - sign);
}

/* The counts of a head, in the file's order. */
struct counts {
    size_t is_ut;
    size_t is_standard;
    size_t leaps;
    size_t transitions;
    size_t kinds;
    size_t characters;
};

static bool read_counts(struct text bytes, struct counts *ret_counts)
{
    if (bytes.size < HEAD_BYTES || !text_starts_with(bytes, TEXT("TZif"))) {
        return false;
    }
    *ret_counts = (struct counts){ .is_ut = (size_t)number_at(bytes, 20, 4),
                                   .is_standard = (size_t)number_at(bytes, 24, 4),
                                   .leaps = (size_t)number_at(bytes, 28, 4),
                                   .transitions = (size_t)number_at(bytes, 32, 4),
                                   .kinds = (size_t)number_at(bytes, 36, 4),
                                   .characters = (size_t)number_at(bytes, 40, 4) };
    return true;
}

static size_t block_bytes(const struct counts *counts, size_t time_bytes)
{
    return counts->transitions * (time_bytes + 1) + counts->kinds * 6 + counts->characters +
           counts->leaps * (time_bytes + 4) + counts->is_standard + counts->is_ut;
}

static struct text abbreviation_at(struct text characters, size_t at)
{
    struct text rest = text_from(characters, at);
    return text_slice(rest, 0, text_find_byte(rest, '\0', 0));
}

static bool read_kinds(struct zone *zone, const struct counts *counts, struct text bytes,
                       size_t at, struct arena *arena)
{
    struct text characters =
        text_slice(bytes, at + counts->kinds * 6, at + counts->kinds * 6 + counts->characters);
    zone->kind_count = counts->kinds;
    zone->kinds = ARENA_ARRAY(arena, counts->kinds + 1, struct zone_kind);
    for (size_t i = 0; i < counts->kinds; i++) {
        zone->kinds[i].offset_s = signed_of(number_at(bytes, at + i * 6, 4), 32);
        size_t name_at = (unsigned char)bytes.at[at + i * 6 + 5];
        zone->kinds[i].abbreviation = abbreviation_at(characters, name_at);
        if (zone->kinds[i].offset_s > OFFSET_LIMIT_S ||
            zone->kinds[i].offset_s < -OFFSET_LIMIT_S) {
            return false;
        }
    }
    return counts->kinds > 0;
}

static bool read_transitions(struct zone *zone, const struct counts *counts, struct text bytes,
                             struct arena *arena)
{
    zone->transition_count = counts->transitions;
    zone->transitions = ARENA_ARRAY(arena, counts->transitions + 1, int64_t);
    zone->transition_kinds = ARENA_ARRAY(arena, counts->transitions + 1, unsigned char);
    for (size_t i = 0; i < counts->transitions; i++) {
        zone->transitions[i] = signed_of(number_at(bytes, HEAD_BYTES + i * 8, 8), 64);
        zone->transition_kinds[i] =
            (unsigned char)bytes.at[HEAD_BYTES + counts->transitions * 8 + i];
        if (zone->transition_kinds[i] >= counts->kinds ||
            (i > 0 && zone->transitions[i] <= zone->transitions[i - 1])) {
            return false;
        }
    }
    return true;
}

bool zone_parse(struct text bytes, struct arena *arena, const struct zone **ret_zone)
{
    struct counts old_counts;
    struct counts counts;
    /* The first block is for readers of 1990; everything is in the second. */
    if (bytes.size > FILE_LIMIT || !read_counts(bytes, &old_counts) || bytes.at[4] < '2') {
        return false;
    }
    struct text second =
        text_from(arena_text(arena, bytes), HEAD_BYTES + block_bytes(&old_counts, 4));
    if (!read_counts(second, &counts) || second.size < HEAD_BYTES + block_bytes(&counts, 8)) {
        return false;
    }
    struct zone *zone = ARENA_NEW(arena, struct zone);
    if (!read_transitions(zone, &counts, second, arena) ||
        !read_kinds(zone, &counts, second, HEAD_BYTES + counts.transitions * 9, arena)) {
        return false;
    }
    struct text rule = text_trim(text_from(second, HEAD_BYTES + block_bytes(&counts, 8)));
    zone->has_rule = rule.size > 0;
    if (zone->has_rule && !zone_rule_parse(rule, &zone->rule)) {
        return false;
    }
    *ret_zone = zone;
    return true;
}

static bool is_name(struct text name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/";
    for (size_t i = 0; i < name.size; i++) {
        if (name.at[i] == '\0' || !strchr(allowed, name.at[i])) {
            return false; /* no dot: no way out of the folder */
        }
    }
    return name.size > 0 && name.size <= NAME_LIMIT && name.at[0] != '/';
}

static bool read_file(struct text name, const char *folder, struct arena *arena,
                      const struct zone **ret_zone)
{
    struct text path = arena_format(arena, "%s/%.*s", folder, TEXT_ARG(name));
    struct text bytes;
    struct problems unsaid; /* one problem is told, with the nearest names */
    problems_init(&unsaid);
    bool is_read = !file_is_folder(path) &&
                   file_read(path, FILE_LIMIT, arena, &bytes, &unsaid) &&
                   zone_parse(bytes, arena, ret_zone);
    problems_release(&unsaid);
    return is_read;
}

static const struct zone *utc(struct arena *arena)
{
    struct zone *zone = ARENA_NEW(arena, struct zone);
    zone->has_rule = true;
    zone->rule = (struct zone_rule){ .name = TEXT("UTC") };
    return zone;
}

bool zone_read(struct text name, struct span at, const char *folder, struct arena *arena,
               const struct zone **ret_zone, struct problems *problems)
{
    if (text_is(name, "UTC")) {
        *ret_zone = utc(arena);
        return true;
    }
    if (is_name(name) && read_file(name, folder, arena, ret_zone)) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, at, NULL, "unknown time zone '%.*s'", TEXT_ARG(name));
    zone_names_hint(name, folder, problems);
    return false;
}

/* Asking. */

struct zone_moment zone_at(const struct zone *zone, int64_t unix_s)
{
    size_t low = 0;
    size_t high = zone->transition_count; /* how many are not behind unix_s */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->transitions[middle] <= unix_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct zone_moment moment;
    if (zone->has_rule && low == zone->transition_count) {
        bool is_summer = zone_rule_is_summer(&zone->rule, unix_s);
        moment.offset_s = is_summer ? zone->rule.summer_offset_s : zone->rule.offset_s;
        moment.abbreviation = is_summer ? zone->rule.summer_name : zone->rule.name;
    } else {
        const struct zone_kind *kind =
            &zone->kinds[low > 0 ? zone->transition_kinds[low - 1] : 0];
        moment.offset_s = kind->offset_s;
        moment.abbreviation = kind->abbreviation;
    }
    moment.wall_s = unix_s + moment.offset_s;
    return moment;
}

void zone_print(struct buffer *out, const struct zone *zone, int64_t unix_s)
{
    static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
    struct zone_moment moment = zone_at(zone, unix_s);
    uint64_t wall_s = moment.wall_s > 0 ? (uint64_t)moment.wall_s : 0;
    struct arena arena;
    arena_init(&arena);
    struct text day = date_print_day(&arena, wall_s * NANOSECONDS_PER_SECOND);
    buffer_add_format(out, "%s %.*s %02u:%02u %.*s", days[wall_s / DAY_S % 7], TEXT_ARG(day),
                      (unsigned)(wall_s / 3600 % 24), (unsigned)(wall_s / 60 % 60),
                      TEXT_ARG(moment.abbreviation));
    arena_release(&arena);
}
