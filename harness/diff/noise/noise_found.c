/* SPDX-License-Identifier: MIT */
/* What is gathered about a place from sample to sample. */
#include <math.h>

#include "base/alloc.h"
#include "base/escape.h"
#include "diff/kind.h"
#include "diff/noise/noise_entry.h"
#include "format/json/json_number.h"

enum { EXAMPLE_BYTES = 40, EXAMPLE_LIMIT_BYTES = 400 };

struct noise_found *noise_entry_meet(struct noise_entry *entry, struct text at)
{
    size_t i = 0;
    while (i < entry->count && !text_equal(entry->list[i].place.at, at)) {
        i++;
    }
    if (i == NOISE_PLACES_LIMIT) {
        return NULL;
    }
    if (i == entry->count) {
        entry->list =
            grow_or_die(entry->list, entry->count, &entry->capacity, sizeof *entry->list);
        entry->list[entry->count++] =
            (struct noise_found){ .place = { .scope = entry->scope,
                                             .at = arena_text(entry->arena, at) },
                                  .only_grows = true };
    }
    struct noise_found *found = &entry->list[i];
    found->place.differing += found->last_sample != entry->sample;
    return found;
}

static struct text example_of(struct noise_entry *entry, struct text value)
{
    struct buffer line CLEANUP(buffer_release);
    size_t size = value.size > EXAMPLE_BYTES ? EXAMPLE_BYTES : value.size;
    while (size < value.size && size > 0 && ((unsigned char)value.at[size] & 0xC0) == 0x80) {
        size--; /* no character is cut */
    }
    buffer_init(&line, EXAMPLE_LIMIT_BYTES);
    escape_line(&line, text_slice(value, 0, size));
    buffer_add_string(&line, size < value.size ? "…" : "");
    return arena_text(entry->arena, buffer_text(&line));
}

static bool is_token(enum noise_kind kind)
{
    return kind == NOISE_HEX || kind == NOISE_BASE64 || kind == NOISE_JWT ||
           kind == NOISE_NANOID;
}

static void take_kind(struct noise_entry *entry, struct noise_found *found,
                      enum noise_kind kind, struct text left, struct text right)
{
    bool is_first = found->place.example_left.at == NULL;
    if (is_first) {
        found->place.kind = kind;
        found->place.example_left = is_token(kind) ? TEXT_EMPTY : example_of(entry, left);
        found->place.example_right = is_token(kind) ? TEXT_EMPTY : example_of(entry, right);
    } else if (found->place.kind != kind) {
        found->place.kind = NOISE_OTHER;
    }
}

static void take_numbers(struct noise_entry *entry, struct noise_found *found, struct text left,
                         struct text right)
{
    double a = json_number_to_double(left);
    double b = json_number_to_double(right);
    double spread = a > 0 || a < 0 ? fabs(b - a) / fabs(a) : HUGE_VAL;
    bool is_whole = json_number_is_integer(left) && json_number_is_integer(right);
    double last = found->last_sample ? found->last_number : a;
    bool is_again = found->last_sample == entry->sample; /* several items at one place */
    found->only_grows = found->only_grows && is_whole && !is_again && b > last;
    found->last_number = b;
    if (spread > found->place.spread) {
        found->place.spread = spread;
    }
}

static void take_dates(struct noise_found *found, uint64_t left, uint64_t right)
{
    uint64_t apart = left > right ? left - right : right - left;
    if (apart > found->place.apart_ns) {
        found->place.apart_ns = apart;
    }
}

void noise_found_texts(struct noise_entry *entry, struct noise_found *found, struct text left,
                       struct text right)
{
    enum noise_kind kind = noise_kind_of_texts(left, right);
    uint64_t a;
    uint64_t b;
    take_kind(entry, found, kind, left, right);
    if (kind == NOISE_NUMBER) {
        take_numbers(entry, found, left, right);
    } else if (kind == NOISE_DATE && kind_date_of_text(left, &a) &&
               kind_date_of_text(right, &b)) {
        take_dates(found, a, b);
    }
    found->last_sample = entry->sample;
}

void noise_found_values(struct noise_entry *entry, struct noise_found *found,
                        const struct json_value *left, const struct json_value *right)
{
    enum noise_kind kind = noise_kind_of_values(left, right);
    uint64_t a;
    uint64_t b;
    bool has_text = left->type != JSON_TRUE && left->type != JSON_FALSE;
    take_kind(entry, found, kind, has_text ? json_text(left) : TEXT("a boolean"),
              has_text ? json_text(right) : TEXT("the other"));
    if (kind == NOISE_NUMBER) {
        take_numbers(entry, found, json_text(left), json_text(right));
    } else if (kind == NOISE_DATE && kind_date_of_json(left, &a) &&
               kind_date_of_json(right, &b)) {
        take_dates(found, a, b);
    }
    found->last_sample = entry->sample;
}
