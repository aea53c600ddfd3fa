/* SPDX-License-Identifier: MIT */
/* ${…} in every place of the steps about sockets: an unknown name fails the step by its name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "support/scenario_fixture.h"
#include "support/talk.h"

#define DOC(text) "\n  \"\"\"\n  " text "\n  \"\"\""
#define SOCKETS                                                                                \
    "Given I open the \"s\" socket at \"/socket.io/\" as Socket.IO\n"                          \
    "And I open the \"p\" socket at \"/app/key1\" as Pusher\n"                                 \
    "And I open the \"t\" socket at \"/talk\"\n"

static const char *const steps_with_unknown[] = {
    "I open a socket at \"/${nothing}\"",
    "I open the \"${nothing}\" socket at \"/\"",
    "I open the \"x\" socket at \"/\" with:\n  | header \"X\" | ${nothing} |",
    "I open the \"x\" socket at \"/\" with:\n  | auth | {\"a\": ${nothing}} |",
    "I open the \"x\" event stream at \"/${nothing}\"",
    "I cannot open a socket at \"/${nothing}\"",
    "I send text \"${nothing}\"",
    "I send text:" DOC("${nothing}"),
    "I send JSON:" DOC("{\"a\": ${nothing}}"),
    "I send bytes \"${nothing}\"",
    "I send file \"${nothing}\"",
    "I send event \"${nothing}\"",
    "I send event \"x\" with JSON:" DOC("[${nothing}]"),
    "I send event \"x\" to channel \"${nothing}\" with JSON:" DOC("[]"),
    "I call \"${nothing}\"",
    "I call \"x\" with JSON:" DOC("[${nothing}]"),
    "I answer /x/ with \"${nothing}\"",
    "I answer /${nothing}/ with \"x\"",
    "I receive a \"${nothing}\" event",
    "I receive a message on channel \"${nothing}\"",
    "I receive a message matching:" DOC("{\"a\": ${nothing}}"),
    "I receive in order:\n  | event | JSON |\n  | ${nothing} | |",
    "I receive in any order:\n  | event | JSON |\n  | x | {\"a\": ${nothing}} |",
    "I receive exactly ${nothing} \"x\" events in 20 ms",
    "I receive exactly 1 \"${nothing}\" events in 20 ms",
    "I receive exactly 1 \"x\" events in ${nothing} ms",
    "I receive at least ${nothing} \"x\" events",
    "I receive no \"${nothing}\" event",
    "I receive no \"x\" event for ${nothing} ms",
    "I ignore \"${nothing}\" events",
    "I subscribe to channel \"${nothing}\"",
    "I cannot subscribe to channel \"${nothing}\"",
    "I unsubscribe from channel \"${nothing}\"",
    "I join namespace \"${nothing}\"",
    "the member list of channel \"${nothing}\" has 2 items",
    "I close the \"${nothing}\" socket",
    "I close the socket with code ${nothing}",
    "I close the socket with code 1000 and reason \"${nothing}\"",
    "I drop the \"${nothing}\" socket",
    "I reconnect the \"${nothing}\" socket",
    "the \"${nothing}\" socket is open",
    "the \"${nothing}\" socket is closed",
    "my \"${nothing}\" socket is open",
    "${nothing} opens a socket at \"/\"",
    "${nothing} cannot open a socket at \"/\"",
    "${nothing} sends text \"x\"",
    "${nothing} sends text:" DOC("x"),
    "${nothing} sends JSON:" DOC("[]"),
    "${nothing} sends bytes \"00\"",
    "${nothing} sends file \"x\"",
    "${nothing} sends event \"x\"",
    "${nothing} calls \"x\"",
    "${nothing} answers /x/ with \"x\"",
    "${nothing} pings the server",
    "${nothing} receives a message",
    "${nothing} receives in order:\n  | event |\n  | x |",
    "${nothing} receives at least 1 \"x\" events",
    "${nothing} receives no \"x\" event",
    "${nothing} receives nothing else",
    "${nothing} ignores \"x\" events",
    "${nothing} subscribes to channel \"x\"",
    "${nothing} unsubscribes from channel \"x\"",
    "${nothing} closes the socket",
    "${nothing} closes the socket with code 1000",
    "${nothing} drops the socket",
    "${nothing} reconnects the socket",
    "${nothing}'s socket is open",
    "${nothing}'s socket is closed",
    "${nothing}'s \"t\" socket sends text \"x\"",
};

static void an_unknown_name_fails_the_step_by_its_name(void **state)
{
    struct scenario_fixture *fixture = *state;
    size_t wrong = 0;
    for (size_t i = 0; i < ARRAY_SIZE(steps_with_unknown); i++) {
        char steps[2000];
        snprintf(steps, sizeof steps, SOCKETS "When %s\n", steps_with_unknown[i]);
        const char *result = scenario_fixture_run(fixture, steps);
        if (strncmp(result, "failed\nfailed: ", 15) != 0 ||
            !strstr(result, ": unknown variable 'nothing'\n")) {
            print_error("%s\n%s\n", steps_with_unknown[i], result);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void known_names_are_replaced(void **state)
{
    static const struct trial rows[] = {
        { SOCKETS "Given I set variable \"x\" to \"tick\"\nAnd I set variable \"n\" to 3\n"
                  "When I send text '{\"type\": \"${x}\", \"n\": ${n}}'\n"
                  "Then I receive a \"${x}\" event matching:" DOC(
                      "{\"n\": ${n}}") "\n"
                                       "When I send text '{\"type\": \"${x}\", \"n\": ${n}}'\n"
                                       "Then my \"${y}\" socket is open\n",
          "failed\nfailed: my \"${y}\" socket is open: unknown variable 'y'\n…" },
        { SOCKETS "Given I set variable \"x\" to \"t\"\nAnd I set variable \"n\" to 1\n"
                  "When I send text '{\"type\": \"t\"}'\n"
                  "Then I receive exactly ${n} \"${x}\" events in 20 ms\n"
                  "When I close the \"${x}\" socket with code 400${n}\n",
          "undefined\n…" },
        { SOCKETS "Given I set variable \"x\" to \"t\"\nAnd I set variable \"n\" to 4001\n"
                  "When I close the \"${x}\" socket with code ${n} and reason \"${x}\"\n"
                  "Then the \"${x}\" socket is closed with code ${n}\n",
          "passed\n" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static int open_fixture(void **state)
{
    static struct scenario_fixture fixture;
    scenario_fixture_open(&fixture, talk_answer);
    fixture.settings.limits.receive_ms = 1000;
    fixture.settings.limits.connect_ms = 1000;
    fixture.settings.limits.response_ms = 1000;
    *state = &fixture;
    return 0;
}

static int close_fixture(void **state)
{
    scenario_fixture_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unknown_name_fails_the_step_by_its_name),
        cmocka_unit_test(known_names_are_replaced),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
