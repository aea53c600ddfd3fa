/* SPDX-License-Identifier: MIT */
#include "cli/commands/commands.h"
#include "cli/options/run_values.h"

static enum exit_code run_run(struct invocation *invocation)
{
    struct run_values *values = invocation->values;
    const struct config_settings *settings = NULL;
    run_values_finish(values, invocation);
    if (!configured_make(&values->configured, invocation, &settings)) {
        return problems_exit_code(&invocation->problems);
    }
    problems_add(&invocation->problems, PROBLEM_USAGE, span_none(), NULL,
                 "running is not part of this build yet");
    return EXIT_CODE_USAGE;
}

const struct command cmd_run = {
    .name = "run",
    .summary = "run scenarios (this is the default)",
    .usage = "[PATH…]",
    .description =
        "Runs the scenarios of PATH: a folder, file.feature, file.feature:12:40 (the "
        "scenarios\n"
        "at these lines), @rerun.txt (a file of such paths), or - for the standard input.\n"
        "Without PATH those that bddrun.yaml names. Results go to the standard output,\n"
        "progress and problems to the standard error.",
    .options = run_option_table,
    .values_size = sizeof(struct run_values),
    .takes_words = true,
    .run = run_run,
};
