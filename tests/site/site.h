/* SPDX-License-Identifier: MIT */
/*
 * The demo site: an always-on game site in memory. It listens on loopback (or a Unix socket) and
 * serves every connection by a thread; handlers run one at a time, under the site's lock.
 */
#ifndef BDDRUN_SITE_SITE_H
#define BDDRUN_SITE_SITE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "realtime/realtime.h"
#include "table.h"
#include "tournament.h"

enum flavour { FLAVOUR_PRODUCTION, FLAVOUR_STAGING, FLAVOUR_BROKEN };

enum { SITE_JOBS = 4096, SITE_COUNTERS = 4096, SITE_SCORES = 256, SITE_SCORE_SIZE = 256 };

struct visit;

/* What a test has named: how often a flaky or limited endpoint was asked under this name. */
struct site_counter {
    char name[64];
    uint64_t count;
};

/* What the event stream tells: the latest scores, the oldest are forgotten. */
struct scores {
    pthread_cond_t changed;
    char list[SITE_SCORES][SITE_SCORE_SIZE]; /* JSON */
    uint64_t count;                          /* ever told; the id of the latest */
};

struct site {
    enum flavour flavour;
    const char *commit; /* NULL: the flavour's */
    pthread_mutex_t lock;
    struct accounts accounts;
    struct tables tables;
    struct buffer motd;
    uint64_t job_polls[SITE_JOBS];
    uint64_t next_job;
    struct site_counter counters[SITE_COUNTERS];
    size_t counter_count;
    uint64_t connections;  /* ever accepted */
    atomic_bool is_ending; /* slow answers are slow no more */
    struct realtime realtime;
    struct scores scores;
    struct tournament tournament;
};

enum route_flag {
    ROUTE_OPEN = 0,
    ROUTE_SESSION = 1, /* a page: starts a session where there is none */
    ROUTE_LOGIN = 2,   /* 401 without a log-in; 419 where it changes state without the token */
    ROUTE_TOKEN = 4,   /* 419 without the token of the session */
};

struct route {
    const char *method;  /* NULL: any */
    const char *pattern; /* {n}: a number, {w}: one segment */
    unsigned flags;
    void (*handle)(struct visit *visit);
};

/* Ended by one with handle == NULL. */
extern const struct route routes[];

struct site *site_new(enum flavour flavour);
void site_free(struct site *site);

/* Serves on the listening socket from now on; NULL on failure. */
struct MHD_Daemon *site_listen(struct site *site, int listener);

/* How often this was called with the name before. */
uint64_t site_count(struct site *site, struct text name);

const char *site_commit(const struct site *site);

#endif
