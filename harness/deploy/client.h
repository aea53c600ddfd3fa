/* SPDX-License-Identifier: MIT */
/*
 * What a command asks of servers, one request after the other: markers, idle probes, registries,
 * hooks. One session with cookies and kept connections; it follows no redirect unless its settings
 * say so, and retries nothing. The exchanges live in its arena, until client_release.
 */
#ifndef BDDRUN_DEPLOY_CLIENT_H
#define BDDRUN_DEPLOY_CLIENT_H

#include "base/arena.h"
#include "base/attribute.h"
#include "base/loop.h"
#include "base/problem.h"
#include "exchange/exchange.h"
#include "exchange/request.h"
#include "net/http_settings.h"

struct http_session;
struct net;
struct net_global;

struct client {
    struct arena arena;
    struct loop loop;
    struct net_global *global;
    struct net *net;
    struct http_session *session;
    struct http_settings settings; /* the caller may change them between requests */
};

/* False with a problem; then nothing is to be released. The struct must not move. */
bool client_init(struct client *client, const struct clock *clock,
                 struct problems *problems) MUST_CHECK;
void client_release(struct client *client);

/* Sends it and waits for the answer. Never NULL: what went wrong is the exchange's failure. */
const struct exchange *client_send(struct client *client, const struct request *request);

/* The same on a new connection: libcurl sends a request again when a kept one turns out to be
 * closed, and what this one does must not be done twice. */
const struct exchange *client_send_once(struct client *client, const struct request *request);

#endif
