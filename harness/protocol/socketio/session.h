/* SPDX-License-Identifier: MIT */
/* The state of one Socket.IO connection: Engine.IO's session, the namespaces joined in it, and a
 * packet whose attachments are still to come. */
#ifndef BDDRUN_PROTOCOL_SOCKETIO_SESSION_H
#define BDDRUN_PROTOCOL_SOCKETIO_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "protocol/protocol.h"
#include "protocol/socketio/packet.h"

enum {
    SOCKETIO_BYTES_LIMIT = 64 << 20, /* one packet, and its attachments together */
};

enum socketio_phase {
    SOCKETIO_OPENING, /* Engine.IO's open packet is to come */
    SOCKETIO_PROBING, /* 2probe was sent, 3probe is to come */
    SOCKETIO_OPEN,
    SOCKETIO_OVER, /* ended or broken */
};

enum space_state { SPACE_JOINING, SPACE_JOINED, SPACE_LEFT };

struct space {
    struct text name;
    enum space_state state;
};

struct protocol_state {
    struct arena *arena;
    const struct protocol_sink *sink;
    struct text first; /* the namespace that is joined first */
    struct text auth;
    bool is_upgrade; /* of a session opened by polling */
    bool is_ready;
    enum socketio_phase phase;
    struct space *spaces; /* in the order of joining */
    size_t space_count;
    size_t space_capacity;
    uint64_t next_call;
    uint64_t ping_interval_ms; /* 0: not known, as after an upgrade */
    uint64_t ping_timeout_ms;
    uint64_t payload_limit_bytes; /* of what the server takes; 0: not known */
    size_t awaited;               /* attachments still to come */
    struct buffer packet;         /* what they belong to */
    struct buffer bytes;          /* those that came, one after the other */
    size_t *sizes;                /* of each */
    size_t size_count;
    size_t size_capacity;
};

/* engine.c: what is not Engine.IO's own is handed to socketio_packet and socketio_bytes. */
void socketio_opened(struct protocol_state *state);
void socketio_received(struct protocol_state *state, enum conversation_kind kind,
                       struct text data);
void socketio_due(struct protocol_state *state);
void socketio_break(struct protocol_state *state, struct text bytes, const char *rule);

/* incoming.c */
void socketio_packet(struct protocol_state *state, struct text bytes);
void socketio_bytes(struct protocol_state *state, struct text bytes);

/* spaces.c: NULL where the namespace was never asked for. */
struct space *space_find(const struct protocol_state *state, struct text name);
void space_connect(struct protocol_state *state, const struct space *space);
bool socketio_join(struct protocol_state *state, struct text name, struct problems *problems);
bool socketio_leave(struct protocol_state *state, struct text name, struct problems *problems);
void socketio_goodbye(struct protocol_state *state);

/* outgoing.c */
bool socketio_send_event(struct protocol_state *state, struct text name, struct text channel,
                         struct text data, uint64_t *ret_call, struct problems *problems);
bool socketio_reply(struct protocol_state *state, struct text channel, uint64_t call,
                    struct text data, struct problems *problems);

#endif
