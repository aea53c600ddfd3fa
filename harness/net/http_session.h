/* SPDX-License-Identifier: MIT */
/* What a net and a session hold. Private to net. */
#ifndef BDDRUN_NET_HTTP_SESSION_H
#define BDDRUN_NET_HTTP_SESSION_H

#include <stddef.h>

#include "base/random.h"
#include "exchange/cookie_jar.h"
#include "net/http.h"
#include "net/pool.h"
#include "net/socket/frames/masks.h"
#include "net/trust.h"

struct transfer;
struct socket;
struct event_stream;

struct net_global {
    struct trust trust;
};

enum { NET_POOL_OF_SOCKETS = HTTP_VERSION_2 + 1, NET_POOLS };

struct net {
    struct net_global *global;
    struct loop *loop;
    const struct clock *clock;
    struct random random;
    struct masks masks;           /* of WebSocket frames */
    struct pool pools[NET_POOLS]; /* by the version asked for; multi NULL: not made */
    struct transfer *free_transfers;
    size_t free_count;
    struct socket *waiting; /* to connect, the first first */
    size_t connecting_count;
};

struct http_session {
    struct net *net;
    struct arena *arena;
    struct cookie_jar cookies;
    struct transfer *transfers; /* under way */
    struct socket *sockets;     /* not yet freed */
    struct event_stream *streams;
};

#endif
