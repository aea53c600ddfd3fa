/* SPDX-License-Identifier: MIT */
/* Every command, each defined in its own cmd_<name>.c. */
#ifndef BDDRUN_CLI_COMMANDS_H
#define BDDRUN_CLI_COMMANDS_H

#include "cli/command.h"

extern const struct command cmd_version;

#endif
