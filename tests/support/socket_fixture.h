/* SPDX-License-Identifier: MIT */
/* A client's socket to the raw server of a test, and what it told its listener. */
#ifndef BDDRUN_TESTS_SUPPORT_SOCKET_FIXTURE_H
#define BDDRUN_TESTS_SUPPORT_SOCKET_FIXTURE_H

#include "net/socket.h"
#include "support/http_fixture.h"
#include "support/wire.h"

struct socket_fixture {
    struct http_fixture http;
    struct socket_options options;
    struct socket_listener listener;
    struct socket *socket;
    unsigned opened;
    unsigned received; /* whole messages, pings, pongs */
    unsigned ended;
    bool is_echoing; /* sends back what comes, as the tester's client does */
};

void socket_fixture_start(struct socket_fixture *fixture, raw_handler *handler);
void socket_fixture_start_with(struct socket_fixture *fixture,
                               const struct raw_server_options *options);
void socket_fixture_stop(struct socket_fixture *fixture);

/* Opens /path and runs the loop until the upgrade was answered. */
void socket_fixture_open(struct socket_fixture *fixture, const char *path);
void socket_fixture_open_request(struct socket_fixture *fixture, const struct request *request);

/* Run the loop until so many messages came, or until the socket ended; at most 10 s. */
void socket_fixture_wait_received(struct socket_fixture *fixture, unsigned count);
void socket_fixture_wait_ended(struct socket_fixture *fixture);

/* The loop runs for so long. */
void socket_fixture_run_ms(struct socket_fixture *fixture, unsigned milliseconds);

bool socket_fixture_send(struct socket_fixture *fixture, const char *text);

/* The n-th message of the conversation that the server sent (0-based). */
const struct conversation_message *socket_fixture_got(struct socket_fixture *fixture, size_t n);
const struct conversation_close *socket_fixture_close_of(struct socket_fixture *fixture);

#endif
