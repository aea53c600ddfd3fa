/* SPDX-License-Identifier: MIT */
#include "format/json/json_build.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/json/json_skip.h"
#include "format/json/json_sort.h"
#include "format/json/json_string.h"

/* Values wait on a stack until their container closes; then its children, which are on top, move
 * to the arena as one array. */
struct builder {
    const char *start;
    const char *at;
    const char *end;
    struct arena *arena;
    struct json_value *values;
    size_t count;
    size_t capacity;
    uint32_t *open; /* where on the stack each open container is */
    size_t open_count;
    size_t open_capacity;
    size_t depth_limit;
    uint32_t closed;
    struct text key; /* of the value that comes next */
};

enum built { BUILT_NOTHING, BUILT_VALUE, BUILT_OPENED };

static inline void skip_space(struct builder *builder)
{
    while (builder->at < builder->end && (*builder->at == ' ' || *builder->at == '\n' ||
                                          *builder->at == '\r' || *builder->at == '\t')) {
        builder->at++;
    }
}

static inline char next_char(struct builder *builder)
{
    skip_space(builder);
    return builder->at < builder->end ? *builder->at : '\0';
}

static inline struct json_value *push(struct builder *builder, enum json_type type,
                                      const char *start)
{
    if (builder->count == builder->capacity) {
        GROW(builder->values, builder->count, builder->capacity);
    }
    struct json_value *value = &builder->values[builder->count++];
    *value = (struct json_value){ .type = type,
                                  .key_at = builder->key.at,
                                  .key_size = (uint32_t)builder->key.size,
                                  .start = (uint32_t)(start - builder->start),
                                  .end = (uint32_t)(builder->at - builder->start) };
    return value;
}

/* Eight bytes: a mask whose lowest bit tells the first that is a control character, a quote, a
 * backslash or beyond ASCII. */
static inline uint64_t special_of(const char *at)
{
    const uint64_t ones = 0x0101010101010101U;
    uint64_t block;
    memcpy(&block, at, sizeof block);
    uint64_t quotes = block ^ (ones * '"');
    uint64_t escapes = block ^ (ones * '\\');
    uint64_t special = (block - ones * 0x20) | (quotes - ones) | (escapes - ones) | block;
    return special & (ones * 0x80);
}

static inline const char *skip_plain(const char *at, const char *end)
{
    while (end - at >= 8) {
        uint64_t special = special_of(at);
        if (special && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
            return at + __builtin_ctzll(special) / 8;
        }
        if (special) {
            break;
        }
        at += 8;
    }
    while (at < end && (unsigned char)*at >= 0x20 && (unsigned char)*at < 0x80 && *at != '"' &&
           *at != '\\') {
        at++;
    }
    return at;
}

/* The text of the string at builder->at, which stands at a quote, and past it. */
static bool read_string(struct builder *builder, struct text *ret_text)
{
    const char *start = builder->at + 1;
    const char *at = skip_plain(start, builder->end);
    bool has_escapes = false;
    while (at < builder->end && *at != '"') {
        has_escapes |= *at == '\\';
        at = json_skip_special(at, builder->end);
        if (!at) {
            return false;
        }
        at = skip_plain(at, builder->end);
    }
    if (at >= builder->end) {
        return false;
    }
    struct text written = text_make(start, (size_t)(at - start));
    *ret_text = has_escapes ? json_string_decode(written, builder->arena) : written;
    builder->at = at + 1;
    return true;
}

static enum built build_string(struct builder *builder)
{
    const char *start = builder->at;
    struct text text;
    if (!read_string(builder, &text)) {
        return BUILT_NOTHING;
    }
    struct json_value *value = push(builder, JSON_STRING, start);
    value->at = text.at;
    value->count = (uint32_t)text.size;
    return BUILT_VALUE;
}

/* What follows a number is looked at by who comes next: "1x", "01" and "1.2.3" are refused there. */
static enum built build_number(struct builder *builder)
{
    const char *start = builder->at;
    const char *after = json_skip_number(start, builder->end);
    if (!after) {
        return BUILT_NOTHING;
    }
    builder->at = after;
    struct json_value *value = push(builder, JSON_NUMBER, start);
    value->at = start;
    value->count = (uint32_t)(after - start);
    return BUILT_VALUE;
}

