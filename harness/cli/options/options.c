/* SPDX-License-Identifier: MIT */
#include "cli/options/options.h"

#include <string.h>

#include "base/buffer.h"
#include "base/near.h"

enum { HINT_LIMIT = 1000 };

/* The command line being read. */
struct parse {
    const struct option *options;
    const char *const *arguments; /* the next one */
    struct arena *arena;
    char *values;
    struct problems *problems;
    bool is_fine;
};

void option_texts_add(struct option_texts *texts, struct arena *arena, struct text text)
{
    if (texts->count == texts->capacity) {
        size_t capacity = texts->capacity ? texts->capacity * 2 : 8;
        struct text *list = ARENA_ARRAY(arena, capacity, struct text);
        if (texts->count) {
            memcpy(list, texts->list, texts->count * sizeof *list);
        }
        texts->list = list;
        texts->capacity = capacity;
    }
    texts->list[texts->count++] = text;
}

static const struct option *find_name(const struct option *options, struct text name)
{
    for (const struct option *at = options; at->name; at++) {
        if (text_is(name, at->name)) {
            return at;
        }
    }
    return NULL;
}

static const struct option *find_letter(const struct option *options, char letter)
{
    for (const struct option *at = options; at->name; at++) {
        if (at->letter == letter) {
            return at;
        }
    }
    return NULL;
}

static void refuse_unknown(struct parse *parse, struct text shown)
{
    struct near near;
    near_init(&near, text_from(shown, shown.size > 2 ? 2 : 1));
    for (const struct option *at = parse->options; at->name; at++) {
        near_offer(&near, text_of(at->name));
    }
    problems_add(parse->problems, PROBLEM_USAGE, span_none(), "-h lists the options",
                 "unknown option '%.*s'", TEXT_ARG(shown));
    if (near.count && shown.size > 2) {
        CLEANUP(buffer_release) struct buffer hint;
        buffer_init(&hint, HINT_LIMIT);
        for (size_t i = 0; i < near.count; i++) {
            buffer_add_format(&hint, "%s'--%.*s'", i ? " or " : "", TEXT_ARG(near.found[i]));
        }
        problems_hint(parse->problems, "did you mean %.*s?", TEXT_ARG(buffer_text(&hint)));
    }
    parse->is_fine = false;
}

static void store(struct parse *parse, const struct option *option, struct text shown,
                  struct text value)
{
    struct option_value given = { parse->arena, parse->problems, shown, value };
    if (!option->read(&given, option, parse->values + option->offset)) {
        parse->is_fine = false;
    }
}

/* The value is the next argument. */
static void store_next(struct parse *parse, const struct option *option, struct text shown)
{
    if (!*parse->arguments) {
        problems_add(parse->problems, PROBLEM_USAGE, span_none(), NULL,
                     "option '%.*s' needs a value", TEXT_ARG(shown));
        problems_hint(parse->problems, "write %.*s %s", TEXT_ARG(shown), option->value);
        parse->is_fine = false;
        return;
    }
    store(parse, option, shown, text_of(*parse->arguments++));
}

static void read_long(struct parse *parse, struct text argument)
{
    size_t equals = text_find_byte(argument, '=', 0);
    struct text shown = text_slice(argument, 0, equals);
    const struct option *option = find_name(parse->options, text_from(shown, 2));
    if (!option) {
        refuse_unknown(parse, shown);
    } else if (equals < argument.size && !option->value) {
        problems_add(parse->problems, PROBLEM_USAGE, span_none(), NULL,
                     "option '%.*s' takes no value", TEXT_ARG(shown));
        parse->is_fine = false;
    } else if (equals < argument.size || !option->value) {
        store(parse, option, shown, text_from(argument, equals + 1));
    } else {
        store_next(parse, option, shown);
    }
}

static void read_letters(struct parse *parse, struct text argument)
{
    for (size_t at = 1; at < argument.size; at++) {
        struct text shown = arena_format(parse->arena, "-%c", argument.at[at]);
        const struct option *option = find_letter(parse->options, argument.at[at]);
        if (!option) {
            refuse_unknown(parse, shown);
            return;
        }
        if (!option->value) {
            store(parse, option, shown, TEXT_EMPTY);
        } else if (at + 1 < argument.size) {
            store(parse, option, shown, text_from(argument, at + 1));
            return;
        } else {
            store_next(parse, option, shown);
        }
    }
}

static bool asks_for_help(const char *const *arguments)
{
    for (; *arguments && strcmp(*arguments, "--") != 0; arguments++) {
        if (strcmp(*arguments, "-h") == 0 || strcmp(*arguments, "--help") == 0) {
            return true;
        }
    }
    return false;
}

bool options_parse(const struct option *options, const char *const *arguments,
                   struct arena *arena, void *values, struct options_found *ret_found,
                   struct problems *problems)
{
    struct parse parse = { options, arguments, arena, values, problems, true };
    struct options_found found = { .asks_help = asks_for_help(arguments) };
    bool is_ended = false;
    while (!found.asks_help && *parse.arguments) {
        struct text argument = text_of(*parse.arguments++);
        if (is_ended || argument.size < 2 || argument.at[0] != '-') {
            option_texts_add(&found.words, arena, argument);
        } else if (text_is(argument, "--")) {
            is_ended = true;
        } else if (argument.at[1] == '-') {
            read_long(&parse, argument);
        } else {
            read_letters(&parse, argument);
        }
    }
    *ret_found = found;
    return parse.is_fine;
}
