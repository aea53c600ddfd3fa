/* SPDX-License-Identifier: MIT */
/*
 * What commands write: answers to the standard output, problems and the last word to the standard
 * error.
 */
#ifndef BDDRUN_CLI_CONSOLE_H
#define BDDRUN_CLI_CONSOLE_H

#include <stdbool.h>

#include "base/attribute.h"
#include "base/exit_code.h"
#include "base/problem.h"
#include "base/text.h"

enum colour_choice {
    COLOUR_AUTO,
    COLOUR_ALWAYS,
    COLOUR_NEVER,
};

extern const char *const colour_words[]; /* auto, always, never: for an option's choices */

/* Writes to the standard output at once. False with a problem of kind PROBLEM_ENVIRONMENT: the
 * disk is full, the reader has gone. */
bool console_write(struct text bytes, struct problems *problems) MUST_CHECK;

/* A line of progress to the standard error. */
void console_note(struct text line);

void console_show_problems(const struct problems *problems, bool with_colour);

/* "bddrun: exit 2: usage, configuration or unreadable input". */
void console_show_exit(enum exit_code code);

/* The option's word; then NO_COLOR, FORCE_COLOR; then whether the descriptor is a terminal that
 * is not dumb. */
bool colour_is_wanted(enum colour_choice choice, const char *const *process_environment,
                      int descriptor);

#endif
