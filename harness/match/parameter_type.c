/* SPDX-License-Identifier: MIT */
#include "match/parameter_type.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"

enum { EXPANDED_LIMIT_BYTES = 1 << 20 };

/* A type or a block; patterns[0] of one from a table is expanded when first asked for. */
struct entry {
    struct parameter_type type;
    const struct parameter_pattern *pattern; /* NULL: built-in */
    bool is_block;
};

struct parameter_types {
    struct arena arena;
    struct entry **list; /* each in the arena */
    size_t count;
    size_t capacity;
};

#define FLOAT_PATTERN "[-+]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[E][+-]?\\d+)?"
#define STRING_PATTERN "\"([^\"\\\\]*(\\\\.[^\"\\\\]*)*)\"|'([^'\\\\]*(\\\\.[^'\\\\]*)*)'"

static const struct parameter_type built_in[] = {
    { "int", { "-?\\d+", "\\d+" }, PARAMETER_INTEGER, "42" },
    { "float", { FLOAT_PATTERN, NULL }, PARAMETER_FLOAT, "4.2" },
    { "word", { "[^\\s]+", NULL }, PARAMETER_TEXT, "word" },
    { "string", { STRING_PATTERN, NULL }, PARAMETER_STRING, "\"text\"" },
    { "", { ".*", NULL }, PARAMETER_TEXT, "anything" },
    { "double", { FLOAT_PATTERN, NULL }, PARAMETER_FLOAT, "4.2" },
    { "bigdecimal", { FLOAT_PATTERN, NULL }, PARAMETER_TEXT, "4.2" },
    { "byte", { "-?\\d+", "\\d+" }, PARAMETER_INTEGER, "42" },
    { "short", { "-?\\d+", "\\d+" }, PARAMETER_INTEGER, "42" },
    { "long", { "-?\\d+", "\\d+" }, PARAMETER_INTEGER, "42" },
    { "biginteger", { "-?\\d+", "\\d+" }, PARAMETER_TEXT, "42" },
};

static struct entry *find_entry(const struct parameter_types *types, struct text name,
                                bool is_block)
{
    for (size_t i = types->count; i-- > 0;) {
        struct entry *entry = types->list[i];
        if (entry->is_block == is_block && text_is(name, entry->type.name)) {
            return entry;
        }
    }
    return NULL;
}

static struct entry *add_entry(struct parameter_types *types)
{
    GROW(types->list, types->count, types->capacity);
    struct entry *entry = ARENA_NEW(&types->arena, struct entry);
    types->list[types->count++] = entry;
    return entry;
}

struct parameter_types *parameter_types_new(void)
{
    struct parameter_types *types = alloc_or_die(1, sizeof *types);
    arena_init(&types->arena);
    for (size_t i = 0; i < ARRAY_SIZE(built_in); i++) {
        add_entry(types)->type = built_in[i];
    }
    return types;
}

void parameter_types_free(struct parameter_types *types)
{
    if (types) {
        arena_release(&types->arena);
        free(types->list);
        free(types);
    }
}

void parameter_types_release(struct parameter_types **types)
{
    parameter_types_free(*types);
    *types = NULL;
}

void parameter_types_add(struct parameter_types *types,
                         const struct parameter_pattern *patterns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct entry *entry = add_entry(types);
        entry->pattern = &patterns[i];
        entry->is_block = patterns[i].is_block;
        entry->type.name = patterns[i].name;
        entry->type.kind = PARAMETER_TEXT;
        entry->type.sample = patterns[i].sample;
    }
}

/* The NAME of "<NAME>…", or an empty text where it is something else, as in (?<!…). */
static struct text block_name(struct text pattern)
{
    size_t end = 1;
    while (end < pattern.size && pattern.at[end] >= 'A' && pattern.at[end] <= 'Z') {
        end++;
    }
    return end > 1 && end < pattern.size && pattern.at[end] == '>' ? text_slice(pattern, 1, end)
                                                                   : TEXT_EMPTY;
}

static void expand(struct parameter_types *types, struct entry *entry);

static void add_expanded(struct parameter_types *types, struct buffer *out, struct text pattern)
{
    for (size_t at = 0; at < pattern.size;) {
        size_t bracket = text_find_byte(pattern, '<', at);
        buffer_add(out, text_slice(pattern, at, bracket));
        at = bracket;
        if (at == pattern.size) {
            return;
        }
        struct text name = block_name(text_from(pattern, at));
        if (name.size == 0) {
            buffer_add_byte(out, pattern.at[at++]);
            continue;
        }
        struct entry *block = find_entry(types, name, true);
        if (!block) {
            BUG("no building block <%.*s>", TEXT_ARG(name));
        }
        expand(types, block);
        buffer_add_string(out, "(?:");
        buffer_add_string(out, block->type.patterns[0]);
        buffer_add_byte(out, ')');
        at += name.size + 2;
    }
}

static void expand(struct parameter_types *types, struct entry *entry)
{
    if (entry->type.patterns[0]) {
        return;
    }
    entry->type.patterns[0] = ""; /* a block within itself ends here */
    struct buffer expanded CLEANUP(buffer_release);
    buffer_init(&expanded, EXPANDED_LIMIT_BYTES);
    add_expanded(types, &expanded, text_of(entry->pattern->pattern));
    if (expanded.is_over_limit) {
        BUG("the pattern of '%s' is too long", entry->type.name);
    }
    entry->type.patterns[0] = arena_string(&types->arena, buffer_text(&expanded));
}

const struct parameter_type *parameter_types_find(struct parameter_types *types,
                                                  struct text name)
{
    struct entry *entry = find_entry(types, name, false);
    if (!entry) {
        return NULL;
    }
    expand(types, entry);
    return &entry->type;
}

const char *parameter_types_block(struct parameter_types *types, const char *name)
{
    struct entry *entry = find_entry(types, text_of(name), true);
    if (!entry) {
        return NULL;
    }
    expand(types, entry);
    return entry->type.patterns[0];
}

static struct text unquoted(struct text quoted, struct arena *arena)
{
    if (quoted.size < 2) {
        return quoted;
    }
    struct text inner = text_slice(quoted, 1, quoted.size - 1);
    if (text_find_byte(inner, '\\', 0) == inner.size) {
        return inner;
    }
    char *plain = ARENA_ARRAY(arena, inner.size, char);
    size_t size = 0;
    for (size_t i = 0; i < inner.size; i++) {
        bool is_escape = inner.at[i] == '\\' && i + 1 < inner.size &&
                         (inner.at[i + 1] == '"' || inner.at[i + 1] == '\'');
        i += is_escape;
        plain[size++] = inner.at[i];
    }
    return text_make(plain, size);
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static struct text number(struct text written, struct arena *arena)
{
    bool is_negative = text_starts_with(written, TEXT("-"));
    if (is_negative || text_starts_with(written, TEXT("+"))) {
        written = text_from(written, 1);
    }
    while (written.size > 1 && written.at[0] == '0' && is_digit(written.at[1])) {
        written = text_from(written, 1);
    }
    bool lacks_zero = text_starts_with(written, TEXT("."));
    return arena_format(arena, "%s%s%.*s", is_negative ? "-" : "", lacks_zero ? "0" : "",
                        TEXT_ARG(written));
}

struct text parameter_value(const struct parameter_type *type, struct text argument,
                            struct arena *arena)
{
    switch (type->kind) {
    case PARAMETER_STRING:
        return unquoted(argument, arena);
    case PARAMETER_INTEGER:
    case PARAMETER_FLOAT:
        return number(argument, arena);
    case PARAMETER_TEXT:
        break;
    }
    return argument;
}
