/* SPDX-License-Identifier: MIT */
#include "support/socket_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

enum { PATIENCE_MS = 20000 };

static void opened(void *context)
{
    struct socket_fixture *fixture = context;
    fixture->opened++;
}

static void received(void *context, const struct conversation_message *message)
{
    struct socket_fixture *fixture = context;
    fixture->received++;
    if (fixture->is_echoing && message->kind <= CONVERSATION_BINARY) {
        (void)socket_send(fixture->socket, message->kind, message->data);
    }
}

static void ended(void *context)
{
    struct socket_fixture *fixture = context;
    fixture->ended++;
}

void socket_fixture_start_with(struct socket_fixture *fixture,
                               const struct raw_server_options *options)
{
    *fixture = (struct socket_fixture){
        .listener = { .context = fixture,
                      .opened = opened,
                      .received = received,
                      .ended = ended },
    };
    http_fixture_open_with(&fixture->http, options);
}

void socket_fixture_start(struct socket_fixture *fixture, raw_handler *handler)
{
    socket_fixture_start_with(fixture, &(struct raw_server_options){ .handler = handler });
}

void socket_fixture_stop(struct socket_fixture *fixture)
{
    socket_free(fixture->socket);
    http_fixture_close(&fixture->http);
}

static uint64_t patience(struct socket_fixture *fixture)
{
    return loop_now_ns(&fixture->http.loop) + PATIENCE_MS * NANOSECONDS_PER_MILLISECOND;
}

static bool is_answered(const void *context)
{
    const struct socket_fixture *fixture = context;
    return fixture->opened > 0 || fixture->ended > 0;
}

static bool is_ended(const void *context)
{
    const struct socket_fixture *fixture = context;
    return fixture->ended > 0;
}

void socket_fixture_open_request(struct socket_fixture *fixture, const struct request *request)
{
    fixture->opened = 0;
    fixture->received = 0;
    fixture->ended = 0;
    fixture->socket =
        socket_open(fixture->http.session, &fixture->http.arena, request,
                    &fixture->http.settings, &fixture->options, &fixture->listener);
    assert_int_equal(fixture->ended, 0);
    assert_int_equal(loop_run(&fixture->http.loop, is_answered, fixture, patience(fixture)),
                     LOOP_DONE);
}

void socket_fixture_open(struct socket_fixture *fixture, const char *path)
{
    socket_fixture_open_request(fixture, &(struct request){ .url = text_of(path) });
}

struct wanted {
    const struct socket_fixture *fixture;
    unsigned count;
};

static bool has_received(const void *context)
{
    const struct wanted *wanted = context;
    return wanted->fixture->received >= wanted->count || wanted->fixture->ended > 0;
}

void socket_fixture_wait_received(struct socket_fixture *fixture, unsigned count)
{
    struct wanted wanted = { fixture, count };
    (void)loop_run(&fixture->http.loop, has_received, &wanted, patience(fixture));
    if (fixture->received < count) {
        fail_msg("%u messages wanted, %u came; %.*s", count, fixture->received,
                 TEXT_ARG(socket_conversation(fixture->socket)->close.failure));
    }
}

void socket_fixture_wait_ended(struct socket_fixture *fixture)
{
    assert_int_equal(loop_run(&fixture->http.loop, is_ended, fixture, patience(fixture)),
                     LOOP_DONE);
}

void socket_fixture_run_ms(struct socket_fixture *fixture, unsigned milliseconds)
{
    struct loop *loop = &fixture->http.loop;
    (void)loop_run(loop, NULL, NULL,
                   loop_now_ns(loop) + milliseconds * NANOSECONDS_PER_MILLISECOND);
}

bool socket_fixture_send(struct socket_fixture *fixture, const char *text)
{
    return socket_send(fixture->socket, CONVERSATION_TEXT, text_of(text));
}

const struct conversation_message *socket_fixture_got(struct socket_fixture *fixture, size_t n)
{
    const struct conversation *conversation = socket_conversation(fixture->socket);
    for (size_t i = 0; i < conversation->count; i++) {
        if (!conversation->list[i].is_sent && n-- == 0) {
            return &conversation->list[i];
        }
    }
    fail_msg("that many messages did not come");
    return NULL;
}

const struct conversation_close *socket_fixture_close_of(struct socket_fixture *fixture)
{
    return &socket_conversation(fixture->socket)->close;
}
