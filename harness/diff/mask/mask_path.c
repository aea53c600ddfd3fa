/* SPDX-License-Identifier: MIT */
/* `$.items[*].id`: the notation of JSON paths. */
#include "diff/mask/mask_path.h"

#include <string.h>

#include "diff/mask/path_reader.h"
#include "format/json/json_number.h"

#define NAME_ENDS ".[]'\"* \t="
#define BRACKET_HINT "write [3], [*], ['name'] or [id=7]"

enum { INDEX_DIGITS = 15 };

/* A quoted name, the position being behind its opening quote; `\` before any character means that
 * character. */
static bool read_quoted(struct path_reader *reader, char quote, struct text *ret_name)
{
    size_t start = reader->position;
    char *copy = arena_alloc(reader->arena, reader->written.size - start + 1);
    size_t size = 0;
    while (!path_reader_is_at_end(reader)) {
        char byte = reader->written.at[reader->position++];
        if (byte == quote) {
            *ret_name = text_make(copy, size);
            return true;
        }
        if (byte == '\\' && !path_reader_is_at_end(reader)) {
            byte = reader->written.at[reader->position++];
        }
        copy[size++] = byte;
    }
    return path_reader_refuse(reader, start - 1, "close the quote", "a quote without its end");
}

static bool is_quote(const struct path_reader *reader)
{
    return !path_reader_is_at_end(reader) && (reader->written.at[reader->position] == '\'' ||
                                              reader->written.at[reader->position] == '"');
}

static bool take_quoted(struct path_reader *reader, struct text *ret_name)
{
    char quote = reader->written.at[reader->position++];
    return read_quoted(reader, quote, ret_name);
}

static bool close_bracket(struct path_reader *reader, size_t start)
{
    return path_reader_take(reader, TEXT("]")) ||
           path_reader_refuse(reader, start, BRACKET_HINT, "a bracket that does not end");
}

/* [id=7], [id="x"], the position being behind `=`. */
static bool read_keyed(struct path_reader *reader, size_t start, struct text name)
{
    struct mask_segment segment = { .kind = MASK_SEGMENT_KEYED, .name = name };
    segment.is_string = is_quote(reader);
    if (segment.is_string) {
        if (!take_quoted(reader, &segment.value)) {
            return false;
        }
    } else {
        segment.value = path_reader_until(reader, "]");
    }
    if (name.size == 0 || (segment.value.size == 0 && !segment.is_string)) {
        return path_reader_refuse(reader, start, BRACKET_HINT, "a key without name or value");
    }
    return path_reader_add(reader, segment) && close_bracket(reader, start);
}

static bool read_index(struct path_reader *reader, size_t start, struct text written)
{
    uint64_t index;
    if (written.size > INDEX_DIGITS || !text_to_uint64(written, &index)) {
        return path_reader_refuse(reader, start, BRACKET_HINT, "an unknown segment");
    }
    struct mask_segment segment = { .kind = MASK_SEGMENT_INDEX, .index = index };
    return path_reader_add(reader, segment) && close_bracket(reader, start);
}

/* The position is behind the opening bracket. */
static bool read_bracket(struct path_reader *reader)
{
    size_t start = reader->position - 1;
    struct mask_segment segment = { .kind = MASK_SEGMENT_NAME };
    if (path_reader_take(reader, TEXT("*"))) {
        segment.kind = MASK_SEGMENT_ANY;
        return path_reader_add(reader, segment) && close_bracket(reader, start);
    }
    if (is_quote(reader)) {
        if (!take_quoted(reader, &segment.name)) {
            return false;
        }
        if (path_reader_take(reader, TEXT("="))) {
            return read_keyed(reader, start, segment.name);
        }
        return path_reader_add(reader, segment) && close_bracket(reader, start);
    }
    struct text written = path_reader_until(reader, "]=");
    if (path_reader_take(reader, TEXT("="))) {
        return read_keyed(reader, start, text_trim(written));
    }
    return read_index(reader, start, written);
}

/* The position is where a name, * or ** has to stand. */
static bool read_step(struct path_reader *reader)
{
    size_t start = reader->position;
    if (path_reader_take(reader, TEXT("**"))) {
        return path_reader_add(reader, (struct mask_segment){ .kind = MASK_SEGMENT_DEEP });
    }
    if (path_reader_take(reader, TEXT("*"))) {
        return path_reader_add(reader, (struct mask_segment){ .kind = MASK_SEGMENT_ANY });
    }
    struct text name = path_reader_until(reader, NAME_ENDS);
    if (name.size == 0) {
        return path_reader_refuse(reader, start, "write $.items[*].id", "no name");
    }
    return path_reader_add(reader,
                           (struct mask_segment){ .kind = MASK_SEGMENT_NAME, .name = name });
}

static bool read_segment(struct path_reader *reader)
{
    if (path_reader_take(reader, TEXT(".."))) {
        return path_reader_add(reader, (struct mask_segment){ .kind = MASK_SEGMENT_DEEP }) &&
               (path_reader_take(reader, TEXT("[")) ? read_bracket(reader) : read_step(reader));
    }
    if (path_reader_take(reader, TEXT("."))) {
        return read_step(reader);
    }
    if (path_reader_take(reader, TEXT("["))) {
        return read_bracket(reader);
    }
    return path_reader_refuse(reader, reader->position, "write $.items[*].id",
                              "an unknown segment");
}

bool mask_path_parse(struct arena *arena, struct text written, struct span at,
                     struct mask_path *ret_path, struct problems *problems)
{
    struct path_reader reader = {
        .arena = arena, .written = written, .at = at, .problems = problems
    };
    if (!path_reader_take(&reader, TEXT("$"))) {
        return path_reader_refuse(&reader, 0, "a path starts at the root: $.items[*].id",
                                  "no '$'");
    }
    while (!path_reader_is_at_end(&reader)) {
        if (!read_segment(&reader)) {
            return false;
        }
    }
    if (reader.count && reader.segments[reader.count - 1].kind == MASK_SEGMENT_DEEP) {
        return path_reader_refuse(&reader, written.size, "end it with a name or [*]",
                                  "no name behind '**'");
    }
    *ret_path = path_reader_path(&reader);
    return true;
}

bool mask_path_is_singular(const struct mask_path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        if (path->segments[i].kind != MASK_SEGMENT_NAME &&
            path->segments[i].kind != MASK_SEGMENT_INDEX) {
            return false;
        }
    }
    return true;
}

const struct json_value *mask_path_value(const struct mask_path *path,
                                         const struct json_value *root)
{
    for (size_t i = 0; i < path->count && root; i++) {
        const struct mask_segment *segment = &path->segments[i];
        if (segment->kind == MASK_SEGMENT_NAME) {
            root = json_member(root, segment->name);
        } else {
            root = json_item(root, segment->index);
        }
    }
    return root;
}

bool mask_segment_names_item(const struct mask_segment *segment, const struct json_value *item)
{
    const struct json_value *value = json_member(item, segment->name);
    if (json_is(value, JSON_NUMBER)) {
        return !segment->is_string && json_number_is_valid(segment->value) &&
               json_number_compare(json_text(value), segment->value) == 0;
    }
    if (json_is(value, JSON_STRING)) {
        return text_equal(json_text(value), segment->value);
    }
    return !segment->is_string && json_is_boolean(value) &&
           text_is(segment->value, json_is(value, JSON_TRUE) ? "true" : "false");
}
