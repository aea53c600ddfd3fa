/* SPDX-License-Identifier: MIT */
/*
 * bench-server PORT-FILE [DELAY-MS [CERTIFICATE KEY]]: answers every request on 127.0.0.1 with 1 KB
 * of JSON, after the delay, over TLS where a certificate is given. One thread, epoll. It ends when
 * its standard input does.
 */
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"

enum { REQUEST_LIMIT = 16384, BODY_BYTES = 1024, EVENTS = 64, CONNECTION_LIMIT = 65536 };

struct connection {
    int descriptor;
    SSL *tls; /* NULL: plain */
    char request[REQUEST_LIMIT];
    size_t size;
    struct timespec due;
    struct connection *next_due;
};

struct server {
    int listener;
    int epoll;
    SSL_CTX *tls;
    uint64_t delay_ns;
    char answer[BODY_BYTES + 256];
    int answer_size;
    struct connection *first_due; /* the same delay for all: first come, first due */
    struct connection *last_due;
};

static void make_answer(struct server *server)
{
    char body[BODY_BYTES + 1];
    int size =
        snprintf(body, sizeof body,
                 "{\"id\": 42, \"state\": \"open\", \"players\": [1, 2, 3], \"text\": \"");
    memset(body + size, 'x', sizeof body - (size_t)size);
    memcpy(body + BODY_BYTES - 2, "\"}", 3);
    server->answer_size = snprintf(
        server->answer, sizeof server->answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
        BODY_BYTES, body);
}

static void leave(struct connection *connection)
{
    SSL_free(connection->tls);
    close(connection->descriptor);
    free(connection);
}

static void answer(struct server *server, struct connection *connection)
{
    ssize_t sent = connection->tls
                       ? SSL_write(connection->tls, server->answer, server->answer_size)
                       : send(connection->descriptor, server->answer,
                              (size_t)server->answer_size, MSG_NOSIGNAL);
    if (sent != server->answer_size) {
        fprintf(stderr, "bench-server: an answer could not be sent whole\n");
    }
}

static void wait_or_answer(struct server *server, struct connection *connection)
{
    if (!server->delay_ns) {
        answer(server, connection);
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &connection->due);
    uint64_t nanoseconds = (uint64_t)connection->due.tv_nsec + server->delay_ns;
    connection->due.tv_sec += (time_t)(nanoseconds / 1000000000);
    connection->due.tv_nsec = (long)(nanoseconds % 1000000000);
    connection->next_due = NULL;
    if (server->last_due) {
        server->last_due->next_due = connection;
    } else {
        server->first_due = connection;
    }
    server->last_due = connection;
}

/* Bytes read; 0: none yet; -1: the connection is over. */
static ssize_t receive(struct connection *connection)
{
    char *to = connection->request + connection->size;
    size_t room = REQUEST_LIMIT - connection->size;
    if (!connection->tls) {
        ssize_t size = recv(connection->descriptor, to, room, 0);
        return size > 0 ? size : -1;
    }
    int size = SSL_read(connection->tls, to, (int)room);
    if (size > 0) {
        return size;
    }
    bool is_waiting = SSL_get_error(connection->tls, size) == SSL_ERROR_WANT_READ;
    ERR_clear_error();
    return is_waiting ? 0 : -1;
}

static void serve(struct server *server, struct connection *connection)
{
    ssize_t size = receive(connection);
    if (size < 0) {
        leave(connection);
        return;
    }
    connection->size += (size_t)size;
    if (memmem(connection->request, connection->size, "\r\n\r\n", 4)) {
        connection->size = 0;
        wait_or_answer(server, connection);
    }
}

static void welcome(struct server *server)
{
    int flags = server->tls ? SOCK_NONBLOCK | SOCK_CLOEXEC : SOCK_CLOEXEC;
    int descriptor = accept4(server->listener, NULL, NULL, flags);
    if (descriptor < 0) {
        return;
    }
    struct connection *connection = alloc_or_die(1, sizeof *connection);
    connection->descriptor = descriptor;
    if (server->tls) {
        connection->tls = SSL_new(server->tls);
        SSL_set_fd(connection->tls, descriptor);
        SSL_set_accept_state(connection->tls);
    }
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = connection };
    epoll_ctl(server->epoll, EPOLL_CTL_ADD, descriptor, &event);
}

/* Answers what is due; the time until the next is, or NULL. */
static const struct timespec *answer_due(struct server *server, struct timespec *left)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    while (server->first_due) {
        struct connection *connection = server->first_due;
        int64_t wait_ns = (connection->due.tv_sec - now.tv_sec) * 1000000000 +
                          (connection->due.tv_nsec - now.tv_nsec);
        if (wait_ns > 0) {
            left->tv_sec = wait_ns / 1000000000;
            left->tv_nsec = wait_ns % 1000000000;
            return left;
        }
        server->first_due = connection->next_due;
        if (!server->first_due) {
            server->last_due = NULL;
        }
        answer(server, connection);
    }
    return NULL;
}

static void loop(struct server *server)
{
    struct epoll_event events[EVENTS];
    static int input; /* only its address is used */
    struct epoll_event listening = { .events = EPOLLIN, .data.ptr = NULL };
    struct epoll_event ending = { .events = EPOLLIN, .data.ptr = &input };
    epoll_ctl(server->epoll, EPOLL_CTL_ADD, server->listener, &listening);
    epoll_ctl(server->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &ending);
    for (;;) {
        struct timespec left;
        const struct timespec *timeout = answer_due(server, &left);
        int count = epoll_pwait2(server->epoll, events, EVENTS, timeout, NULL);
        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr == &input) {
                return;
            }
            if (events[i].data.ptr) {
                serve(server, events[i].data.ptr);
            } else {
                welcome(server);
            }
        }
    }
}

static int listen_on_loopback(const char *port_file)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    FILE *file = NULL;
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 4096) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0 ||
        !(file = fopen(port_file, "w")) || fprintf(file, "%u", ntohs(address.sin_port)) < 0 ||
        fclose(file) != 0) {
        perror("bench-server");
        exit(EXIT_FAILURE);
    }
    return listener;
}

int main(int count, char **words)
{
    uint64_t delay_ms = 0;
    if (count < 2 || count == 4 ||
        (count > 2 && !text_to_uint64(text_of(words[2]), &delay_ms))) {
        fprintf(stderr, "usage: bench-server PORT-FILE [DELAY-MS [CERTIFICATE KEY]]\n");
        return 2;
    }
    struct rlimit files = { CONNECTION_LIMIT, CONNECTION_LIMIT };
    (void)setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    struct server server = { .epoll = epoll_create1(EPOLL_CLOEXEC),
                             .delay_ns = delay_ms * 1000000 };
    make_answer(&server);
    if (count > 4) {
        server.tls = SSL_CTX_new(TLS_server_method());
        if (SSL_CTX_use_certificate_file(server.tls, words[3], SSL_FILETYPE_PEM) != 1 ||
            SSL_CTX_use_PrivateKey_file(server.tls, words[4], SSL_FILETYPE_PEM) != 1) {
            ERR_print_errors_fp(stderr);
            return 1;
        }
    }
    server.listener = listen_on_loopback(words[1]);
    loop(&server);
    SSL_CTX_free(server.tls);
    return 0;
}
