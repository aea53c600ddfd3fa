/* SPDX-License-Identifier: MIT */
#include "support/http_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

void assert_text(struct text actual, const char *expected)
{
    if (!text_is(actual, expected)) {
        fail_msg("expected: %s\nactual:   %.*s", expected, TEXT_ARG(actual));
    }
}

void http_fixture_open_with(struct http_fixture *fixture,
                            const struct raw_server_options *options)
{
    raw_server_start(&fixture->server, options);
    problems_init(&fixture->problems);
    assert_true(net_global_new(&fixture->global, &fixture->problems));
    assert_true(loop_init(&fixture->loop, clock_real(), &fixture->problems));
    fixture->net = net_new(fixture->global, &fixture->loop, clock_real());
    arena_init(&fixture->arena);
    fixture->session = http_session_new(fixture->net, &fixture->arena);
    snprintf(fixture->base_url, sizeof fixture->base_url, "%s://127.0.0.1:%d",
             options->certificate_file ? "https" : "http", fixture->server.port);
    http_settings_init(&fixture->settings);
    fixture->settings.base_url = text_of(fixture->base_url);
}

void http_fixture_open(struct http_fixture *fixture, raw_handler *handler)
{
    http_fixture_open_with(fixture, &(struct raw_server_options){ .handler = handler });
}

void http_fixture_close(struct http_fixture *fixture)
{
    http_session_free(fixture->session);
    net_free(fixture->net);
    loop_release(&fixture->loop);
    net_global_free(fixture->global);
    arena_release(&fixture->arena);
    problems_release(&fixture->problems);
    raw_server_stop(&fixture->server);
}

struct exchange *http_fixture_send(struct http_fixture *fixture, const struct request *request)
{
    struct exchange *exchange =
        http_start(fixture->session, request, &fixture->settings, NULL, NULL);
    assert_false(exchange->is_finished);
    assert_int_equal(http_wait(fixture->session, exchange, LOOP_NO_DEADLINE), LOOP_DONE);
    assert_true(exchange->is_finished);
    return exchange;
}

struct exchange *http_fixture_get(struct http_fixture *fixture, const char *url)
{
    return http_fixture_send(fixture, &(struct request){ .url = text_of(url) });
}

const char *http_fixture_seen(struct http_fixture *fixture, int index)
{
    unsigned count = fixture->server.log->requests;
    unsigned place = index < 0 ? count - 1 : (unsigned)index;
    assert_true(place < count && place < RAW_LOGGED_REQUESTS);
    return fixture->server.log->texts[place];
}

bool http_fixture_saw(struct http_fixture *fixture, int index, const char *part)
{
    return strstr(http_fixture_seen(fixture, index), part) != NULL;
}

const char *http_fixture_format(struct http_fixture *fixture, const char *with_port)
{
    CLEANUP(buffer_release) struct buffer text;
    buffer_init(&text, 4096);
    for (const char *at = with_port; *at; at++) {
        if (at[0] == '%' && at[1] == 'd') {
            buffer_add_format(&text, "%d", fixture->server.port);
            at++;
        } else {
            buffer_add_byte(&text, *at);
        }
    }
    return arena_string(&fixture->arena, buffer_text(&text));
}
