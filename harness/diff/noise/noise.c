/* SPDX-License-Identifier: MIT */
#include "diff/noise.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "diff/exchange_diff.h"
#include "diff/noise/noise_entry.h"
#include "exchange/header.h"

#define WILSON_Z 1.959963984540054

struct noise {
    struct arena arena;
    struct noise_place *places; /* heap */
    size_t count;
    size_t capacity;
};

struct noise *noise_new(void)
{
    struct noise *noise = alloc_or_die(1, sizeof *noise);
    arena_init(&noise->arena);
    return noise;
}

void noise_free(struct noise *noise)
{
    if (noise) {
        arena_release(&noise->arena);
        free(noise->places);
        free(noise);
    }
}

void noise_wilson(size_t k, size_t n, double *ret_low, double *ret_high)
{
    double count = (double)n;
    double z2 = WILSON_Z * WILSON_Z;
    *ret_low = 0;
    *ret_high = 1;
    if (n == 0) {
        return;
    }
    double p = (double)k / count;
    double middle = (p + z2 / (2 * count)) / (1 + z2 / count);
    double half =
        WILSON_Z / (1 + z2 / count) * sqrt(p * (1 - p) / count + z2 / (4 * count * count));
    *ret_low = k == 0 ? 0 : middle - half;
    *ret_high = k == n ? 1 : middle + half;
}

/* Names whose values no recording is held to, and those that have rules of their own. */
static bool is_left_out(struct text name)
{
    return header_is_volatile(name) || text_equal_ignoring_case(name, TEXT("Set-Cookie")) ||
           text_equal_ignoring_case(name, TEXT("Content-Length"));
}

static struct noise_found *meet_header(struct noise_entry *entry, struct text name)
{
    struct buffer at CLEANUP(buffer_release);
    buffer_init(&at, BUFFER_NO_LIMIT); /* the name's, which is bounded */
    buffer_add_string(&at, "header ");
    noise_add_quoted(&at, name);
    return noise_entry_meet(entry, buffer_text(&at));
}

static void compare_header(struct noise_entry *entry, const struct header *header,
                           const struct headers *others)
{
    struct text value;
    bool is_there = headers_find(others, header->name, &value);
    if (is_there && text_equal(header->value, value)) {
        return;
    }
    struct noise_found *found = meet_header(entry, header->name);
    if (found && is_there) {
        noise_found_texts(entry, found, header->value, value);
    } else if (found) {
        found->place.refusal = NOISE_STRUCTURAL;
        found->last_sample = entry->sample;
    }
}

/* Names that come several times are compared only by their presence. */
static void compare_headers(struct noise_entry *entry, const struct headers *left,
                            const struct headers *right)
{
    for (size_t i = 0; i < left->count; i++) {
        struct text name = left->list[i].name;
        bool is_compared = headers_count(left, name) == 1 || headers_count(right, name) == 0;
        if (is_compared && !is_left_out(name)) {
            compare_header(entry, &left->list[i], right);
        }
    }
    for (size_t i = 0; i < right->count; i++) {
        struct text name = right->list[i].name;
        if (headers_count(left, name) == 0 && !is_left_out(name)) {
            compare_header(entry, &right->list[i], left);
        }
    }
}

static void refuse_body(struct noise_entry *entry, enum noise_refusal refusal)
{
    struct noise_found *found = noise_entry_meet(entry, TEXT("text"));
    if (found) {
        found->place.refusal = refusal;
        found->last_sample = entry->sample;
    }
}

/* How many places of scalars the first body has; 0 where it is no JSON. */
static size_t compare_bodies(struct noise_entry *entry, struct text left, struct text right)
{
    struct arena arena CLEANUP(arena_release);
    const struct json_value *a = NULL;
    const struct json_value *b = NULL;
    size_t places = 0;
    arena_init(&arena);
    if (json_parse_text(left, &arena, &a) && json_parse_text(right, &arena, &b)) {
        noise_entry_documents(entry, TEXT("JSON"), a, b);
        places = noise_count_places(a);
    } else if (!text_equal(left, right)) {
        refuse_body(entry, a || b ? NOISE_UNREADABLE : NOISE_ROOT);
    }
    return places;
}

static bool is_volatile_kind(enum noise_kind kind)
{
    return kind != NOISE_OTHER && kind != NOISE_NUMBER;
}

/* Facts 7.5: differing twice, or once with both values of a volatile kind. */
static void decide(struct noise_found *found, size_t samples)
{
    struct noise_place *place = &found->place;
    place->samples = samples;
    noise_wilson(place->differing, samples, &place->low, &place->high);
    if (place->kind == NOISE_NUMBER && found->only_grows && place->differing == samples &&
        samples > 1) {
        place->kind = NOISE_COUNTER;
    }
    if (place->refusal == NOISE_PROPOSED && place->differing < 2 &&
        !is_volatile_kind(place->kind)) {
        place->refusal = NOISE_STEADY;
    }
}

/* A body all of whose values would be masked asserts hardly anything. */
static void refuse_broad(struct noise_entry *entry, size_t places)
{
    size_t proposed = 0;
    for (size_t i = 0; i < entry->count; i++) {
        const struct noise_place *place = &entry->list[i].place;
        proposed += place->refusal == NOISE_PROPOSED &&
                    text_starts_with(place->at, TEXT("JSON ")) && place->kind != NOISE_ORDER;
    }
    for (size_t i = 0; i < entry->count && places > 1 && proposed >= places; i++) {
        struct noise_place *place = &entry->list[i].place;
        if (place->refusal == NOISE_PROPOSED && text_starts_with(place->at, TEXT("JSON "))) {
            place->refusal = NOISE_BROAD;
        }
    }
}

static void keep(struct noise *noise, const struct noise_entry *entry)
{
    for (size_t i = 0; i < entry->count; i++) {
        noise->places =
            grow_or_die(noise->places, noise->count, &noise->capacity, sizeof *noise->places);
        noise->places[noise->count++] = entry->list[i].place;
    }
}

void noise_add(struct noise *noise, const struct noise_sample *samples, size_t count)
{
    struct noise_entry entry = { .arena = &noise->arena };
    size_t places = 0;
    if (count < 2) {
        return;
    }
    entry.scope = arena_format(&noise->arena, "%.*s %.*s", TEXT_ARG(samples[0].method),
                               TEXT_ARG(samples[0].url_path));
    for (entry.sample = 1; entry.sample < count; entry.sample++) {
        const struct noise_sample *other = &samples[entry.sample];
        places = compare_bodies(&entry, samples[0].body, other->body);
        if (samples[0].headers && other->headers) {
            compare_headers(&entry, samples[0].headers, other->headers);
        }
        if (samples[0].conversation && other->conversation) {
            noise_entry_conversations(&entry, samples[0].conversation, other->conversation);
        }
    }
    for (size_t i = 0; i < entry.count; i++) {
        decide(&entry.list[i], count - 1);
    }
    refuse_broad(&entry, places);
    keep(noise, &entry);
    free(entry.list);
}

const struct noise_place *noise_places(const struct noise *noise, size_t *ret_count)
{
    *ret_count = noise->count;
    return noise->places;
}
