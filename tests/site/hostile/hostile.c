/* SPDX-License-Identifier: MIT */
/*
 * bddrun-hostile --port N [--port-file FILE]: a server on 127.0.0.1 that misbehaves as the path of
 * the request asks (see behaviours[]). Every connection is served by a process of its own, once,
 * and then closed; all of them end with the parent.
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/attribute.h"
#include "base/text.h"
#include "hostile/hostile.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define JSON "Content-Type: application/json\r\n"
#define CLOSE "Connection: close\r\n\r\n"

enum { BLOCK = 65536, TEN_MILLION = 10000000, DEPTH = 10000 };

void send_all(int connection, const char *bytes, size_t size)
{
    while (size) {
        ssize_t sent = send(connection, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) {
            _exit(0); /* the client has gone: nothing left to do here */
        }
        bytes += sent;
        size -= (size_t)sent;
    }
}

void send_filled(int connection, char filler, size_t size)
{
    char block[BLOCK];
    memset(block, filler, sizeof block);
    while (size) {
        size_t part = size < sizeof block ? size : sizeof block;
        send_all(connection, block, part);
        size -= part;
    }
}

void send_forever(int connection)
{
    for (;;) {
        send_filled(connection, 'x', BLOCK);
    }
}

static void send_chunks_forever(int connection)
{
    for (;;) {
        send_all(connection, "400\r\n", 5);
        send_filled(connection, 'x', 1024);
        send_all(connection, "\r\n", 2);
    }
}

static void send_many_headers(int connection)
{
    for (size_t sent = 0; sent < TEN_MILLION; sent += 1004) {
        send_all(connection, "X: ", 3);
        send_filled(connection, 'h', 1000);
        send_all(connection, "\r\n", 2);
    }
    send_all(connection, "\r\n", 2);
}

static void send_long_header(int connection)
{
    send_filled(connection, 'h', TEN_MILLION);
    send_all(connection, "\r\n\r\n", 4);
}

static void send_deep_json(int connection)
{
    send_filled(connection, '[', DEPTH);
    send_filled(connection, ']', DEPTH);
}

static void send_continue_forever(int connection)
{
    for (;;) {
        send_all(connection, "HTTP/1.1 100 Continue\r\n\r\n", 25);
    }
}

static void send_drops(int connection)
{
    struct timespec pause = { 0, 100000000 };
    for (;;) {
        send_all(connection, "x", 1);
        nanosleep(&pause, NULL);
    }
}

void stay_silent(int connection UNUSED)
{
    for (;;) {
        pause();
    }
}

