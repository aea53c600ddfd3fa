/* SPDX-License-Identifier: MIT */
/* Everything that is printed from the tables of commands and options. */
#ifndef BDDRUN_CLI_HELP_HELP_H
#define BDDRUN_CLI_HELP_HELP_H

#include "base/buffer.h"
#include "cli/command.h"

/* `bddrun help`: the commands, and the variables of the process environment. */
void help_print_overview(struct buffer *out);

/* `bddrun COMMAND -h`. */
void help_print_command(struct buffer *out, const struct command *command);

/* `bddrun help --man`: a page for man(1), in its man macros. */
void help_print_man(struct buffer *out);

/* The answer to `bddrun help --exit-codes`, also a table of the documentation. */
void help_print_exit_codes(struct buffer *out);

/* Scripts for the shells' completion. */
void completion_print_bash(struct buffer *out);
void completion_print_zsh(struct buffer *out);

#endif
