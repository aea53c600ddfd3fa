/* SPDX-License-Identifier: MIT */
#include "cli/help/help.h"

#include "base/exit_code.h"
#include "base/utf8.h"
#include "config/process_variables.h"

enum { SUMMARY_COLUMN = 30, COMMAND_COLUMN = 12 };

static void pad(struct buffer *out, size_t line_start, size_t column)
{
    size_t width = utf8_count(text_from(buffer_text(out), line_start));
    if (width + 2 > column) {
        buffer_add_byte(out, '\n');
        buffer_add_repeated(out, ' ', column);
    } else {
        buffer_add_repeated(out, ' ', column - width);
    }
}

static void add_row(struct buffer *out, const char *left, size_t column, const char *right)
{
    size_t start = out->size;
    buffer_add_format(out, "  %s", left);
    pad(out, start, column);
    buffer_add_format(out, "%s\n", right);
}

void help_print_exit_codes(struct buffer *out)
{
    static const enum exit_code codes[] = {
        EXIT_CODE_YES,          EXIT_CODE_NO,          EXIT_CODE_USAGE,
        EXIT_CODE_NOTHING,      EXIT_CODE_ENVIRONMENT, EXIT_CODE_TAKEN_BACK,
        EXIT_CODE_NEEDS_PERSON, EXIT_CODE_BUG,         EXIT_CODE_NOT_NOW,
    };
    for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
        buffer_add_format(out, "  %-4d%s\n", (int)codes[i], exit_code_meaning(codes[i]));
    }
    buffer_add_string(out, "  128+n  ended by signal n\n");
}

void help_print_overview(struct buffer *out)
{
    buffer_add_string(out, "bddrun " BDDRUN_VERSION
                           ": scenarios in Gherkin, run over HTTP and WebSocket\n\n"
                           "usage: bddrun [run] [OPTION…] [PATH…]\n"
                           "       bddrun COMMAND [OPTION…]\n\ncommands:\n");
    for (const struct command *const *at = commands; *at; at++) {
        add_row(out, (*at)->name, COMMAND_COLUMN, (*at)->summary);
    }
    buffer_add_string(out,
                      "\n`bddrun COMMAND -h` explains a command. The first word is a command "
                      "if it is the\nname of one; ./steps is the folder.\n\n"
                      "environment variables (any other BDDRUN_… is an error):\n");
    for (const struct process_variable *at = process_variables; at->name; at++) {
        add_row(out, at->name, SUMMARY_COLUMN, at->summary);
    }
    add_row(out, "NO_COLOR, FORCE_COLOR", SUMMARY_COLUMN, "as --color never, --color always");
    buffer_add_string(out, "\nexit codes:\n");
    help_print_exit_codes(out);
}

static void add_option(struct buffer *out, const struct option *option)
{
    size_t start = out->size;
    if (option->letter) {
        buffer_add_format(out, "  -%c, --%s", option->letter, option->name);
    } else {
        buffer_add_format(out, "      --%s", option->name);
    }
    if (option->value) {
        buffer_add_format(out, " %s", option->value);
    }
    pad(out, start, SUMMARY_COLUMN);
    buffer_add_format(out, "%s\n", option->summary);
}

void help_print_command(struct buffer *out, const struct command *command)
{
    buffer_add_format(out, "usage: bddrun %s [OPTION…]%s%s\n\n%s\n\noptions:\n", command->name,
                      command->usage[0] ? " " : "", command->usage, command->description);
    for (const struct option *at = command->options; at && at->name; at++) {
        add_option(out, at);
    }
    add_row(out, "-h, --help", SUMMARY_COLUMN, "this text");
}
