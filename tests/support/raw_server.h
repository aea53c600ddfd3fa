/* SPDX-License-Identifier: MIT */
/*
 * A server for tests that sends exactly the bytes a test wants: a process that accepts on a
 * loopback port and forks for each connection, reads requests (head, and a body of
 * Content-Length) and calls the handler for each. What came is logged in shared memory.
 */
#ifndef BDDRUN_TESTS_SUPPORT_RAW_SERVER_H
#define BDDRUN_TESTS_SUPPORT_RAW_SERVER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { RAW_LOGGED_REQUESTS = 64, RAW_LOGGED_BYTES = 8192, RAW_REQUEST_BYTES = 1 << 20 };

struct raw_log {
    atomic_uint connections;
    atomic_uint requests;
    char texts[RAW_LOGGED_REQUESTS][RAW_LOGGED_BYTES]; /* heads and bodies, NUL-terminated */
    unsigned connection_of[RAW_LOGGED_REQUESTS];       /* 1-based */
};

struct raw_connection {
    int socket;
    void *tls; /* SSL, or NULL */
    struct raw_log *log;
    unsigned number;
    char request[RAW_REQUEST_BYTES]; /* the newest, NUL-terminated */
    size_t request_size;
    int port; /* of the server */
};

/* In the server's process; false: close the connection. */
typedef bool raw_handler(struct raw_connection *connection, const char *path);

struct raw_server {
    int port;
    pid_t process;
    struct raw_log *log;
};

struct raw_server_options {
    raw_handler *handler;
    const char *certificate_file; /* PEM with the key: TLS */
    const char *unix_path;        /* listens there instead */
    const char *alpn;             /* one protocol to accept, NULL: none */
    bool wants_client_certificate;
};

void raw_server_start(struct raw_server *server, const struct raw_server_options *options);
void raw_server_stop(struct raw_server *server);

/* For handlers. */
void raw_send(struct raw_connection *connection, const char *text);
void raw_send_bytes(struct raw_connection *connection, const void *bytes, size_t size);
void raw_send_ok(struct raw_connection *connection, const char *body); /* 200, keep-alive */
void raw_reset(struct raw_connection *connection); /* RST; return false after it */
void raw_pause_ms(unsigned milliseconds);

/* The value of a header of the newest request, or NULL; borrowed until the next call. */
const char *raw_request_header(struct raw_connection *connection, const char *name);

/* A self-signed certificate for 127.0.0.1 and localhost, and its key, into a PEM file. */
void raw_make_certificate(const char *path, int days);

#endif