static enum built build_word(struct builder *builder, struct text word, enum json_type type)
{
    const char *start = builder->at;
    struct text rest = text_make(start, (size_t)(builder->end - start));
    if (!text_starts_with(rest, word)) {
        return BUILT_NOTHING;
    }
    builder->at += word.size;
    push(builder, type, start);
    return BUILT_VALUE;
}

static bool read_key(struct builder *builder)
{
    if (next_char(builder) != '"' || !read_string(builder, &builder->key) ||
        next_char(builder) != ':') {
        return false;
    }
    builder->at++;
    return true;
}

static void close_container(struct builder *builder)
{
    uint32_t index = builder->open[--builder->open_count];
    struct json_value *container = &builder->values[index];
    size_t count = builder->count - index - 1;
    container->count = (uint32_t)count;
    container->end = (uint32_t)(builder->at - builder->start);
    container->number = builder->closed++;
    if (container->type == JSON_OBJECT) {
        json_sort_close(container, container + 1, builder->arena);
    } else if (count) {
        container->children = json_sort_keep(builder->arena, container + 1, count);
    }
    builder->count = index + 1;
}

/* An empty one is closed at once. */
static enum built build_container(struct builder *builder, enum json_type type)
{
    const char *start = builder->at++;
    if (builder->open_count == builder->depth_limit) {
        return BUILT_NOTHING;
    }
    GROW(builder->open, builder->open_count, builder->open_capacity);
    builder->open[builder->open_count++] = (uint32_t)builder->count;
    push(builder, type, start);
    builder->key = (struct text){ NULL, 0 };
    if (next_char(builder) == (type == JSON_OBJECT ? '}' : ']')) {
        builder->at++;
        close_container(builder);
        return BUILT_VALUE;
    }
    return type == JSON_ARRAY || read_key(builder) ? BUILT_OPENED : BUILT_NOTHING;
}

static enum built build_value(struct builder *builder)
{
    switch (next_char(builder)) {
    case '"':
        return build_string(builder);
    case '{':
        return build_container(builder, JSON_OBJECT);
    case '[':
        return build_container(builder, JSON_ARRAY);
    case 't':
        return build_word(builder, TEXT("true"), JSON_TRUE);
    case 'f':
        return build_word(builder, TEXT("false"), JSON_FALSE);
    case 'n':
        return build_word(builder, TEXT("null"), JSON_NULL);
    default:
        return builder->at < builder->end ? build_number(builder) : BUILT_NOTHING;
    }
}

/* What follows a value: containers that end, then a comma and what stands before the next value, or
 * the end of the document: VALUE. */
static enum built finish_value(struct builder *builder)
{
    builder->key = (struct text){ NULL, 0 };
    for (;;) {
        char next = next_char(builder);
        if (builder->open_count == 0) {
            return builder->at == builder->end ? BUILT_VALUE : BUILT_NOTHING;
        }
        bool is_object =
            builder->values[builder->open[builder->open_count - 1]].type == JSON_OBJECT;
        builder->at++;
        if (next == ',') {
            return !is_object || read_key(builder) ? BUILT_OPENED : BUILT_NOTHING;
        }
        if (next != (is_object ? '}' : ']')) {
            return BUILT_NOTHING;
        }
        close_container(builder);
    }
}

static bool build(struct builder *builder)
{
    enum built built;
    do {
        built = build_value(builder);
        built = built == BUILT_VALUE ? finish_value(builder) : built;
    } while (built == BUILT_OPENED);
    return built == BUILT_VALUE;
}

bool json_build(struct text bytes, size_t depth_limit, struct arena *arena,
                const struct json_value **ret_root)
{
    size_t mark = text_starts_with(bytes, TEXT("\xEF\xBB\xBF")) ? 3 : 0;
    bytes.at = bytes.at ? bytes.at : "";
    struct builder builder = { .start = bytes.at,
                               .at = bytes.at + mark,
                               .end = bytes.at + bytes.size,
                               .arena = arena,
                               .depth_limit = depth_limit };
    bool is_built = bytes.size > 0 && build(&builder);
    if (is_built) {
        *ret_root = json_sort_keep(arena, builder.values, 1);
    }
    free(builder.values);
    free(builder.open);
    return is_built;
}
