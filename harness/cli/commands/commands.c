/* SPDX-License-Identifier: MIT */
#include "cli/commands/commands.h"

#include <stddef.h>

/* In the order of `bddrun help`. */
const struct command *const commands[] = {
    &cmd_run, &cmd_check, &cmd_version, &cmd_help, NULL,
};
