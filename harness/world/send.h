/* SPDX-License-Identifier: MIT */
/*
 * Requests of a step under way: one or several an actor, each started when the request rates let
 * it. A step function fills a list and calls sending_start, which makes the step wait for all of
 * them; when they are finished they are logged and `then` is called. No response at all fails the
 * step unless is_failure_wanted.
 */
#ifndef BDDRUN_WORLD_SEND_H
#define BDDRUN_WORLD_SEND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/loop.h"
#include "exchange/request.h"
#include "net/http_settings.h"
#include "world/actor.h"

struct exchange;
struct step;

struct send {
    struct step *step;
    struct actor *actor;
    struct request request;
    const struct http_settings *settings; /* the actor's, or a copy for this request only */
    struct loop_timer timer;
    struct exchange *exchange; /* NULL until the rate allows it */
};

struct sending {
    struct send *list; /* in the world's arena */
    size_t count;
    struct cast cast; /* who acts */
    bool is_failure_wanted;
    void (*then)(struct step *step, struct sending *sending); /* NULL: nothing more */
    void *context;
    /* Of retries: when the next round starts. */
    struct loop_timer pause;
    bool is_pausing;
};

/* An empty sending of copies requests for each actor; NULL: the step has failed. */
struct sending *sending_new(struct step *step, struct cast cast, size_t copies);

/* Copies each prepared request, so that each is sent that many times at once. */
void sending_multiply(struct sending *sending, size_t copies);

/* Sends all (again). */
void sending_start(struct sending *sending);

/* Sends all again after a pause; the step's deadline stays. */
void sending_restart_after(struct sending *sending, uint64_t pause_ns);

#endif
