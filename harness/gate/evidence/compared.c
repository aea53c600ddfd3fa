/* SPDX-License-Identifier: MIT */
#include "gate/evidence/compared.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "diff/latency.h"
#include "format/date.h"
#include "format/json.h"
#include "format/json/json_number.h"

static const double most_ms = 1e12;

static void release_names(struct compared_names *names)
{
    free(names->list);
    id_table_release(&names->table);
}

void compared_release(struct compared *compared)
{
    free(compared->samples);
    release_names(&compared->entries);
    release_names(&compared->masks);
    release_names(&compared->events);
    *compared = (struct compared){ 0 };
}

/* The name as it is kept. */
static bool keep_name(struct compared_names *names, const struct json_value *value,
                      struct arena *arena, struct text *ret_name)
{
    struct text name = json_text(value);
    uint32_t at = 0;
    if (!json_is(value, JSON_STRING) || name.size == 0 ||
        name.size > COMPARED_NAME_LIMIT_BYTES) {
        return false;
    }
    if (id_table_find(&names->table, name, &at)) {
        *ret_name = names->list[at];
        return true;
    }
    if (names->count == COMPARED_NAMES_LIMIT) {
        return false;
    }
    *ret_name = arena_text(arena, name);
    GROW(names->list, names->count, names->capacity);
    names->list[names->count] = *ret_name;
    return id_table_add(&names->table, *ret_name, (uint32_t)names->count++);
}

static bool keep_names(struct compared_names *names, const struct json_value *array,
                       struct arena *arena)
{
    struct text unused;
    bool is_fine = json_is(array, JSON_ARRAY);
    for (size_t i = 0; is_fine && i < array->count; i++) {
        is_fine = keep_name(names, json_item(array, i), arena, &unused);
    }
    return is_fine;
}

/* A time in milliseconds, or null: unknown. */
static bool read_time(const struct json_value *value, uint64_t unknown_ns, uint64_t *ret_ns)
{
    if (json_is(value, JSON_NULL)) {
        *ret_ns = unknown_ns;
        return true;
    }
    if (!json_is(value, JSON_NUMBER)) {
        return false;
    }
    double ms = json_number_to_double(json_text(value));
    if (!(ms >= 0 && ms < most_ms)) {
        return false;
    }
    *ret_ns = (uint64_t)(ms * (double)NANOSECONDS_PER_MILLISECOND);
    return true;
}

static bool read_date(const struct json_value *value, uint64_t *ret_ns)
{
    return json_is(value, JSON_STRING) &&
           (json_text(value).size == 0 || date_parse(json_text(value), ret_ns));
}

static bool add_sample(struct compared *compared, const struct compared_sample *sample)
{
    if (compared->sample_count == COMPARED_SAMPLES_LIMIT) {
        return false;
    }
    GROW(compared->samples, compared->sample_count, compared->sample_capacity);
    compared->samples[compared->sample_count++] = *sample;
    return true;
}

bool compared_take(struct compared *compared, const struct json_value *comparison,
                   struct compared_attempt attempt, struct arena *arena,
                   const char **ret_member)
{
    struct compared_sample sample = { .attempt = attempt };
    const struct json_value *recorded = json_member_named(comparison, "recordedMs");
    const struct {
        const char *member;
        bool is_fine;
    } steps[] = {
        { "entry", keep_name(&compared->entries, json_member_named(comparison, "entry"), arena,
                             &sample.entry) },
        { "recording", json_is(json_member_named(comparison, "recording"), JSON_STRING) },
        { "revision", json_is(json_member_named(comparison, "revision"), JSON_STRING) },
        { "recordedAt",
          read_date(json_member_named(comparison, "recordedAt"), &sample.recorded_at_ns) },
        { "recordedMs", read_time(recorded, 0, &sample.recorded_ns) },
        { "actualMs", read_time(json_member_named(comparison, "actualMs"), LATENCY_FAILED,
                                &sample.actual_ns) },
        { "masks",
          keep_names(&compared->masks, json_member_named(comparison, "masks"), arena) },
        { "events",
          keep_names(&compared->events, json_member_named(comparison, "events"), arena) },
    };
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
        if (!steps[i].is_fine) {
            *ret_member = steps[i].member;
            return false;
        }
    }
    compared->count++;
    if (json_is(recorded, JSON_NUMBER) && !add_sample(compared, &sample)) {
        *ret_member = "recordedMs";
        return false;
    }
    return true;
}
