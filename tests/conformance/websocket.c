/* SPDX-License-Identifier: MIT */
/*
 * Our client against a server that knows what a strict client has to do: it echoes what comes, as
 * the Autobahn suite wants it of a client under test. Every case is judged twice: by the server,
 * from what it saw on the wire, and by what the socket tells its caller.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "support/socket_fixture.h"
#include "support/websocket_cases.h"

/* Shared with the server's processes. */
struct verdict {
    char text[WEBSOCKET_VERDICT_BYTES];
    bool is_over;
};

static struct verdict *verdicts;

static bool judge(struct raw_connection *connection, const char *path)
{
    size_t count;
    size_t place = 0;
    const struct websocket_case *all = websocket_cases(&count);
    if (sscanf(path, "/case/%zu", &place) != 1 || place >= count) {
        return false;
    }
    const struct websocket_case *played = &all[place];
    struct verdict *verdict = &verdicts[place];
    struct websocket_game game = { .connection = connection,
                                   .verdict = verdict->text,
                                   .chop = played->chop };
    snprintf(verdict->text, sizeof verdict->text, "the client left early");
    if (!played->is_head_own) {
        wire_accept(connection, "");
    }
    verdict->text[0] = '\0';
    played->play(&game, played);
    free(game.held);
    free(game.frame.payload);
    verdict->is_over = true;
    return false;
}

static void complain(char *complaint, const char *what, struct text expected, struct text got)
{
    if (*complaint == '\0') {
        snprintf(complaint, WEBSOCKET_VERDICT_BYTES, "%s: expected %.*s, got %.*s", what,
                 TEXT_ARG(expected), TEXT_ARG(got));
    }
}

static void check_failure(char *complaint, const struct websocket_case *played,
                          struct text failure)
{
    struct text expected = text_of(played->failure ? played->failure : "");
    if (played->failure ? !text_contains(failure, expected) : failure.size > 0) {
        complain(complaint, "failure", expected, failure);
    }
}

static void check_number(char *complaint, const char *what, unsigned expected, unsigned got)
{
    char expected_digits[16];
    char got_digits[16];
    if (expected != got) {
        snprintf(expected_digits, sizeof expected_digits, "%u", expected);
        snprintf(got_digits, sizeof got_digits, "%u", got);
        complain(complaint, what, text_of(expected_digits), text_of(got_digits));
    }
}

static void check_refusal(char *complaint, const struct websocket_case *played,
                          struct socket *socket)
{
    const struct exchange *handshake = socket_handshake(socket);
    check_number(complaint, "state", SOCKET_REFUSED, socket_state(socket));
    check_failure(complaint, played, handshake->message);
    check_number(complaint, "status", played->code, handshake->response.status);
}

static void check_socket(char *complaint, const struct websocket_case *played,
                         struct socket *socket)
{
    const struct conversation_close *close = &socket_conversation(socket)->close;
    check_number(complaint, "state", SOCKET_CLOSED, socket_state(socket));
    check_failure(complaint, played, close->failure);
    check_number(complaint, "code", played->code, close->code);
    check_number(complaint, "clean", played->failure == NULL, close->is_clean);
}

static bool is_over(const void *context)
{
    const struct socket_fixture *fixture = context;
    return fixture->ended > 0;
}

/* The server's process may need a moment to see our end. */
static void wait_for_verdict(const struct verdict *verdict, unsigned at_most_ms)
{
    for (unsigned i = 0; i < at_most_ms && !*(const volatile bool *)&verdict->is_over; i++) {
        raw_pause_ms(1);
    }
}

