/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/json.h"
#include "format/json/json_reader.h"
#include "format/json/json_sort.h"

/* Values wait on a stack until their container closes; then its children, which are on top, move
 * to the arena as one array. */
struct parser {
    struct json_reader reader;
    struct arena *arena;
    struct json_value *values;
    size_t count;
    size_t capacity;
    size_t *open; /* where on the stack each open container is */
    size_t open_count;
    size_t open_capacity;
    struct json_value key; /* of the next member: only key_… are set */
    uint32_t closed;
};

static struct json_value *push(struct parser *parser, enum json_type type,
                               struct json_token token)
{
    GROW(parser->values, parser->count, parser->capacity);
    struct json_value *value = &parser->values[parser->count++];
    *value = parser->key;
    value->type = type;
    value->start = (uint32_t)token.start;
    value->end = (uint32_t)token.end;
    parser->key = (struct json_value){ 0 };
    return value;
}

static void push_container(struct parser *parser, enum json_type type, struct json_token token)
{
    GROW(parser->open, parser->open_count, parser->open_capacity);
    parser->open[parser->open_count++] = parser->count;
    push(parser, type, token);
}

static void push_text(struct parser *parser, enum json_type type, struct text text,
                      struct json_token token)
{
    struct json_value *value = push(parser, type, token);
    value->at = text.at;
    value->count = (uint32_t)text.size;
}

static void close_container(struct parser *parser, struct json_token token)
{
    size_t index = parser->open[--parser->open_count];
    struct json_value *container = &parser->values[index];
    struct json_value *children = container + 1;
    size_t count = parser->count - index - 1;
    container->count = (uint32_t)count;
    container->end = (uint32_t)token.end;
    container->number = parser->closed++;
    if (container->type == JSON_OBJECT) {
        json_sort_close(container, children, parser->arena);
    } else if (count) {
        struct json_value *kept = ARENA_ARRAY(parser->arena, count, struct json_value);
        memcpy(kept, children, count * sizeof *kept);
        container->children = kept;
    }
    parser->count = index + 1;
}

static void take(struct parser *parser, struct json_token token)
{
    struct text text;
    switch (token.type) {
    case JSON_TOKEN_NULL:
        push(parser, JSON_NULL, token);
        break;
    case JSON_TOKEN_FALSE:
        push(parser, JSON_FALSE, token);
        break;
    case JSON_TOKEN_TRUE:
        push(parser, JSON_TRUE, token);
        break;
    case JSON_TOKEN_NUMBER:
        text = text_slice(parser->reader.source->bytes, token.start, token.end);
        push_text(parser, JSON_NUMBER, text, token);
        break;
    case JSON_TOKEN_STRING:
        text = json_reader_text(&parser->reader, token, parser->arena);
        push_text(parser, JSON_STRING, text, token);
        break;
    case JSON_TOKEN_KEY:
        text = json_reader_text(&parser->reader, token, parser->arena);
        parser->key = (struct json_value){ .key_at = text.at, .key_size = (uint32_t)text.size };
        break;
    case JSON_TOKEN_BEGIN_ARRAY:
        push_container(parser, JSON_ARRAY, token);
        break;
    case JSON_TOKEN_BEGIN_OBJECT:
        push_container(parser, JSON_OBJECT, token);
        break;
    case JSON_TOKEN_END_ARRAY:
    case JSON_TOKEN_END_OBJECT:
        close_container(parser, token);
        break;
    case JSON_TOKEN_END:
        break;
    }
}

static bool parse(struct parser *parser, struct problems *problems)
{
    struct json_token token = { 0 };
    do {
        if (!json_reader_next(&parser->reader, &token, problems)) {
            return false;
        }
        take(parser, token);
    } while (token.type != JSON_TOKEN_END);
    return true;
}

static bool check_size(const struct source *source, size_t limit_bytes,
                       struct problems *problems)
{
    if (limit_bytes == 0 || limit_bytes >= UINT32_MAX) {
        limit_bytes = UINT32_MAX - 1;
    }
    if (source->bytes.size > limit_bytes) {
        problems_add(problems, PROBLEM_INPUT, span_make(source, 0, 0), NULL,
                     "the JSON of %zu bytes is larger than the limit of %zu bytes",
                     source->bytes.size, limit_bytes);
        return false;
    }
    return true;
}

bool json_parse(const struct source *source, struct json_limits limits, struct arena *arena,
                const struct json_value **ret_root, struct problems *problems)
{
    if (!check_size(source, limits.size_bytes, problems)) {
        return false;
    }
    size_t depth = limits.depth ? limits.depth : JSON_DEPTH_DEFAULT;
    struct parser parser = { .arena = arena };
    json_reader_init(&parser.reader, source, depth < JSON_DEPTH_MOST ? depth : JSON_DEPTH_MOST);
    bool is_parsed = parse(&parser, problems);
    if (is_parsed) {
        struct json_value *root = ARENA_NEW(arena, struct json_value);
        *root = parser.values[0];
        *ret_root = root;
    }
    free(parser.values);
    free(parser.open);
    json_reader_release(&parser.reader);
    return is_parsed;
}

bool json_parse_text(struct text text, struct arena *arena, const struct json_value **ret_root)
{
    struct source source;
    struct problems problems;
    source_init(&source, TEXT_EMPTY, text);
    problems_init(&problems);
    bool is_parsed = json_parse(&source, (struct json_limits){ 0 }, arena, ret_root, &problems);
    problems_release(&problems);
    return is_parsed;
}