void reset(int connection)
{
    struct linger at_once = { 1, 0 };
    (void)setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

static const struct behaviour behaviours[] = {
    { "/good", TEXT_STATIC(OK JSON CLOSE "{\"good\": true}"), NULL },
    { "/endless-body", TEXT_STATIC(OK CLOSE), send_forever },
    { "/endless-chunks", TEXT_STATIC(OK "Transfer-Encoding: chunked\r\n\r\n"),
      send_chunks_forever },
    { "/endless-continue", TEXT_STATIC(""), send_continue_forever },
    { "/drops", TEXT_STATIC(OK CLOSE), send_drops },
    { "/silent", TEXT_STATIC(""), stay_silent },
    { "/many-headers", TEXT_STATIC(OK), send_many_headers },
    { "/long-header", TEXT_STATIC(OK "X: "), send_long_header },
    { "/short-body", TEXT_STATIC(OK "Content-Length: 100\r\n\r\nonly this"), NULL },
    { "/long-body", TEXT_STATIC(OK JSON "Content-Length: 4\r\n\r\ntrueHTTP/1.1 500 No\r\n\r\n"),
      NULL },
    { "/two-lengths", TEXT_STATIC(OK "Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}{}"),
      NULL },
    { "/bad-length", TEXT_STATIC(OK "Content-Length: -7\r\n\r\n{}"), NULL },
    { "/broken-gzip", TEXT_STATIC(OK "Content-Encoding: gzip\r\n" CLOSE "this is no gzip"),
      NULL },
    { "/truncated-gzip",
      TEXT_STATIC(OK "Content-Encoding: gzip\r\n" CLOSE
                     "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\x56"),
      NULL },
    { "/unknown-encoding", TEXT_STATIC(OK "Content-Encoding: snappy\r\n" CLOSE "abc"), NULL },
    { "/truncated-chunk", TEXT_STATIC(OK "Transfer-Encoding: chunked\r\n\r\n64\r\nonly this"),
      NULL },
    { "/bad-chunk", TEXT_STATIC(OK "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
      NULL },
    { "/reset", TEXT_STATIC(""), reset },
    { "/reset-in-body", TEXT_STATIC(OK "Content-Length: 100\r\n\r\npart"), reset },
    { "/nothing", TEXT_STATIC(""), NULL },
    { "/bad-status", TEXT_STATIC("HTTP/1.1 banana split\r\n\r\n"), NULL },
    { "/bad-version", TEXT_STATIC("HTTP/7.7 200 OK\r\n\r\n"), NULL },
    { "/no-http", TEXT_STATIC("220 mail.test ESMTP ready\r\n"), NULL },
    { "/bad-header", TEXT_STATIC(OK "this line has no colon\r\n" JSON CLOSE "{}"), NULL },
    { "/nul-header", TEXT_STATIC(OK "X-Nul: a\0b\r\n" CLOSE "{}"), NULL },
    { "/escape-header", TEXT_STATIC(OK "X-Evil: \x1b[2J\x1b]0;owned\x07\r\n" CLOSE "{}"),
      NULL },
    { "/invalid-utf8-json", TEXT_STATIC(OK JSON CLOSE "{\"name\": \"\xff\xfe\"}"), NULL },
    { "/nul-json", TEXT_STATIC(OK JSON CLOSE "{\"name\": \"a\0b\"}"), NULL },
    { "/broken-json", TEXT_STATIC(OK JSON CLOSE "{\"name\": nope}"), NULL },
    { "/deep-json", TEXT_STATIC(OK JSON CLOSE), send_deep_json },
    { "/no-upgrade", TEXT_STATIC(OK CLOSE "just a page"), NULL },
    { "/wrong-accept",
      TEXT_STATIC("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Accept: bm8=\r\n\r\n"),
      stay_silent },
    { "/no-accept",
      TEXT_STATIC("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\n\r\n"),
      stay_silent },
    { "/event-line", TEXT_STATIC(OK "Content-Type: text/event-stream\r\n" CLOSE "data: "),
      send_forever },
    { "/event-page", TEXT_STATIC(OK "Content-Type: text/html\r\n" CLOSE "<h1>No</h1>"), NULL },
    { "/event-end", TEXT_STATIC(OK "Content-Type: text/event-stream\r\n" CLOSE "data: a"),
      NULL },
    { "/laughs",
      TEXT_STATIC(OK "Content-Type: application/xml\r\n" CLOSE "<!DOCTYPE r [<!ENTITY a \"ha\">"
                     "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
                     "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
                     "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">"
                     "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]><r>&e;</r>"),
      NULL },
};

static void misbehave(int connection, struct text path, struct text head)
{
    if (misbehave_upgraded(connection, path, head)) {
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(behaviours); i++) {
        if (text_is(path, behaviours[i].path)) {
            send_all(connection, behaviours[i].raw.at, behaviours[i].raw.size);
            if (behaviours[i].go_on) {
                behaviours[i].go_on(connection);
            }
            return;
        }
    }
    static const char none[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n" CLOSE;
    send_all(connection, none, sizeof none - 1);
}

/* Reads the head of the request, so that closing does not reset the connection. */
static void serve(int connection)
{
    char head[BLOCK];
    size_t size = 0;
    while (!memmem(head, size, "\r\n\r\n", 4) && size < sizeof head) {
        ssize_t more = recv(connection, head + size, sizeof head - size, 0);
        if (more <= 0) {
            return;
        }
        size += (size_t)more;
        if (!memchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", head[0], 26)) {
            static const char no_tls[] = "this server speaks no TLS\r\n";
            send_all(connection, no_tls, sizeof no_tls - 1);
            return;
        }
    }
    struct text rest = text_make(head, size);
    struct text method;
    struct text path;
    if (text_take_until(&rest, ' ', &method) && text_take_until(&rest, ' ', &path)) {
        misbehave(connection, path, text_make(head, size));
    }
}

static int listen_on_loopback(uint16_t *port)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons(*port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 128) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        perror("bddrun-hostile: cannot listen");
        exit(EXIT_FAILURE);
    }
    *port = ntohs(address.sin_port);
    return listener;
}

static void write_port(const char *path, uint16_t port)
{
    char temporary[4096];
    snprintf(temporary, sizeof temporary, "%s.part", path);
    FILE *file = fopen(temporary, "w");
    if (!file || fprintf(file, "%u\n", (unsigned)port) < 0 || fclose(file) != 0 ||
        rename(temporary, path) != 0) {
        perror("bddrun-hostile: cannot write the port");
        exit(EXIT_FAILURE);
    }
}

int main(int count, char **words)
{
    uint64_t wanted = 0;
    if (count < 3 || strcmp(words[1], "--port") != 0 ||
        !text_to_uint64(text_of(words[2]), &wanted) || wanted > 65535 ||
        (count == 5 && strcmp(words[3], "--port-file") != 0)) {
        fprintf(stderr, "usage: bddrun-hostile --port N [--port-file FILE]\n");
        return 2;
    }
    uint16_t port = (uint16_t)wanted;
    int listener = listen_on_loopback(&port);
    if (count == 5) {
        write_port(words[4], port);
    }
    printf("http://127.0.0.1:%u\n", (unsigned)port);
    fflush(stdout);
    signal(SIGCHLD, SIG_IGN); /* nobody waits for the children */
    pid_t parent = getpid();
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection >= 0 && fork() == 0) {
            (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (getppid() == parent) {
                close(listener);
                serve(connection);
            }
            _exit(0);
        }
        if (connection >= 0) {
            close(connection);
        }
    }
}
