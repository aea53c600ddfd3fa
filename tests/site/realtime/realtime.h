/* SPDX-License-Identifier: MIT */
/*
 * The realtime half of the demo site: one thread waits for all upgraded connections. Everything
 * but realtime_start and realtime_stop is called under the site's lock.
 */
#ifndef BDDRUN_SITE_REALTIME_REALTIME_H
#define BDDRUN_SITE_REALTIME_REALTIME_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/attribute.h"
#include "base/text.h"
#include "realtime/peer.h"

struct MHD_Connection;
struct MHD_UpgradeResponseHandle;
struct site;
struct table;
struct visit;

enum { REALTIME_PAUSES = 256, REALTIME_TICKETS = 65536, TICKET_SIZE = 40 };

/* Until when a table (0: everything) takes no connections, because its server restarts. */
struct realtime_pause {
    uint64_t table;
    int64_t until_ms;
};

struct realtime_ticket {
    char text[TICKET_SIZE];
    const struct account *account;
    uint64_t table;
};

struct realtime {
    int epoll;
    int wake;
    pthread_t thread;
    bool is_ending;
    struct text sender; /* X-Socket-ID of the request being answered */
    struct peer *first;
    size_t peer_count;
    int64_t next_due_ms;
    struct realtime_pause pauses[REALTIME_PAUSES];
    size_t next_pause;
    struct realtime_ticket *tickets; /* REALTIME_TICKETS, the oldest are forgotten */
    size_t ticket_count;
};

/* What a visit asked for, kept until its connection is handed over. */
struct realtime_wish {
    const struct speech *speech; /* NULL: no upgrade */
    const struct account *account;
    bool is_player;
    uint64_t table;
    int64_t heartbeat_ms;    /* Socket.IO */
    struct text subprotocol; /* chosen, or empty */
    struct peer *peer;       /* from realtime_enter until its connection is handed over */
};

void realtime_start(struct site *site);
void realtime_stop(struct site *site); /* closes every connection with 1001 */

/* When no connection is served any more. */
void realtime_release(struct site *site);

/* Makes the peer that the visit wishes for: what is told from now on is sent to it as soon as its
 * connection is handed over, so that nobody who was let in misses anything. */
void realtime_enter(struct visit *visit);

/* MHD's upgrade handler; the context is the struct visit. */
void realtime_on_upgrade(void *context, struct MHD_Connection *connection,
                         void *request_context, const char *extra, size_t extra_size,
                         int descriptor, struct MHD_UpgradeResponseHandle *handle);

/* Tell of an event; the format makes the members of a JSON object, without its braces. */
void realtime_tell_table(struct site *site, uint64_t table, const char *event,
                         const char *format, ...) PRINTF_LIKE(4, 5);
void realtime_tell_lobby(struct site *site, const char *event, const char *format, ...)
    PRINTF_LIKE(3, 4);
void realtime_tell_player(struct site *site, struct text player, const char *event,
                          const char *format, ...) PRINTF_LIKE(4, 5);

/* What changed at a table: told to it and to the lobby. */
void realtime_tell_joined(struct site *site, const struct table *table, uint64_t seat);
void realtime_tell_left(struct site *site, const struct table *table,
                        const struct account *player, uint64_t seat);
void realtime_tell_closed(struct site *site, uint64_t table);

/* Closes every connection of the table (0: all) with 1012 and takes none for so long. */
size_t realtime_restart(struct site *site, uint64_t table, uint64_t pause_ms);
bool realtime_is_paused(const struct site *site, uint64_t table);

/* A new ticket to the table; lives until it is forgotten. */
const char *realtime_ticket(struct site *site, const struct account *account, uint64_t table);
const struct realtime_ticket *realtime_find_ticket(const struct site *site, struct text ticket);

/* For peers. */
void realtime_watch(struct peer *peer);
void realtime_expect(struct site *site, int64_t due_ms);
void realtime_wake(struct site *site);

/* The members of an event about the table as it is now: "table", "game", "players". */
void realtime_add_table(struct buffer *out, const struct table *table);

#endif
