/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with a user's files or with our environment: a list that library code fills and
 * only cli/ and reporters/ print. A scenario's verdict is not a problem (see event/outcome.h).
 * Messages: lower case, error first, subject in single quotes, no full stop; the hint names the
 * next action. All texts are copied. The list keeps the first PROBLEMS_LIMIT and counts the rest.
 */
#ifndef BDDRUN_BASE_PROBLEM_H
#define BDDRUN_BASE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/exit_code.h"
#include "base/source.h"
#include "base/text.h"

enum { PROBLEMS_LIMIT = 100 };

enum problem_kind {
    PROBLEM_WARNING,     /* said, changes no exit code */
    PROBLEM_USAGE,       /* the command line; exit code 2 */
    PROBLEM_INPUT,       /* a file or its content, the configuration; exit code 2 */
    PROBLEM_NOTHING,     /* nothing to judge; exit code 3 */
    PROBLEM_ENVIRONMENT, /* unreachable, disk full; exit code 4 */
};

struct problem {
    enum problem_kind kind;
    struct span at; /* span_none() where it has no place */
    struct text message;
    struct text hint;         /* empty, or the next action */
    struct span related;      /* span_none(), or the other place that matters */
    struct text related_note; /* e.g. "first defined here" */
};

struct problems {
    struct arena arena;
    struct problem *list;
    size_t count;
    size_t capacity;
    size_t dropped; /* beyond PROBLEMS_LIMIT */
};

void problems_init(struct problems *problems);
void problems_release(struct problems *problems);
void problems_clear(struct problems *problems);

/* hint may be NULL. */
void problems_add(struct problems *problems, enum problem_kind kind, struct span at,
                  const char *hint, const char *format, ...) PRINTF_LIKE(5, 6);

/* As problems_add, with a second place. */
void problems_add_related(struct problems *problems, enum problem_kind kind, struct span at,
                          struct span related, const char *note, const char *format, ...)
    PRINTF_LIKE(6, 7);

/* Gives the newest problem a (formatted) hint. */
void problems_hint(struct problems *problems, const char *format, ...) PRINTF_LIKE(2, 3);

/* Adds those of another list, whose sources will be gone when they are printed: their places become
 * words in front of their messages. */
void problems_adopt(struct problems *problems, const struct problems *found);

bool problems_has_error(const struct problems *problems); /* anything but warnings */
enum exit_code problems_exit_code(const struct problems *problems);

/* Adds the printed form: place, message, the line, a caret, the hint. Control characters and
 * invalid UTF-8 of the user's text are shown escaped. with_colour adds SGR sequences. */
struct buffer;
void problem_print(struct buffer *out, const struct problem *problem, bool with_colour);

/* The source line of the span and a line of carets below it, each indented by two spaces; nothing
 * for span_none(). Long lines are cut around the span. */
void span_print_excerpt(struct buffer *out, struct span span, bool with_colour);

#endif
