/* SPDX-License-Identifier: MIT */
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/options/run_values.h"
#include "cli/planned.h"
#include "run/run.h"

enum { COMMAND_LIMIT_BYTES = 4096, LIST_LIMIT_BYTES = 256 << 20 };

static uint32_t terminal_columns(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static struct text command_text(struct invocation *invocation)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, COMMAND_LIMIT_BYTES);
    buffer_add_string(&out, "bddrun run");
    for (size_t i = 0; i < invocation->words.count; i++) {
        buffer_add_byte(&out, ' ');
        buffer_add(&out, invocation->words.list[i]);
    }
    return arena_text(&invocation->arena, buffer_text(&out));
}

static enum exit_code print_list(const struct plan *plan, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, LIST_LIMIT_BYTES);
    plan_print(plan, &out);
    return console_write(buffer_text(&out), problems) ? EXIT_CODE_YES : EXIT_CODE_ENVIRONMENT;
}

static enum exit_code run_plan(struct invocation *invocation, const struct plan *plan,
                               const struct config_settings *settings)
{
    const struct run_values *values = invocation->values;
    struct run_setup setup = { .options = &values->options,
                               .settings = settings,
                               .registry = plan->registry,
                               .clock = clock_real(),
                               .command = command_text(invocation),
                               .configuration = invocation->config.source.bytes,
                               .process_environment = invocation->process_environment,
                               .output_descriptor = STDOUT_FILENO,
                               .notice_descriptor = STDERR_FILENO,
                               .columns = terminal_columns() };
    return values->options.is_list ? print_list(plan, &invocation->problems)
                                   : run_scenarios(&setup, plan, &invocation->problems);
}

static enum exit_code run_run(struct invocation *invocation)
{
    struct run_values *values = invocation->values;
    const struct config_settings *settings = NULL;
    if (!run_values_finish(values, invocation) ||
        !configured_make(&values->configured, invocation, &settings)) {
        return problems_exit_code(&invocation->problems);
    }
    return planned(invocation, &values->options, settings, run_plan);
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
