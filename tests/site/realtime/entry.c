/* SPDX-License-Identifier: MIT */
/* Who may enter: tickets, and the pauses while a server restarts. */
#include <stdio.h>

#include "realtime/realtime.h"
#include "site.h"

size_t realtime_restart(struct site *site, uint64_t table, uint64_t pause_ms)
{
    struct realtime *realtime = &site->realtime;
    realtime->pauses[realtime->next_pause++ % REALTIME_PAUSES] =
        (struct realtime_pause){ table, now_ms() + (int64_t)pause_ms };
    size_t closed = 0;
    for (struct peer *peer = realtime->first; peer; peer = peer->next) {
        if (!peer->is_gone && !peer->has_sent_close && (table == 0 || peer->table == table)) {
            peer_close(peer, 1012, "service restart");
            closed++;
        }
    }
    return closed;
}

bool realtime_is_paused(const struct site *site, uint64_t table)
{
    int64_t now = now_ms();
    for (size_t i = 0; i < REALTIME_PAUSES; i++) {
        const struct realtime_pause *pause = &site->realtime.pauses[i];
        if (now < pause->until_ms && (pause->table == 0 || pause->table == table)) {
            return true;
        }
    }
    return false;
}

const char *realtime_ticket(struct site *site, const struct account *account, uint64_t table)
{
    struct realtime *realtime = &site->realtime;
    struct realtime_ticket *ticket =
        &realtime->tickets[realtime->ticket_count++ % REALTIME_TICKETS];
    char uuid[37];
    uuid_random(uuid);
    (void)snprintf(ticket->text, sizeof ticket->text, "T-%s", uuid);
    ticket->account = account;
    ticket->table = table;
    return ticket->text;
}

const struct realtime_ticket *realtime_find_ticket(const struct site *site, struct text ticket)
{
    const struct realtime *realtime = &site->realtime;
    size_t kept = realtime->ticket_count < REALTIME_TICKETS ? realtime->ticket_count
                                                            : (size_t)REALTIME_TICKETS;
    for (size_t i = 0; i < kept; i++) {
        if (text_is(ticket, realtime->tickets[i].text)) {
            return &realtime->tickets[i];
        }
    }
    return NULL;
}
