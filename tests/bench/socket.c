/* SPDX-License-Identifier: MIT */
/*
 * bench-socket WHAT PORT COUNT [HTTP_PORT]: prints one number a line.
 *   raw     COUNT echo round trips by a bare blocking socket: nanoseconds each, of wall and of CPU
 *   net     the same by net's client
 *   open    COUNT sockets opened at once: nanoseconds until all are; bytes of memory each
 *   idle    a GET of HTTP_PORT, with no socket and with COUNT open ones: nanoseconds each
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "net/socket.h"

enum { GETS = 2000, WARM_UP = 200 };

static const char hello[] = "hello";

struct bench {
    struct problems problems;
    struct net_global *global;
    struct loop loop;
    struct net *net;
    struct arena arena;
    struct http_session *session;
    struct http_settings settings;
    struct socket_listener listener;
    struct text url;
    size_t wanted;
    size_t opened;
    size_t received;
    size_t ended;
    struct socket *socket; /* sends again what it received */
};

static uint64_t now_ns(void)
{
    return clock_monotonic_ns(clock_real());
}

struct stopwatch {
    uint64_t wall_ns;
    uint64_t cpu_ns;
};

static struct stopwatch read_stopwatch(void)
{
    struct timespec cpu;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
    return (struct stopwatch){ now_ns(), (uint64_t)cpu.tv_sec * NANOSECONDS_PER_SECOND +
                                             (uint64_t)cpu.tv_nsec };
}

static void print_each(struct stopwatch since, size_t count)
{
    struct stopwatch now = read_stopwatch();
    printf("%.0f\n%.0f\n", (double)(now.wall_ns - since.wall_ns) / (double)count,
           (double)(now.cpu_ns - since.cpu_ns) / (double)count);
}

static void opened(void *context)
{
    struct bench *bench = context;
    bench->opened++;
}

static void received(void *context, const struct conversation_message *message)
{
    struct bench *bench = context;
    if (++bench->received < bench->wanted) {
        (void)socket_send(bench->socket, CONVERSATION_TEXT, message->data);
    }
}

static void ended(void *context)
{
    struct bench *bench = context;
    bench->ended++;
}

static bool is_open(const void *context)
{
    const struct bench *bench = context;
    return bench->opened == bench->wanted || bench->ended > 0;
}

static bool is_echoed(const void *context)
{
    const struct bench *bench = context;
    return bench->received >= bench->wanted || bench->ended > 0;
}

static void start(struct bench *bench, unsigned port)
{
    *bench = (struct bench){ 0 };
    bench->listener = (struct socket_listener){ bench, opened, received, ended };
    problems_init(&bench->problems);
    if (!net_global_new(&bench->global, &bench->problems) ||
        !loop_init(&bench->loop, clock_real(), &bench->problems)) {
        exit(1);
    }
    bench->net = net_new(bench->global, &bench->loop, clock_real());
    arena_init(&bench->arena);
    bench->session = http_session_new(bench->net, &bench->arena);
    http_settings_init(&bench->settings);
    bench->url = arena_format(&bench->arena, "ws://127.0.0.1:%u/", port);
}

static void stop(struct bench *bench)
{
    http_session_free(bench->session);
    net_free(bench->net);
    loop_release(&bench->loop);
    net_global_free(bench->global);
    arena_release(&bench->arena);
    problems_release(&bench->problems);
}

static void open_sockets(struct bench *bench, size_t count)
{
    static const struct socket_options options = { 0 };
    bench->wanted = count;
    for (size_t i = 0; i < count; i++) {
        bench->socket =
            socket_open(bench->session, &bench->arena, &(struct request){ .url = bench->url },
                        &bench->settings, &options, &bench->listener);
    }
    uint64_t deadline_ns = loop_now_ns(&bench->loop) + 60 * NANOSECONDS_PER_SECOND;
    if (loop_run(&bench->loop, is_open, bench, deadline_ns) != LOOP_DONE || bench->ended) {
        fprintf(stderr, "bench-socket: %zu of %zu sockets open: %.*s\n", bench->opened, count,
                TEXT_ARG(socket_handshake(bench->socket)->message));
        exit(1);
    }
}

