/* SPDX-License-Identifier: MIT */
#include "diff/engines/markup.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/json/json_sort.h"
#include "format/xml_tree.h"

/* An element that is open: its attributes and content so far are on the stack of the reader. */
struct open_element {
    struct text name;
    uint32_t ordinal;
    size_t members; /* where they start */
    size_t content;
    struct sibling_counts *counts; /* of the names of its children */
};

struct sibling_counts {
    struct sibling_counts *next;
    struct text name;
    uint32_t count;
};

struct values {
    struct json_value *list;
    size_t count;
    size_t capacity;
};

struct reader {
    struct arena *arena;
    struct open_element *open;
    size_t open_count;
    size_t open_capacity;
    struct values members;
    struct values content;
    uint32_t number;
    struct json_value root;
};

static struct json_value string_value(struct text text)
{
    return (
        struct json_value){ .type = JSON_STRING, .at = text.at, .count = (uint32_t)text.size };
}

static void push(struct values *values, struct json_value value)
{
    GROW(values->list, values->count, values->capacity);
    values->list[values->count++] = value;
}

static void push_member(struct reader *reader, struct text key, struct json_value value)
{
    value.key_at = key.at;
    value.key_size = (uint32_t)key.size;
    push(&reader->members, value);
}

enum { SIBLING_NAMES = 64 }; /* that are remembered: few are the rule */

/* The newest names are found first. */
static uint32_t next_ordinal(struct reader *reader, struct text name)
{
    if (reader->open_count == 0) {
        return 0;
    }
    struct open_element *parent = &reader->open[reader->open_count - 1];
    unsigned left = SIBLING_NAMES;
    for (struct sibling_counts *known = parent->counts; known && left; known = known->next) {
        left--;
        if (text_equal(known->name, name)) {
            return known->count++;
        }
    }
    struct sibling_counts *known = ARENA_NEW(reader->arena, struct sibling_counts);
    *known = (struct sibling_counts){ parent->counts, name, 1 };
    parent->counts = known;
    return 0;
}

static void start(void *context, struct text name)
{
    struct reader *reader = context;
    struct text kept = arena_text(reader->arena, name);
    uint32_t ordinal = next_ordinal(reader, kept);
    GROW(reader->open, reader->open_count, reader->open_capacity);
    reader->open[reader->open_count++] =
        (struct open_element){ kept, ordinal, reader->members.count, reader->content.count,
                               NULL };
    push_member(reader, TEXT(MARKUP_NAME), string_value(kept));
}

static void attribute(void *context, struct text name, struct text value)
{
    struct reader *reader = context;
    struct text key = arena_format(reader->arena, "@%.*s", TEXT_ARG(name));
    push_member(reader, key, string_value(arena_text(reader->arena, value)));
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Runs of white space as one blank, none at the ends. */
static struct text collapse(struct arena *arena, struct text text)
{
    char *kept = arena_string(arena, text);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!is_space(text.at[i])) {
            kept[size++] = text.at[i];
        } else if (size && kept[size - 1] != ' ') {
            kept[size++] = ' ';
        }
    }
    size -= size && kept[size - 1] == ' ';
    return text_make(kept, size);
}

static void add_text(void *context, struct text text)
{
    struct reader *reader = context;
    struct text kept = collapse(reader->arena, text);
    if (kept.size) {
        push(&reader->content, string_value(kept));
    }
}

/* Moves what is on the stack from `start` on to the arena. */
static const struct json_value *take(struct reader *reader, struct values *values, size_t start,
                                     uint32_t *ret_count)
{
    size_t count = values->count - start;
    struct json_value *kept = ARENA_ARRAY(reader->arena, count, struct json_value);
    if (count) {
        memcpy(kept, values->list + start, count * sizeof *kept);
    }
    values->count = start;
    *ret_count = (uint32_t)count;
    return kept;
}

static void end(void *context)
{
    struct reader *reader = context;
    struct open_element element = reader->open[--reader->open_count];
    struct json_value content = { .type = JSON_ARRAY, .number = reader->number++ };
    content.children = take(reader, &reader->content, element.content, &content.count);
    if (content.count) {
        push_member(reader, TEXT(MARKUP_CONTENT), content);
    }
    struct json_value value = { .type = JSON_OBJECT, .start = element.ordinal };
    value.count = (uint32_t)(reader->members.count - element.members);
    json_sort_close(&value, reader->members.list + element.members, reader->arena);
    reader->members.count = element.members;
    value.number = reader->number++;
    if (reader->open_count) {
        push(&reader->content, value);
    } else {
        reader->root = value;
    }
}

bool markup_read(struct text bytes, enum xml_flavour flavour, struct arena *arena,
                 const struct json_value **ret_root, struct text *ret_error)
{
    struct xml_document *document CLEANUP(xml_release) =
        xml_parse(bytes, flavour, arena, ret_error);
    if (!document) {
        return false;
    }
    struct reader reader = { .arena = arena };
    struct xml_visitor visitor = { &reader, start, attribute, add_text, end };
    xml_visit(document, &visitor);
    struct json_value *root = ARENA_NEW(arena, struct json_value);
    *root = reader.root;
    *ret_root = root;
    free(reader.open);
    free(reader.members.list);
    free(reader.content.list);
    return true;
}
