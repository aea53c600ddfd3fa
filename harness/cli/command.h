/* SPDX-License-Identifier: MIT */
/*
 * A command of the program: one file cmd_<name>.c each, one line in commands[]. The first word of
 * the command line is a command if it is the name of one, otherwise the command is `run`.
 */
#ifndef BDDRUN_CLI_COMMAND_H
#define BDDRUN_CLI_COMMAND_H

#include "base/exit_code.h"

struct command {
    const char *name;
    const char *summary;                            /* one line of `bddrun help` */
    enum exit_code (*run)(int count, char **words); /* words[0] is the command's name */
};

extern const struct command *const commands[]; /* NULL-ended */

enum exit_code command_main(int count, char **words);

#endif