static bool play(struct socket_fixture *fixture, size_t place,
                 const struct websocket_case *played, char *complaint)
{
    static const struct text subprotocols[] = { TEXT_STATIC("chat"), TEXT_STATIC("superchat") };
    char path[32];
    struct http_fixture *http = &fixture->http;
    struct verdict *verdict = &verdicts[place];
    *verdict = (struct verdict){ "the client did not come", false };
    snprintf(path, sizeof path, "/case/%zu", place);
    fixture->ended = 0;
    fixture->options = (struct socket_options){
        .close_timeout_ms = strcmp(played->id, "x.19") == 0 ? 300 : 2000,
        .subprotocols = subprotocols,
        .subprotocol_count = played->is_with_subprotocol ? 2 : 0,
    };
    fixture->socket =
        socket_open(http->session, &http->arena, &(struct request){ .url = text_of(path) },
                    &http->settings, &fixture->options, &fixture->listener);
    uint64_t deadline_ns = loop_now_ns(&http->loop) + 60 * NANOSECONDS_PER_SECOND;
    if (loop_run(&http->loop, is_over, fixture, deadline_ns) != LOOP_DONE) {
        complain(complaint, "time", TEXT("the end within 60 s"), TEXT("none"));
    } else if (played->is_refused) {
        check_refusal(complaint, played, fixture->socket);
    } else {
        check_socket(complaint, played, fixture->socket);
    }
    socket_free(fixture->socket);
    fixture->socket = NULL;
    wait_for_verdict(verdict, played->is_refused ? 200 : 5000);
    if (verdict->text[0] != '\0') {
        snprintf(complaint, WEBSOCKET_VERDICT_BYTES, "on the wire: %.200s", verdict->text);
    } else if (!verdict->is_over && !played->is_refused) {
        snprintf(complaint, WEBSOCKET_VERDICT_BYTES, "the server did not come to its end");
    }
    return *complaint == '\0';
}

static void play_all(struct socket_fixture *fixture)
{
    size_t count;
    unsigned counts[2] = { 0 };
    const char *only = getenv("CASE");
    const struct websocket_case *all = websocket_cases(&count);
    fixture->is_echoing = true;
    fixture->http.settings.response_timeout_ms = 500;
    for (size_t i = 0; i < count; i++) {
        char complaint[WEBSOCKET_VERDICT_BYTES] = "";
        if (only && strcmp(only, all[i].id) != 0) {
            continue;
        }
        uint64_t started_ns = loop_now_ns(&fixture->http.loop);
        bool is_good = play(fixture, i, &all[i], complaint);
        uint64_t gone_ms = (loop_now_ns(&fixture->http.loop) - started_ns) / 1000000;
        printf("%-8s %-8s %6u ms %s\n", all[i].id, is_good ? "OK" : "failed", (unsigned)gone_ms,
               complaint);
        counts[is_good ? 0 : 1]++;
        arena_clear(&fixture->http.arena);
        fixture->http.session = http_session_new(fixture->http.net, &fixture->http.arena);
    }
    printf("%u OK, %u failed\n", counts[0], counts[1]);
    assert_int_equal(counts[1], 0);
}

static void test_the_suite_has_every_case_once(void **state)
{
    (void)state;
    size_t count;
    size_t autobahn = 0;
    const struct websocket_case *all = websocket_cases(&count);
    for (size_t i = 0; i < count; i++) {
        autobahn += all[i].id[0] >= '1' && all[i].id[0] <= '9';
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(all[i].id, all[j].id);
        }
    }
    assert_int_equal(autobahn, WEBSOCKET_AUTOBAHN_CASES);
}

static void start(struct socket_fixture *fixture, const struct raw_server_options *options)
{
    size_t count;
    (void)websocket_cases(&count);
    verdicts = mmap(NULL, count * sizeof *verdicts, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(verdicts != MAP_FAILED);
    socket_fixture_start_with(fixture, options);
}

static void stop(struct socket_fixture *fixture)
{
    size_t count;
    (void)websocket_cases(&count);
    socket_fixture_stop(fixture);
    munmap(verdicts, count * sizeof *verdicts);
}

static void test_a_strict_client_on_every_case(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    start(&fixture, &(struct raw_server_options){ .handler = judge });
    play_all(&fixture);
    stop(&fixture);
}

static void test_a_strict_client_on_every_case_over_tls(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    char certificate[64];
    snprintf(certificate, sizeof certificate, "/tmp/bddrun-websocket-%d.pem", (int)getpid());
    raw_make_certificate(certificate, 30);
    start(&fixture, &(struct raw_server_options){ .handler = judge,
                                                  .certificate_file = certificate,
                                                  .alpn = "http/1.1" });
    fixture.http.settings.trusts_any_certificate = true;
    play_all(&fixture);
    stop(&fixture);
    remove(certificate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_suite_has_every_case_once),
        cmocka_unit_test(test_a_strict_client_on_every_case),
        cmocka_unit_test(test_a_strict_client_on_every_case_over_tls),
    };
    setvbuf(stdout, NULL, _IOLBF, 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
