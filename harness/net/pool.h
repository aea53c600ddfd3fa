/* SPDX-License-Identifier: MIT */
/*
 * Open connections and the transfers on them: one curl_multi driven by the loop through
 * curl_multi_socket_action. Sockets are opened close-on-exec and stay registered with the loop
 * between two requests on a kept connection. Private to net.
 */
#ifndef BDDRUN_NET_POOL_H
#define BDDRUN_NET_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include <curl/curl.h>

#include "base/loop.h"

struct pool_socket;

typedef void pool_done_function(void *transfer, CURLcode result);

struct pool {
    CURLM *multi;
    struct loop *loop;
    struct loop_timer timer;    /* what libcurl asked for */
    struct loop_timer finished; /* collects what finished while it was added */
    bool keeps_finished;
    struct pool_socket **sockets; /* by descriptor */
    size_t socket_capacity;
    size_t running; /* transfers added and not yet collected or removed */
    pool_done_function *done;
};

/* done gets the CURLOPT_PRIVATE of a finished easy handle, which has left the pool by then; it may
 * add and remove others. The pool must not move. */
void pool_init(struct pool *pool, struct loop *loop, pool_done_function *done);
void pool_release(struct pool *pool);

/* Starts the transfer at once: the first bytes may be sent by the time this returns. done is
 * called from the loop only. */
void pool_add(struct pool *pool, CURL *easy);
void pool_remove(struct pool *pool, CURL *easy);

/* A finished transfer stays in the pool, with its connection, until it is removed: for
 * CURLOPT_CONNECT_ONLY. Right after pool_init. */
void pool_keep_finished(struct pool *pool);

/* The watch of a kept transfer's connection, which reports to nobody yet: set its callback and
 * interest. The pool's; it ends with the connection. NULL: the connection is gone. */
struct loop_watch *pool_watch(struct pool *pool, CURL *easy);

/* The options that connections of this pool need. */
void pool_prepare(struct pool *pool, CURL *easy);

#endif
