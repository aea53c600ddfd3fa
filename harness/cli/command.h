/* SPDX-License-Identifier: MIT */
/*
 * A command of the program: one file cmd_<name>.c each, one line in commands[]. The first word of
 * the command line is a command if it is the name of one, otherwise the command is `run`. A
 * command reads its options, calls one facade, and leaves its problems to command_main, which
 * prints them and says on the last line of stderr what the exit code means.
 */
#ifndef BDDRUN_CLI_COMMAND_H
#define BDDRUN_CLI_COMMAND_H

#include "base/arena.h"
#include "base/exit_code.h"
#include "base/problem.h"
#include "cli/options/options.h"
#include "config/settings.h"

/* A command as it was called. Everything lives until the command has returned. */
struct invocation {
    const struct command *command;
    struct arena arena;
    struct problems problems;
    struct option_texts words;
    void *values; /* command->values_size bytes, filled by its options */
    const char *const *process_environment;
    struct config config;     /* here, because problems point into it */
    bool with_colour;         /* on stderr; a command may set it by its own --color */
    bool says_nothing_on_yes; /* no last line for exit code 0 */
};

struct command {
    const char *name;
    const char *summary;          /* one line of `bddrun help` */
    const char *usage;            /* what stands behind the options, "[PATH…]", or "" */
    const char *description;      /* some lines for its own help; each at most 80 columns */
    const struct option *options; /* NULL: none but -h */
    size_t values_size;
    bool takes_words;
    enum exit_code (*run)(struct invocation *invocation);
};

extern const struct command *const commands[]; /* NULL-ended */

/* The command of this name, or NULL. */
const struct command *command_find(struct text name);

/* arguments[0] is the program's name; NULL-ended. Returns the exit code. */
enum exit_code command_main(const char *const *arguments,
                            const char *const *process_environment);

#endif
