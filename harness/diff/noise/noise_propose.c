/* SPDX-License-Identifier: MIT */
/* What was learnt, as a file that a person reviews. */
#include <math.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "diff/noise.h"

enum { PERCENT_MOST = 1000 };

/* Twice what was seen, in whole percents. */
static unsigned percent_of(double spread)
{
    double percent = ceil(spread * 200);
    return percent < 1 ? 1 : (unsigned)percent;
}

/* What is still asserted of a value of this kind. */
static void add_assertion(struct buffer *out, const struct noise_place *place)
{
    static const char *const assertions[] = {
        [NOISE_OTHER] = "type",
        [NOISE_DATE] = "date",
        [NOISE_UUID] = "uuid",
        [NOISE_ULID] = "'regex ^[0-7][0-9A-HJKMNP-TV-Z]{25}$'",
        [NOISE_NANOID] = "'regex ^[A-Za-z0-9_-]{21}$'",
        [NOISE_HEX] = "'regex ^[0-9A-Fa-f]{16,}$'",
        [NOISE_BASE64] = "'regex ^[A-Za-z0-9+/_=-]{20,}$'",
        [NOISE_JWT] = "'regex ^ey[A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]*){2}$'",
        [NOISE_COUNTER] = "number",
        [NOISE_NUMBER] = "number",
        [NOISE_ORDER] = "set",
        [NOISE_COUNT] = "number",
    };
    bool has_range = place->kind == NOISE_NUMBER || place->kind == NOISE_COUNT;
    buffer_add_string(out, assertions[place->kind]);
    if (has_range && place->spread * 200 < PERCENT_MOST) {
        buffer_add_format(out, " ± %u %%", percent_of(place->spread));
    }
}

/* In single quotes of YAML. */
static void add_quoted(struct buffer *out, struct text text)
{
    buffer_add_byte(out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        buffer_add_byte(out, text.at[i]);
        if (text.at[i] == '\'') {
            buffer_add_byte(out, '\'');
        }
    }
    buffer_add_byte(out, '\'');
}

/* Comments are one line: names from documents may hold anything. */
static void add_line(struct buffer *out, struct text text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.at[i];
        buffer_add_byte(out, c < ' ' || c == 0x7F ? '?' : text.at[i]);
    }
}

/* YAML takes valid UTF-8 only. */
static bool is_one_line(struct text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.at[i] < ' ' || text.at[i] == 0x7F) {
            return false;
        }
    }
    return utf8_is_valid(text);
}

static void add_counts(struct buffer *out, const struct noise_place *place)
{
    buffer_add_format(out, "differed in %zu of %zu comparison%s", place->differing,
                      place->samples, place->samples == 1 ? "" : "s");
    buffer_add_format(out, " (95 %%: %.0f to %.0f %%)", place->low * 100, place->high * 100);
}

static void add_proposal(struct buffer *out, const struct noise_place *place)
{
    buffer_add_format(out, "  # %s, ", noise_kind_name(place->kind));
    add_counts(out, place);
    if (place->example_left.size || place->example_right.size) {
        buffer_add_string(out, ": ");
        add_line(out, place->example_left);
        buffer_add_string(out, ", then ");
        add_line(out, place->example_right);
    }
    buffer_add_string(out, "\n  - {on: ");
    add_quoted(out, place->scope);
    buffer_add_string(out, ", at: ");
    add_quoted(out, place->at);
    buffer_add_string(out, ", assert: ");
    add_assertion(out, place);
    buffer_add_string(out, "}\n");
}

static bool is_proposed(const struct noise_place *place)
{
    return place->refusal == NOISE_PROPOSED && is_one_line(place->at) &&
           is_one_line(place->scope);
}

static void add_refusal(struct buffer *out, const struct noise_place *place)
{
    const char *why = place->refusal == NOISE_PROPOSED ? "its name cannot be written in YAML"
                                                       : noise_refusal_name(place->refusal);
    buffer_add_string(out, "#   ");
    add_line(out, place->scope);
    buffer_add_byte(out, ' ');
    add_line(out, place->at);
    buffer_add_format(out, ": %s; ", why);
    add_counts(out, place);
    buffer_add_byte(out, '\n');
}

bool noise_propose(const struct noise *noise, struct buffer *out)
{
    size_t count;
    size_t proposed = 0;
    const struct noise_place *places = noise_places(noise, &count);
    for (size_t i = 0; i < count; i++) {
        if (!is_proposed(&places[i])) {
            continue;
        }
        if (proposed++ == 0) {
            buffer_add_string(out, "# Learnt from samples of the same requests, none of it in "
                                   "use yet: review each,\n"
                                   "# then move it to the masks of bddrun.yaml.\n"
                                   "masks:\n");
        }
        add_proposal(out, &places[i]);
    }
    if (proposed < count) {
        buffer_add_string(out, "# These differ, too, but a mask would assert too little:\n");
    }
    for (size_t i = 0; i < count; i++) {
        if (!is_proposed(&places[i])) {
            add_refusal(out, &places[i]);
        }
    }
    return proposed > 0;
}
