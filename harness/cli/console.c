/* SPDX-License-Identifier: MIT */
#include "cli/console.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "config/record.h"

enum { SHOWN_LIMIT = 1 << 22 };

const char *const colour_words[] = { "auto", "always", "never", NULL };

static bool write_all(int descriptor, struct text bytes)
{
    while (bytes.size > 0) {
        ssize_t size = write(descriptor, bytes.at, bytes.size);
        if (size < 0 && errno != EINTR) {
            return false;
        }
        bytes = text_from(bytes, size > 0 ? (size_t)size : 0);
    }
    return true;
}

bool console_write(struct text bytes, struct problems *problems)
{
    if (write_all(STDOUT_FILENO, bytes)) {
        return true;
    }
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                 "cannot write to the standard output: %s", strerror(errno));
    return false;
}

/* Nobody is left to be told when this fails. */
static void write_error(const struct buffer *out)
{
    bool is_written = write_all(STDERR_FILENO, buffer_text(out));
    (void)is_written;
}

void console_show_problems(const struct problems *problems, bool with_colour)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, SHOWN_LIMIT);
    for (size_t i = 0; i < problems->count; i++) {
        problem_print(&out, &problems->list[i], with_colour);
    }
    if (problems->dropped) {
        buffer_add_format(&out, "bddrun: and %zu more\n", problems->dropped);
    }
    write_error(&out);
}

void console_note(struct text line)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, line.size + 2);
    buffer_add(&out, line);
    buffer_add_byte(&out, '\n');
    write_error(&out);
}

void console_show_exit(enum exit_code code)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1000);
    buffer_add_format(&out, "bddrun: exit %d: %s", (int)code, exit_code_meaning(code));
    if (code > EXIT_CODE_SIGNAL) {
        buffer_add_format(&out, " (%s)", strsignal((int)code - EXIT_CODE_SIGNAL));
    }
    buffer_add_byte(&out, '\n');
    write_error(&out);
}

static struct text process_variable(const char *const *process_environment, struct text name)
{
    struct config_reader reader = { .process_environment = process_environment };
    struct text value;
    return config_process_variable(&reader, name, &value) ? value : TEXT_EMPTY;
}

bool colour_is_wanted(enum colour_choice choice, const char *const *process_environment,
                      int descriptor)
{
    if (choice != COLOUR_AUTO) {
        return choice == COLOUR_ALWAYS;
    }
    if (process_variable(process_environment, TEXT("NO_COLOR")).size) {
        return false;
    }
    struct text forced = process_variable(process_environment, TEXT("FORCE_COLOR"));
    if (forced.size) {
        return !text_is(forced, "0");
    }
    return isatty(descriptor) &&
           !text_is(process_variable(process_environment, TEXT("TERM")), "dumb");
}
