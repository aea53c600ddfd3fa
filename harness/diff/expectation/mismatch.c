/* SPDX-License-Identifier: MIT */
/* Differences as they are reported: path, expected, actual, place. */
#include "base/utf8.h"
#include "diff/expectation/matcher.h"
#include "format/json_path.h"
#include "format/json_writer.h"

enum { SHOWN_BYTES = 300 };

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_identifier(struct text key)
{
    for (size_t i = 0; i < key.size; i++) {
        bool is_inner_digit = i > 0 && key.at[i] >= '0' && key.at[i] <= '9';
        if (!is_letter((unsigned char)key.at[i]) && !is_inner_digit) {
            return false;
        }
    }
    return key.size > 0;
}

static void print_place(struct buffer *out, const struct expected_place *place)
{
    if (!place) {
        buffer_add_byte(out, '$');
        return;
    }
    print_place(out, place->parent);
    if (place->is_index) {
        buffer_add_format(out, "[%zu]", place->index);
    } else if (is_identifier(place->key)) {
        buffer_add_byte(out, '.');
        buffer_add(out, place->key);
    } else {
        json_path_print_name(out, place->key);
    }
}

static struct text place_text(struct arena *arena, const struct expected_place *place)
{
    struct buffer path;
    buffer_init(&path, 1 << 20);
    print_place(&path, place);
    struct text kept = arena_text(arena, buffer_text(&path));
    buffer_release(&path);
    return kept;
}

/* At most SHOWN_BYTES of it, cut between code points. */
static struct text shorten(struct arena *arena, struct text whole)
{
    if (whole.size <= SHOWN_BYTES) {
        return arena_text(arena, whole);
    }
    size_t end = SHOWN_BYTES;
    while (end > 0 && ((unsigned char)whole.at[end] & 0xC0) == 0x80) {
        end--;
    }
    return arena_format(arena, "%.*s\xE2\x80\xA6", (int)end, whole.at);
}

static struct text value_text(struct arena *arena, const struct json_value *value)
{
    if (!value) {
        return TEXT("absent");
    }
    struct buffer json;
    buffer_init(&json, BUFFER_NO_LIMIT); /* bounded by the document */
    json_print(&json, value);
    struct text kept = shorten(arena, buffer_text(&json));
    buffer_release(&json);
    return kept;
}

static void add(const struct expected_matcher *matcher, struct mismatch mismatch)
{
    struct mismatches *mismatches = matcher->mismatches;
    if (mismatches->count == MISMATCHES_LIMIT) {
        mismatches->dropped++;
        return;
    }
    if (!mismatches->list) {
        mismatches->list = ARENA_ARRAY(matcher->arena, MISMATCHES_LIMIT, struct mismatch);
    }
    mismatches->list[mismatches->count++] = mismatch;
}

bool expected_differ(const struct expected_matcher *matcher, const struct json_value *what,
                     const struct json_value *actual, const struct expected_place *place,
                     const char *note)
{
    if (!matcher->mismatches) {
        return false;
    }
    struct arena *arena = matcher->arena;
    add(matcher, (struct mismatch){
                     .path = place_text(arena, place),
                     .expected = value_text(arena, what),
                     .actual = value_text(arena, actual),
                     .note = arena_text(arena, text_of(note)),
                     .at = json_span(matcher->expectation->source, what),
                 });
    return false;
}

bool expected_refuse(const struct expected_matcher *matcher, const struct json_value *within,
                     const struct json_value *actual, const struct expected_place *place,
                     const char *expected)
{
    if (!matcher->mismatches) {
        return false;
    }
    struct arena *arena = matcher->arena;
    struct span at = json_span(matcher->expectation->source, within);
    at.end = at.start + 1; /* the bracket of the object or array that lacks it */
    add(matcher, (struct mismatch){
                     .path = place_text(arena, place),
                     .expected = text_of(expected),
                     .actual = value_text(arena, actual),
                     .at = at,
                 });
    return false;
}
