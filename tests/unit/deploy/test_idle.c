/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/attribute.h"
#include "deploy/idle.h"
#include "support/problem_text.h"
#include "support/raw_server.h"

static const struct {
    const char *path;
    const char *answer;
    enum idle_state state;
    uint64_t active;
    const char *said; /* PORT is the port */
} cases[] = {
    { "/yes", "200 X\r\nContent-Length: 14\r\n\r\n{\"idle\": true}", IDLE_YES, 0, "" },
    { "/no", "200 X\r\nContent-Length: 29\r\n\r\n{\"idle\": false, \"active\": 31}", IDLE_NO,
      31, "" },
    { "/none", "204 X\r\n\r\n", IDLE_YES, 0, "" },
    { "/busy", "409 X\r\nContent-Length: 0\r\n\r\n", IDLE_NO, 0, "" },
    { "/text", "200 X\r\nContent-Length: 3\r\n\r\nyes", IDLE_UNKNOWN, 0,
      "bddrun: error: the idle probe 'http://127.0.0.1:PORT/text' answers 200 without a "
      "boolean "
      "'idle': expected whether the component is idle\n"
      "  hint: let it answer 200 with {\"idle\": true} or {\"idle\": false}\n" },
    { "/404", "404 X\r\nContent-Length: 0\r\n\r\n", IDLE_UNKNOWN, 0,
      "bddrun: error: the idle probe 'http://127.0.0.1:PORT/404' answers 404: expected whether "
      "the component is idle\n"
      "  hint: let it answer 200 with {\"idle\": true} or {\"idle\": false}\n" },
};

static bool serve(struct raw_connection *connection, const char *path)
{
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        if (strcmp(path, cases[i].path) == 0) {
            raw_send(connection, "HTTP/1.1 ");
            raw_send(connection, cases[i].answer);
        }
    }
    return true;
}

static void what_is_not_idle_or_cannot_say_so_is_not_taken_for_idle(UNUSED void **state)
{
    struct raw_server server;
    struct problems problems;
    struct client client;
    uint64_t active;
    raw_server_start(&server, &(struct raw_server_options){ .handler = serve });
    problems_init(&problems);
    assert_true(client_init(&client, clock_real(), &problems));
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char url[100];
        char said[400];
        const char *mark = strstr(cases[i].said, "PORT");
        snprintf(url, sizeof(url), "http://127.0.0.1:%d%s", server.port, cases[i].path);
        snprintf(said, sizeof(said), "%.*s%.*d%s", mark ? (int)(mark - cases[i].said) : 0,
                 cases[i].said, mark ? 1 : 0, mark ? server.port : 0, mark ? mark + 4 : "");
        problems_clear(&problems);
        assert_int_equal(idle_ask(&client, text_of(url), &active, &problems), cases[i].state);
        assert_int_equal(active, cases[i].active);
        assert_problems(&problems, said);
    }
    problems_clear(&problems);
    assert_int_equal(idle_ask(&client, TEXT("http://127.0.0.1:1/"), &active, &problems),
                     IDLE_UNKNOWN);
    assert_true(
        text_starts_with(problems.list[0].message, TEXT("the idle probe gives no answer: ")));
    client_release(&client);
    problems_release(&problems);
    raw_server_stop(&server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_idle_or_cannot_say_so_is_not_taken_for_idle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
