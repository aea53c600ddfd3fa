/* SPDX-License-Identifier: MIT */
#include "net/pool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"

enum { KEPT_CONNECTIONS = 256, KEPT_SOCKETS = 1 << 20 };

struct pool_socket {
    struct loop_watch watch;
    struct pool *pool;
    bool is_ours; /* opened by open_socket: libcurl closes it through close_socket only */
};

/* Hands what is finished to done. It may start transfers, which may finish too. */
static void collect(struct pool *pool)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(pool->multi, &left))) {
        CURL *easy = message->easy_handle;
        CURLcode result = message->data.result;
        char *transfer = NULL;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
        if (!pool->keeps_finished) {
            pool_remove(pool, easy);
        }
        pool->done(transfer, result);
    }
}

static void socket_ready(void *context, unsigned ready)
{
    struct pool_socket *socket = context;
    struct pool *pool = socket->pool;
    int running;
    int events = (ready & LOOP_READ) ? CURL_CSELECT_IN : 0;
    events |= (ready & LOOP_WRITE) ? CURL_CSELECT_OUT : 0;
    events |= (ready & LOOP_ERROR) ? CURL_CSELECT_ERR : 0;
    curl_multi_socket_action(pool->multi, socket->watch.descriptor, events, &running);
    collect(pool);
}

static void timer_due(void *context)
{
    struct pool *pool = context;
    int running;
    curl_multi_socket_action(pool->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    collect(pool);
}

static void finished_due(void *context)
{
    collect(context);
}

static struct pool_socket *socket_of(struct pool *pool, int descriptor)
{
    size_t place = (size_t)descriptor;
    if (place >= pool->socket_capacity) {
        size_t capacity = place + 16;
        pool->sockets = realloc_or_die(pool->sockets, capacity, sizeof *pool->sockets);
        memset(pool->sockets + pool->socket_capacity, 0,
               (capacity - pool->socket_capacity) * sizeof *pool->sockets);
        pool->socket_capacity = capacity;
    }
    if (!pool->sockets[place]) {
        struct pool_socket *socket = alloc_or_die(1, sizeof *socket);
        socket->pool = pool;
        socket->watch.ready = socket_ready;
        socket->watch.context = socket;
        loop_watch_add(pool->loop, &socket->watch, descriptor, LOOP_NOTHING);
        pool->sockets[place] = socket;
    }
    return pool->sockets[place];
}

static void forget_socket(struct pool *pool, int descriptor)
{
    struct pool_socket *socket = socket_of(pool, descriptor);
    loop_watch_remove(pool->loop, &socket->watch);
    free(socket);
    pool->sockets[descriptor] = NULL;
}

static bool is_closed(int descriptor)
{
    return fcntl(descriptor, F_GETFD) < 0;
}

static int socket_wanted(CURL *easy, curl_socket_t descriptor, int what, void *context,
                         void *unused)
{
    (void)easy;
    (void)unused;
    struct pool *pool = context;
    struct pool_socket *socket = socket_of(pool, descriptor);
    if (what == CURL_POLL_REMOVE && (!socket->is_ours || is_closed(descriptor))) {
        /* A resolver's, closed behind our back right after this; or one that never connected, which
         * libcurl 7.88 has closed without a word. */
        forget_socket(pool, descriptor);
        return 0;
    }
    unsigned interest = LOOP_NOTHING;
    interest |= what == CURL_POLL_IN || what == CURL_POLL_INOUT ? LOOP_READ : LOOP_NOTHING;
    interest |= what == CURL_POLL_OUT || what == CURL_POLL_INOUT ? LOOP_WRITE : LOOP_NOTHING;
    loop_watch_change(pool->loop, &socket->watch, interest);
    return 0;
}

static int timer_wanted(CURLM *multi, long timeout_ms, void *context)
{
    (void)multi;
    struct pool *pool = context;
    if (timeout_ms < 0) {
        loop_timer_clear(pool->loop, &pool->timer);
    } else {
        loop_timer_set(pool->loop, &pool->timer,
                       loop_now_ns(pool->loop) +
                           (uint64_t)timeout_ms * NANOSECONDS_PER_MILLISECOND);
    }
    return 0;
}

/* The number of a socket that was closed without a word may come again, and libcurl takes it for
 * the same one: what it wanted of it stands. */
static void renew(struct pool *pool, int descriptor)
{
    struct pool_socket *socket = socket_of(pool, descriptor);
    unsigned interest = socket->watch.interest;
    loop_watch_remove(pool->loop, &socket->watch);
    loop_watch_add(pool->loop, &socket->watch, descriptor, interest);
    socket->is_ours = true;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose,
                                 struct curl_sockaddr *address)
{
    (void)purpose;
    int descriptor =
        socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (descriptor >= 0) {
        renew(context, descriptor);
    }
    return descriptor;
}

static int close_socket(void *context, curl_socket_t descriptor)
{
    forget_socket(context, descriptor);
    return close(descriptor);
}

void pool_init(struct pool *pool, struct loop *loop, pool_done_function *done)
{
    *pool = (struct pool){ .multi = curl_multi_init(), .loop = loop, .done = done };
    if (!pool->multi) {
        BUG("out of memory for connections");
    }
    pool->timer = (struct loop_timer){ .due = timer_due, .context = pool };
    pool->finished = (struct loop_timer){ .due = finished_due, .context = pool };
    curl_multi_setopt(pool->multi, CURLMOPT_SOCKETFUNCTION, socket_wanted);
    curl_multi_setopt(pool->multi, CURLMOPT_SOCKETDATA, pool);
    curl_multi_setopt(pool->multi, CURLMOPT_TIMERFUNCTION, timer_wanted);
    curl_multi_setopt(pool->multi, CURLMOPT_TIMERDATA, pool);
    curl_multi_setopt(pool->multi, CURLMOPT_MAXCONNECTS, (long)KEPT_CONNECTIONS);
}

void pool_release(struct pool *pool)
{
    curl_multi_cleanup(pool->multi);
    loop_timer_clear(pool->loop, &pool->timer);
    loop_timer_clear(pool->loop, &pool->finished);
    for (size_t i = 0; i < pool->socket_capacity; i++) {
        if (pool->sockets[i]) {
            forget_socket(pool, (int)i);
        }
    }
    free(pool->sockets);
}

void pool_keep_finished(struct pool *pool)
{
    pool->keeps_finished = true;
    curl_multi_setopt(pool->multi, CURLMOPT_MAXCONNECTS, (long)KEPT_SOCKETS);
}

struct loop_watch *pool_watch(struct pool *pool, CURL *easy)
{
    curl_socket_t descriptor = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &descriptor) != CURLE_OK ||
        descriptor == CURL_SOCKET_BAD) {
        return NULL;
    }
    return &socket_of(pool, descriptor)->watch;
}

void pool_prepare(struct pool *pool, CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, pool);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, pool);
}

void pool_add(struct pool *pool, CURL *easy)
{
    int running = 0;
    CURLMcode code = curl_multi_add_handle(pool->multi, easy);
    if (code != CURLM_OK) {
        BUG("curl_multi_add_handle: %s", curl_multi_strerror(code));
    }
    pool->running++;
    curl_multi_socket_action(pool->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    if ((size_t)running < pool->running) {
        /* Finished already: told from the loop. Not by the other timer: libcurl would not ask
         * again for what it asked for before. */
        loop_timer_set(pool->loop, &pool->finished, 0);
    }
}

void pool_remove(struct pool *pool, CURL *easy)
{
    curl_multi_remove_handle(pool->multi, easy);
    pool->running--;
}
