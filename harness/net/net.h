/* SPDX-License-Identifier: MIT */
/*
 * What all HTTP of a process shares: libcurl, the trusted certificates, the open connections.
 *
 * Process rule: net_global_new once in the parent, before the first fork and only by commands that
 * send requests; net_new in each worker after the fork (and in the parent only when it forks no
 * more): a connection must never be inherited. A child frees neither what it inherited.
 */
#ifndef BDDRUN_NET_NET_H
#define BDDRUN_NET_NET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/clock.h"
#include "base/loop.h"
#include "base/problem.h"
#include "base/text.h"

struct net_global;
struct net;

/* Raises the process's soft limit of open files (at most to 65,536), too. */
bool net_global_new(struct net_global **ret_global, struct problems *problems) MUST_CHECK;
void net_global_free(struct net_global *global); /* NULL is fine */

/* Reads the system's CA bundle (SSL_CERT_FILE where set), once; 17 ms. Call it in the parent when
 * any target is https: or wss:. A process that meets TLS without it reads it then. */
bool net_global_load_trust(struct net_global *global, struct problems *problems) MUST_CHECK;

/* All borrowed for the life of the net. */
struct net *net_new(struct net_global *global, struct loop *loop, const struct clock *clock);

/* Closes the connections. Sessions must be gone. */
void net_free(struct net *net);

/* Closes idle connections now; they are otherwise kept for the life of the net. */
void net_close_connections(struct net *net);

struct loop *net_loop(struct net *net);
const struct clock *net_clock(const struct net *net);

#endif
