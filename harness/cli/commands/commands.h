/* SPDX-License-Identifier: MIT */
/*
 * Every command, each defined in its own cmd_<name>.c. A new one is a file, a line here and a line
 * in commands.c.
 */
#ifndef BDDRUN_CLI_COMMANDS_COMMANDS_H
#define BDDRUN_CLI_COMMANDS_COMMANDS_H

#include "cli/command.h"

extern const struct command cmd_accept;
extern const struct command cmd_check;
extern const struct command cmd_coverage;
extern const struct command cmd_gate;
extern const struct command cmd_help;
extern const struct command cmd_hook;
extern const struct command cmd_journal;
extern const struct command cmd_keygen;
extern const struct command cmd_promote;
extern const struct command cmd_record;
extern const struct command cmd_rollback;
extern const struct command cmd_plan;
extern const struct command cmd_run;
extern const struct command cmd_status;
extern const struct command cmd_steps;
extern const struct command cmd_diff;
extern const struct command cmd_verify;
extern const struct command cmd_version;

#endif
