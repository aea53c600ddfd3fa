/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include <stddef.h>

const struct command *const commands[] = {
    &cmd_version,
    NULL,
};
