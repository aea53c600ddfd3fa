/* SPDX-License-Identifier: MIT */
/* The state of one Pusher connection. */
#ifndef BDDRUN_PROTOCOL_PUSHER_CONNECTION_H
#define BDDRUN_PROTOCOL_PUSHER_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol/protocol.h"
#include "protocol/pusher/channel.h"

enum pusher_phase { PUSHER_CONNECTING, PUSHER_CONNECTED, PUSHER_OVER };

enum {
    PUSHER_MESSAGE_LIMIT_BYTES = 64 << 20,
    PUSHER_ACTIVITY_DEFAULT_SECONDS = 120,
    PUSHER_ACTIVITY_MOST_SECONDS = 1 << 20,
    PUSHER_PONG_SECONDS = 30,
};

struct protocol_state {
    struct arena *arena;
    const struct protocol_sink *sink;
    enum pusher_phase phase;
    struct text socket_id;
    uint64_t activity_ns;
    bool is_pong_awaited;
    struct channel *channels; /* in the order of asking */
    size_t channel_count;
    size_t channel_capacity;
};

/* NULL: was never asked for. */
struct channel *pusher_channel(const struct protocol_state *state, struct text name);

/* incoming.c */
void pusher_received(struct protocol_state *state, enum conversation_kind kind,
                     struct text data);
void pusher_due(struct protocol_state *state);

/* outgoing.c: an event whose data is JSON text or empty (none). */
void pusher_send(const struct protocol_state *state, struct text name, struct text channel,
                 struct text data);
bool pusher_send_event(struct protocol_state *state, struct text name, struct text channel,
                       struct text data, uint64_t *ret_call, struct problems *problems);
bool pusher_join(struct protocol_state *state, struct text name, struct problems *problems);
bool pusher_leave(struct protocol_state *state, struct text name, struct problems *problems);
void pusher_authorised(struct protocol_state *state, struct text name, struct text auth,
                       struct text channel_data, struct text reason);

#endif
