/* SPDX-License-Identifier: MIT */
/* Many sockets opened at once connect a few at a time: of 1,000 TLS handshakes of one process each
 * would otherwise wait for all others, and its connect timeout with it. */
#include "net/socket/parts.h"

enum { CONNECTING_LIMIT = 32 };

static void connected(void *context, CURLcode result)
{
    struct transfer *transfer = context;
    struct socket *socket = transfer->context;
    connecting_leave(socket);
    socket_connected(socket, result);
}

static void start(struct socket *socket)
{
    struct net *net = socket->session->net;
    struct transfer *transfer = socket->transfer;
    struct pool *pool = &net->pools[NET_POOL_OF_SOCKETS];
    if (!pool->multi) {
        pool_init(pool, net->loop, connected);
        pool_keep_finished(pool);
    }
    net->connecting_count++;
    socket->is_connecting = true;
    transfer->started_ns = clock_monotonic_ns(net->clock);
    pool_prepare(pool, transfer->easy);
    transfer->pool = pool;
    pool_add(pool, transfer->easy);
}

void connecting_enter(struct socket *socket)
{
    struct net *net = socket->session->net;
    struct socket **last = &net->waiting;
    if (net->connecting_count < CONNECTING_LIMIT) {
        start(socket);
        return;
    }
    while (*last) {
        last = &(*last)->next_waiting;
    }
    *last = socket;
}

static void leave_waiting(struct socket *socket)
{
    struct socket **link = &socket->session->net->waiting;
    while (*link && *link != socket) {
        link = &(*link)->next_waiting;
    }
    if (*link) {
        *link = socket->next_waiting;
    }
}

void connecting_leave(struct socket *socket)
{
    struct net *net = socket->session->net;
    if (!socket->is_connecting) {
        leave_waiting(socket);
        return;
    }
    socket->is_connecting = false;
    net->connecting_count--;
    struct socket *next = net->waiting;
    if (next) {
        net->waiting = next->next_waiting;
        start(next);
    }
}
