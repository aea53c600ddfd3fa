/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cli/commands.h"

static enum exit_code run_version(int count, char **words)
{
    (void)count;
    (void)words;
    printf("bddrun %s\n", BDDRUN_VERSION);
    return EXIT_CODE_YES;
}

const struct command cmd_version = {
    .name = "version",
    .summary = "print the version",
    .run = run_version,
};
