/* SPDX-License-Identifier: MIT */
/*
 * A raw server, a net on a loop, and one actor's settings: for tests of HTTP.
 */
#ifndef BDDRUN_TESTS_SUPPORT_HTTP_FIXTURE_H
#define BDDRUN_TESTS_SUPPORT_HTTP_FIXTURE_H

#include "net/http.h"
#include "support/raw_server.h"

struct http_fixture {
    struct raw_server server;
    struct problems problems;
    struct net_global *global;
    struct loop loop;
    struct net *net;
    struct arena arena;
    struct http_session *session;
    struct http_settings settings;
    char base_url[64];
};

void http_fixture_open(struct http_fixture *fixture, raw_handler *handler);
void http_fixture_open_with(struct http_fixture *fixture,
                            const struct raw_server_options *options);
void http_fixture_close(struct http_fixture *fixture);

/* One request of the fixture's session, waited for. */
struct exchange *http_fixture_get(struct http_fixture *fixture, const char *url);
struct exchange *http_fixture_send(struct http_fixture *fixture, const struct request *request);

/* What the n-th request to the server looked like (0-based; the last: -1). */
const char *http_fixture_seen(struct http_fixture *fixture, int index);
bool http_fixture_saw(struct http_fixture *fixture, int index, const char *part);

/* text with the server's port for every %d; arena memory. */
const char *http_fixture_format(struct http_fixture *fixture, const char *with_port);

/* Fails the test unless the text is this. */
void assert_text(struct text actual, const char *expected);

#endif
