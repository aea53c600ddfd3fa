/* SPDX-License-Identifier: MIT */
/*
 * A step that waits for something of each of several sockets: it looks at every socket whenever
 * anything has happened on the loop, until all have what is wanted, or the deadline passes.
 */
#ifndef BDDRUN_WORLD_SOCKET_WAIT_H
#define BDDRUN_WORLD_SOCKET_WAIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "world/actor_socket.h"

struct step;

struct socket_waiter {
    struct socket_wait *wait;
    struct actor_socket *socket;
    bool is_done;
    size_t cursor; /* of the inbox: all before were looked at */
    void *own;     /* the step's */
};

struct socket_wait {
    struct step *step;
    struct socket_waiter *list; /* one for each socket, in the world's arena */
    size_t count;
    size_t first; /* all before are done */
    /* Whether this socket has what is wanted; it may fail the step, which ends the wait. */
    bool (*look)(struct socket_waiter *waiter);
    /* All are done. NULL: nothing more to do. It may start to wait again. */
    void (*then)(struct socket_wait *wait);
    /* The deadline: fails the step, or not. */
    void (*late)(struct socket_wait *wait);
    /* Whatever came of it, before the step ends: frees. NULL: nothing. */
    void (*release)(struct socket_wait *wait);
    void *own;
};

/* Zeroed, with a waiter for each socket. */
struct socket_wait *socket_wait_new(struct step *step, const struct actor_sockets *sockets);

/* Starts, with the step's own deadline or the limit for receiving. */
void socket_wait_start(struct socket_wait *wait);

/* The same with a deadline that is not the step's own. */
void socket_wait_start_until(struct socket_wait *wait, uint64_t deadline_ns);

/* The first that is not done. */
struct socket_waiter *socket_wait_pending(struct socket_wait *wait, size_t *ret_count);

/* "within 2 s": how long the step has waited at its deadline. */
struct text socket_wait_time(const struct socket_wait *wait);

#endif
