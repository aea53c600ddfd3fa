/* SPDX-License-Identifier: MIT */
#include "cli/help/help.h"

#include "config/process_variables.h"

/* roff takes a leading dot or quote for a request, and - for a hyphen. */
static void add_roff(struct buffer *out, const char *words)
{
    for (const char *at = words; *at; at++) {
        bool starts_line = at == words || at[-1] == '\n';
        if (starts_line && (*at == '.' || *at == '\'')) {
            buffer_add_string(out, "\\&");
        }
        if (*at == '-' || *at == '\\') {
            buffer_add_byte(out, '\\');
        }
        buffer_add_byte(out, *at);
    }
    buffer_add_byte(out, '\n');
}

static void add_option(struct buffer *out, const struct option *option)
{
    buffer_add_string(out, ".TP\n");
    if (option->letter) {
        buffer_add_format(out, "\\fB\\-%c\\fR, ", option->letter);
    }
    buffer_add_string(out, "\\fB\\-\\-");
    for (const char *at = option->name; *at; at++) {
        buffer_add_string(out, *at == '-' ? "\\-" : (char[]){ *at, '\0' });
    }
    buffer_add_string(out, "\\fR");
    if (option->value) {
        buffer_add_format(out, " \\fI%s\\fR", option->value);
    }
    buffer_add_byte(out, '\n');
    add_roff(out, option->summary);
}

static void add_command(struct buffer *out, const struct command *command)
{
    buffer_add_format(out, ".SS bddrun %s [\\fIOPTION…\\fR] %s\n", command->name,
                      command->usage);
    add_roff(out, command->description);
    for (const struct option *at = command->options; at && at->name; at++) {
        add_option(out, at);
    }
}

void help_print_man(struct buffer *out)
{
    buffer_add_string(out,
                      ".TH BDDRUN 1 \"\" \"bddrun " BDDRUN_VERSION "\"\n"
                      ".SH NAME\nbddrun \\- run scenarios in Gherkin over HTTP and WebSocket\n"
                      ".SH SYNOPSIS\n.B bddrun\n[run] [\\fIOPTION…\\fR] [\\fIPATH…\\fR]\n.br\n"
                      ".B bddrun\n\\fICOMMAND\\fR [\\fIOPTION…\\fR]\n.SH COMMANDS\n");
    for (const struct command *const *at = commands; *at; at++) {
        add_command(out, *at);
    }
    buffer_add_string(out, ".SH ENVIRONMENT\n");
    for (const struct process_variable *at = process_variables; at->name; at++) {
        buffer_add_format(out, ".TP\n.B %s\n", at->name);
        add_roff(out, at->summary);
    }
    buffer_add_string(out, ".SH EXIT STATUS\n.nf\n");
    help_print_exit_codes(out);
    buffer_add_string(out, ".fi\n");
}
