/* SPDX-License-Identifier: MIT */
#include "cli/help/help.h"

static void add_command_names(struct buffer *out)
{
    for (const struct command *const *at = commands; *at; at++) {
        buffer_add_format(out, "%s%s", at == commands ? "" : " ", (*at)->name);
    }
}

static void add_option_names(struct buffer *out, const struct command *command)
{
    for (const struct option *at = command->options; at && at->name; at++) {
        buffer_add_format(out, "--%s ", at->name);
        if (at->letter) {
            buffer_add_format(out, "-%c ", at->letter);
        }
    }
    buffer_add_string(out, "--help -h");
}

void completion_print_bash(struct buffer *out)
{
    buffer_add_string(out, "# bash completion for bddrun; source it from ~/.bashrc\n"
                           "_bddrun()\n{\n"
                           "    local word=${COMP_WORDS[COMP_CWORD]} options\n"
                           "    case ${COMP_WORDS[1]} in\n");
    for (const struct command *const *at = commands; *at; at++) {
        if (at == commands) { /* the command that is meant without one */
            continue;
        }
        buffer_add_format(out, "    %s) options='", (*at)->name);
        add_option_names(out, *at);
        buffer_add_string(out, "' ;;\n");
    }
    buffer_add_string(out, "    *) options='");
    add_option_names(out, commands[0]);
    buffer_add_string(out, "' ;;\n    esac\n    COMPREPLY=()\n"
                           "    if [[ $word == -* ]]; then\n"
                           "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
                           "    elif ((COMP_CWORD == 1)); then\n"
                           "        COMPREPLY=($(compgen -W '");
    add_command_names(out);
    buffer_add_string(out, "' -- \"$word\"))\n    fi\n}\n"
                           "complete -o default -F _bddrun bddrun\n");
}

/* What _arguments takes for text between brackets. */
static void add_zsh_text(struct buffer *out, const char *words)
{
    for (const char *at = words; *at; at++) {
        if (*at == '\'') {
            buffer_add_string(out, "'\\''");
        } else if (*at == '[' || *at == ']' || *at == ':' || *at == '\\') {
            buffer_add_format(out, "\\%c", *at);
        } else {
            buffer_add_byte(out, *at);
        }
    }
}

static void add_zsh_option(struct buffer *out, const char *dashes, const char *name,
                           const struct option *option)
{
    buffer_add_format(out, "        '*%s%s[", dashes, name);
    add_zsh_text(out, option->summary);
    buffer_add_byte(out, ']');
    if (option->value) {
        buffer_add_byte(out, ':');
        add_zsh_text(out, option->value);
        buffer_add_string(out, ":_files");
    }
    buffer_add_string(out, "' \\\n");
}

static void add_zsh_command(struct buffer *out, const struct command *command)
{
    buffer_add_string(out, "      _arguments -s \\\n");
    for (const struct option *at = command->options; at && at->name; at++) {
        add_zsh_option(out, "--", at->name, at);
        if (at->letter) {
            add_zsh_option(out, "-", (char[]){ at->letter, '\0' }, at);
        }
    }
    buffer_add_string(out, "        '(-h --help)'{-h,--help}'[this text]' \\\n"
                           "        '*:path:_files' ;;\n");
}

void completion_print_zsh(struct buffer *out)
{
    buffer_add_string(out, "#compdef bddrun\n_bddrun() {\n"
                           "  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then\n"
                           "    compadd -- ");
    add_command_names(out);
    buffer_add_string(out, "\n    _files\n    return\n  fi\n  case $words[2] in\n");
    for (const struct command *const *at = commands + 1; *at; at++) {
        buffer_add_format(out, "    %s)\n", (*at)->name);
        add_zsh_command(out, *at);
    }
    buffer_add_string(out, "    *)\n");
    add_zsh_command(out, commands[0]);
    buffer_add_string(out, "  esac\n}\n_bddrun \"$@\"\n");
}
