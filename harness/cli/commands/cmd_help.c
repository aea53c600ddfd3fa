/* SPDX-License-Identifier: MIT */
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/help/help.h"

enum { HELP_LIMIT = 1 << 20 };

struct values {
    bool wants_man;
    bool wants_exit_codes;
    int shell; /* 0: none, otherwise its index in shells + 1 */
};

static const char *const shells[] = { "none", "bash", "zsh", NULL };

static const struct option options[] = {
    { .name = "man",
      .summary = "the manual page, for man(1)",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_man) },
    { .name = "exit-codes",
      .summary = "only the exit codes",
      .read = option_read_flag,
      .offset = offsetof(struct values, wants_exit_codes) },
    { .name = "completion",
      .value = "SHELL",
      .summary = "the completion of bash or zsh",
      .read = option_read_choice,
      .offset = offsetof(struct values, shell),
      .choices = shells },
    { 0 },
};

static bool print(struct buffer *out, struct invocation *invocation)
{
    static void (*const completions[])(struct buffer *) = { NULL, completion_print_bash,
                                                            completion_print_zsh };
    const struct values *values = invocation->values;
    if (values->shell) {
        completions[values->shell](out);
    } else if (values->wants_man) {
        help_print_man(out);
    } else if (values->wants_exit_codes) {
        help_print_exit_codes(out);
    } else if (invocation->words.count) {
        const struct command *command = command_find(invocation->words.list[0]);
        if (!command) {
            problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                         "`bddrun help` lists the commands", "unknown command '%.*s'",
                         TEXT_ARG(invocation->words.list[0]));
            return false;
        }
        help_print_command(out, command);
    } else {
        help_print_overview(out);
    }
    return console_write(buffer_text(out), &invocation->problems);
}

static enum exit_code run_help(struct invocation *invocation)
{
    invocation->says_nothing_on_yes = true;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, HELP_LIMIT);
    return print(&out, invocation) ? EXIT_CODE_YES : problems_exit_code(&invocation->problems);
}

const struct command cmd_help = {
    .name = "help",
    .summary = "explain a command, or list them",
    .usage = "[COMMAND]",
    .description = "Prints what the tables of commands and options say.",
    .options = options,
    .values_size = sizeof(struct values),
    .takes_words = true,
    .run = run_help,
};
