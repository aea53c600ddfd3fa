/* SPDX-License-Identifier: MIT */
#include "cli/command.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/near.h"
#include "cli/commands/commands.h"
#include "cli/console.h"
#include "cli/help/help.h"

enum { HINT_LIMIT = 1000, HELP_LIMIT = 1 << 20 };

static const struct option no_options[] = { { 0 } };

const struct command *command_find(struct text name)
{
    for (const struct command *const *at = commands; *at; at++) {
        if (text_is(name, (*at)->name)) {
            return *at;
        }
    }
    return NULL;
}

/* A first word that looks like a command but is none, and no file either. */
static bool is_mistyped(struct text word)
{
    for (size_t i = 0; i < word.size; i++) {
        if ((word.at[i] < 'a' || word.at[i] > 'z') && word.at[i] != '-') {
            return false;
        }
    }
    return word.size > 1 && word.at[0] != '-' && !file_exists(word);
}

static void refuse_command(struct problems *problems, struct text word)
{
    struct near near;
    near_init(&near, word);
    for (const struct command *const *at = commands; *at; at++) {
        near_offer(&near, text_of((*at)->name));
    }
    CLEANUP(buffer_release) struct buffer hint;
    buffer_init(&hint, HINT_LIMIT);
    near_print(&hint, &near);
    problems_add(problems, PROBLEM_USAGE, span_none(), "`bddrun help` lists the commands",
                 "'%.*s' is neither a command nor a path", TEXT_ARG(word));
    if (near.count) {
        problems_hint(problems, "did you mean %.*s?", TEXT_ARG(buffer_text(&hint)));
    }
}

static enum exit_code show_help(struct invocation *invocation)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, HELP_LIMIT);
    help_print_command(&out, invocation->command);
    invocation->says_nothing_on_yes = true;
    return console_write(buffer_text(&out), &invocation->problems) ? EXIT_CODE_YES
                                                                   : EXIT_CODE_ENVIRONMENT;
}

static enum exit_code run(struct invocation *invocation, const char *const *arguments)
{
    const struct command *command = invocation->command;
    struct options_found found = { 0 };
    invocation->values = arena_alloc(&invocation->arena, command->values_size + 1);
    if (!options_parse(command->options ? command->options : no_options, arguments,
                       &invocation->arena, invocation->values, &found, &invocation->problems)) {
        return EXIT_CODE_USAGE;
    }
    invocation->words = found.words;
    if (found.asks_help) {
        return show_help(invocation);
    }
    if (invocation->words.count && !command->takes_words) {
        problems_add(&invocation->problems, PROBLEM_USAGE, span_none(), NULL,
                     "'bddrun %s' takes no argument, but got '%.*s'", command->name,
                     TEXT_ARG(invocation->words.list[0]));
        return EXIT_CODE_USAGE;
    }
    return command->run(invocation);
}

/* The command that is meant, and its arguments behind *ret_arguments. NULL: none. */
static const struct command *choose(const char *const *arguments,
                                    const char *const **ret_arguments)
{
    struct text first = text_of(*arguments);
    *ret_arguments = arguments + 1;
    if (text_is(first, "-h") || text_is(first, "--help")) {
        return &cmd_help;
    }
    if (text_is(first, "--version")) {
        return &cmd_version;
    }
    const struct command *command = command_find(first);
    if (command) {
        return command;
    }
    *ret_arguments = arguments;
    return is_mistyped(first) ? NULL : &cmd_run;
}

enum exit_code command_main(const char *const *arguments,
                            const char *const *process_environment)
{
    struct invocation invocation = { .process_environment = process_environment };
    arena_init(&invocation.arena);
    config_init(&invocation.config, process_environment);
    problems_init(&invocation.problems);
    invocation.with_colour = colour_is_wanted(COLOUR_AUTO, process_environment, STDERR_FILENO);
    enum exit_code code = EXIT_CODE_USAGE;
    const char *const *rest = arguments + 1;
    invocation.command = choose(rest, &rest);
    if (invocation.command) {
        code = run(&invocation, rest);
    } else {
        refuse_command(&invocation.problems, text_of(*rest));
    }
    code = exit_code_worse(code, problems_exit_code(&invocation.problems));
    console_show_problems(&invocation.problems, invocation.with_colour);
    if (code != EXIT_CODE_YES || !invocation.says_nothing_on_yes) {
        console_show_exit(code);
    }
    problems_release(&invocation.problems);
    config_release(&invocation.config);
    arena_release(&invocation.arena);
    return code;
}
