/* SPDX-License-Identifier: MIT */
#include "cli/commands/commands.h"
#include "cli/console.h"

static enum exit_code run_version(struct invocation *invocation)
{
    invocation->says_nothing_on_yes = true;
    return console_write(TEXT("bddrun " BDDRUN_VERSION "\n"), &invocation->problems)
               ? EXIT_CODE_YES
               : EXIT_CODE_ENVIRONMENT;
}

const struct command cmd_version = {
    .name = "version",
    .summary = "print the version",
    .usage = "",
    .description = "Prints the name and the version of the program.",
    .run = run_version,
};
