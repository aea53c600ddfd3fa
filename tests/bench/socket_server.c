/* SPDX-License-Identifier: MIT */
/*
 * bench-socket-server PORT_FILE: a WebSocket server that echoes messages of at most 125 bytes: one
 * thread, epoll, no checks. It ends with its standard input.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/evp.h>

enum { BYTES = 4096, EVENTS = 64, DESCRIPTORS = 65536, CLOSE = 8 };

struct connection {
    bool is_open;
    size_t size;
    unsigned char bytes[BYTES];
};

static struct connection *connections[DESCRIPTORS];

static void answer_upgrade(int descriptor, struct connection *connection)
{
    char head[512];
    char proof[128];
    unsigned char digest[20];
    unsigned char value[32];
    connection->bytes[connection->size] = '\0';
    const char *text = (const char *)connection->bytes;
    const char *key = strstr(text, "Sec-WebSocket-Key: ");
    if (!strstr(text, "\r\n\r\n") || !key) {
        return;
    }
    int size =
        snprintf(proof, sizeof proof, "%.24s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key + 19);
    EVP_Q_digest(NULL, "SHA1", NULL, proof, (size_t)size, digest, NULL);
    EVP_EncodeBlock(value, digest, sizeof digest);
    size = snprintf(head, sizeof head,
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                    (const char *)value);
    connection->is_open = send(descriptor, head, (size_t)size, MSG_NOSIGNAL) == size;
    connection->size = 0;
}

static void echo(int descriptor, struct connection *connection)
{
    unsigned char out[BYTES];
    size_t made = 0;
    size_t at = 0;
    const unsigned char *bytes = connection->bytes;
    while (connection->size - at >= 6 && connection->size - at >= 6 + (bytes[at + 1] & 127U)) {
        size_t size = bytes[at + 1] & 127U;
        out[made++] = bytes[at];
        out[made++] = (unsigned char)size;
        for (size_t i = 0; i < size; i++) {
            out[made++] = bytes[at + 6 + i] ^ bytes[at + 2 + i % 4];
        }
        at += 6 + size;
    }
    (void)!send(descriptor, out, made, MSG_NOSIGNAL);
    if (made && (out[0] & 0x0fU) == CLOSE) {
        shutdown(descriptor, SHUT_WR);
    }
    memmove(connection->bytes, bytes + at, connection->size - at);
    connection->size -= at;
}

static void ready(int descriptor)
{
    struct connection *connection = connections[descriptor];
    ssize_t got =
        recv(descriptor, connection->bytes + connection->size, BYTES - 1 - connection->size, 0);
    if (got <= 0) {
        close(descriptor);
        free(connection);
        connections[descriptor] = NULL;
        return;
    }
    connection->size += (size_t)got;
    if (connection->is_open) {
        echo(descriptor, connection);
    } else {
        answer_upgrade(descriptor, connection);
    }
}

static void accept_all(int listener, int epoll)
{
    int one = 1;
    int descriptor;
    while ((descriptor = accept4(listener, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        struct epoll_event event = { .events = EPOLLIN, .data.fd = descriptor };
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        connections[descriptor] = calloc(1, sizeof **connections);
        epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
    }
}

static int listen_and_tell(const char *port_file)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (bind(listener, (const struct sockaddr *)&address, size) != 0 ||
        listen(listener, 4096) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        perror("bench-socket-server");
        exit(1);
    }
    FILE *file = fopen(port_file, "w");
    if (!file) {
        perror(port_file);
        exit(1);
    }
    fprintf(file, "%d\n", ntohs(address.sin_port));
    fclose(file);
    return listener;
}

int main(int count, char **words)
{
    struct epoll_event events[EVENTS];
    struct rlimit files;
    if (count != 2) {
        fprintf(stderr, "usage: bench-socket-server PORT_FILE\n");
        return 2;
    }
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max < DESCRIPTORS ? files.rlim_max : DESCRIPTORS;
    setrlimit(RLIMIT_NOFILE, &files);
    int listener = listen_and_tell(words[1]);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event input = { .events = EPOLLIN, .data.fd = STDIN_FILENO };
    struct epoll_event incoming = { .events = EPOLLIN, .data.fd = listener };
    epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input);
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &incoming);
    for (;;) {
        int ready_count = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready_count; i++) {
            int descriptor = events[i].data.fd;
            if (descriptor == STDIN_FILENO) {
                return 0;
            }
            if (descriptor == listener) {
                accept_all(listener, epoll);
            } else {
                ready(descriptor);
            }
        }
    }
}
