/* SPDX-License-Identifier: MIT */
#include "cli/console.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>
#include <cmocka.h>

#include "support/dies.h"

static void colour_follows_option_then_variables_then_the_terminal(void **state)
{
    (void)state;
    static const char *const nothing[] = { NULL };
    static const char *const no[] = { "NO_COLOR=1", "FORCE_COLOR=1", NULL };
    static const char *const empty[] = { "NO_COLOR=", "FORCE_COLOR=", NULL };
    static const char *const forced[] = { "FORCE_COLOR=1", NULL };
    static const char *const unforced[] = { "FORCE_COLOR=0", NULL };
    int file = open("/dev/null", O_WRONLY);
    bool results[] = {
        colour_is_wanted(COLOUR_ALWAYS, no, file),
        colour_is_wanted(COLOUR_AUTO, forced, file),
        colour_is_wanted(COLOUR_NEVER, forced, file),
        colour_is_wanted(COLOUR_AUTO, no, file),
        colour_is_wanted(COLOUR_AUTO, unforced, file),
        colour_is_wanted(COLOUR_AUTO, empty, file),
        colour_is_wanted(COLOUR_AUTO, nothing, file),
    };
    close(file);
    for (size_t i = 0; i < ARRAY_SIZE(results); i++) {
        assert_int_equal(results[i], i < 2);
    }
}

static void a_terminal_has_colours_unless_it_is_dumb(void **state)
{
    (void)state;
    static const char *const xterm[] = { "TERM=xterm", NULL };
    static const char *const dumb[] = { "TERM=dumb", NULL };
    int terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY);
    if (terminal < 0) {
        skip();
    }
    bool with_xterm = colour_is_wanted(COLOUR_AUTO, xterm, terminal);
    bool with_dumb = colour_is_wanted(COLOUR_AUTO, dumb, terminal);
    bool is_terminal = isatty(terminal);
    close(terminal);
    assert_int_equal(with_xterm, is_terminal);
    assert_false(with_dumb);
}

static void show_many(void)
{
    struct problems problems;
    problems_init(&problems);
    for (int i = 0; i < 102; i++) {
        problems_add(&problems, PROBLEM_USAGE, span_none(), NULL, "number %d", i);
    }
    console_show_problems(&problems, false);
    problems_release(&problems);
}

static void show_signal(void)
{
    console_show_exit(EXIT_CODE_SIGNAL + 2);
}

static void problems_beyond_the_limit_are_counted(void **state)
{
    (void)state;
    assert_dies(show_many, 0, "bddrun: error: number 99\nbddrun: and 2 more\n");
}

static void the_signal_is_named(void **state)
{
    (void)state;
    assert_dies(show_signal, 0, "bddrun: exit 130: ended by a signal (Interrupt)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colour_follows_option_then_variables_then_the_terminal),
        cmocka_unit_test(a_terminal_has_colours_unless_it_is_dumb),
        cmocka_unit_test(problems_beyond_the_limit_are_counted),
        cmocka_unit_test(the_signal_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
