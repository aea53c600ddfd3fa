/* SPDX-License-Identifier: MIT */
/*
 * The options of a command by a table: parsing, help, the man page and completion all come from
 * it. `--name value`, `--name=value`, `-n value`, `-nvalue`, `-vvv`; no prefix matching; options
 * may stand among the words; `--` ends them; `-` alone is a word. Of a single-valued option the
 * last one counts.
 */
#ifndef BDDRUN_CLI_OPTIONS_OPTIONS_H
#define BDDRUN_CLI_OPTIONS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

struct option;

/* What an option stores its value with. `shown` is the option as the user wrote it. False after a
 * problem of kind PROBLEM_USAGE. */
struct option_value {
    struct arena *arena;
    struct problems *problems;
    struct text shown;
    struct text value;
};

typedef bool option_read_function(const struct option_value *value, const struct option *option,
                                  void *target);

struct option {
    const char *name;    /* without its dashes; NULL ends the table */
    char letter;         /* or 0 */
    const char *value;   /* "FILE"; NULL: takes none */
    const char *summary; /* one line */
    option_read_function *read;
    size_t offset;              /* of the member in the command's values */
    const char *const *choices; /* of option_read_choice, NULL-ended */
    long amount;                /* of option_read_amount */
};

struct option_texts {
    struct text *list;
    size_t count;
    size_t capacity;
};

option_read_function option_read_flag;     /* bool */
option_read_function option_read_amount;   /* long, option->amount added */
option_read_function option_read_text;     /* struct text, not empty */
option_read_function option_read_texts;    /* struct option_texts, one more each time */
option_read_function option_read_count;    /* uint64_t, at least 1 */
option_read_function option_read_number;   /* uint64_t */
option_read_function option_read_duration; /* uint64_t, milliseconds */
option_read_function option_read_choice;   /* int, index in choices */

struct options_found {
    struct option_texts words; /* that are no options; in the arena */
    bool asks_help;            /* -h or --help occurs: nothing else was looked at */
};

/* Arguments are borrowed, NULL-ended. values gets what the table says. */
bool options_parse(const struct option *options, const char *const *arguments,
                   struct arena *arena, void *values, struct options_found *ret_found,
                   struct problems *problems) MUST_CHECK;

void option_texts_add(struct option_texts *texts, struct arena *arena, struct text text);

/* Adds a problem that names the option. Always false. */
bool option_refuse(const struct option_value *value, const char *hint, const char *what);

#endif