static void round_trips(struct bench *bench, size_t count)
{
    bench->received = 0;
    bench->wanted = count;
    (void)socket_send(bench->socket, CONVERSATION_TEXT, TEXT("hello"));
    if (loop_run(&bench->loop, is_echoed, bench, LOOP_NO_DEADLINE) != LOOP_DONE) {
        exit(1);
    }
}

static void bench_net(unsigned port, size_t count)
{
    struct bench bench;
    start(&bench, port);
    open_sockets(&bench, 1);
    round_trips(&bench, WARM_UP);
    struct stopwatch started = read_stopwatch();
    round_trips(&bench, count);
    print_each(started, count);
    stop(&bench);
}

static size_t resident_bytes(void)
{
    size_t pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*u %zu", &pages) != 1) {
        exit(1);
    }
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void bench_open(unsigned port, size_t count)
{
    struct bench bench;
    start(&bench, port);
    open_sockets(&bench, 1);
    bench.opened = 0;
    size_t before = resident_bytes();
    uint64_t started_ns = now_ns();
    open_sockets(&bench, count);
    uint64_t took_ns = now_ns() - started_ns;
    printf("%.0f\n%.0f\n", (double)took_ns,
           (double)(resident_bytes() - before) / (double)count);
    stop(&bench);
}

static double get_ns(struct bench *bench, struct text url)
{
    uint64_t started_ns = 0;
    for (unsigned i = 0; i < WARM_UP + GETS; i++) {
        started_ns = i == WARM_UP ? now_ns() : started_ns;
        struct exchange *exchange = http_start(bench->session, &(struct request){ .url = url },
                                               &bench->settings, NULL, NULL);
        (void)http_wait(bench->session, exchange, LOOP_NO_DEADLINE);
        if (exchange->response.status != 200) {
            exit(1);
        }
    }
    return (double)(now_ns() - started_ns) / GETS;
}

static void bench_idle(unsigned port, size_t count, unsigned http_port)
{
    struct bench bench;
    start(&bench, port);
    struct text url = arena_format(&bench.arena, "http://127.0.0.1:%u/api/tables/1", http_port);
    double alone_ns = get_ns(&bench, url);
    open_sockets(&bench, count);
    printf("%.0f\n%.0f\n", alone_ns, get_ns(&bench, url));
    stop(&bench);
}

static void must(bool holds, const char *what)
{
    if (!holds) {
        perror(what);
        exit(1);
    }
}

static int connect_raw(unsigned port)
{
    static const char request[] =
        "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    char answer[1024];
    int one = 1;
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    must(connect(descriptor, (const struct sockaddr *)&address, sizeof address) == 0,
         "connect");
    must(send(descriptor, request, sizeof request - 1, 0) > 0, "send");
    must(recv(descriptor, answer, sizeof answer, 0) > 0, "recv");
    return descriptor;
}

static void bench_raw(unsigned port, size_t count)
{
    unsigned char frame[] = { 0x81, 0x85, 1, 2, 3, 4, 0, 0, 0, 0, 0 };
    unsigned char answer[64];
    for (unsigned i = 0; i < 5; i++) {
        frame[6 + i] = (unsigned char)hello[i] ^ frame[2 + i % 4];
    }
    int descriptor = connect_raw(port);
    struct stopwatch started = { 0 };
    for (size_t i = 0; i < WARM_UP + count; i++) {
        started = i == WARM_UP ? read_stopwatch() : started;
        must(send(descriptor, frame, sizeof frame, 0) == sizeof frame, "send");
        must(recv(descriptor, answer, sizeof answer, 0) == 7, "recv");
    }
    print_each(started, count);
    close(descriptor);
}

int main(int count, char **words)
{
    unsigned port = 0;
    unsigned http_port = 0;
    size_t number = 0;
    if (count < 4 || sscanf(words[2], "%u", &port) != 1 ||
        sscanf(words[3], "%zu", &number) != 1 ||
        (count > 4 && sscanf(words[4], "%u", &http_port) != 1)) {
        fprintf(stderr, "usage: bench-socket raw|net|open|idle PORT COUNT [HTTP_PORT]\n");
        return 2;
    }
    if (strcmp(words[1], "raw") == 0) {
        bench_raw(port, number);
    } else if (strcmp(words[1], "net") == 0) {
        bench_net(port, number);
    } else if (strcmp(words[1], "open") == 0) {
        bench_open(port, number);
    } else {
        bench_idle(port, number, http_port);
    }
    return 0;
}
