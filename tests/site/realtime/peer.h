/* SPDX-License-Identifier: MIT */
/*
 * One upgraded connection of the demo site: what it may hear, what waits to be sent, its timers.
 * Everything here happens under the site's lock; only the realtime thread frees one.
 */
#ifndef BDDRUN_SITE_REALTIME_PEER_H
#define BDDRUN_SITE_REALTIME_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"
#include "realtime/frames.h"

struct account;
struct peer;
struct site;

/* What is spoken on a connection. */
struct speech {
    void (*opened)(struct peer *peer);
    void (*heard)(struct peer *peer, unsigned opcode, struct text data);
    void (*due)(struct peer *peer, int64_t now_ms);
    /* Tells of an event; members are those of a JSON object, without its braces. */
    void (*tell)(struct peer *peer, const char *event, struct text members);
    void (*ended)(struct peer *peer); /* NULL: nothing to do */
};

extern const struct speech speech_json;      /* {"type": …, members} */
extern const struct speech speech_echo;      /* everything comes back */
extern const struct speech speech_socket_io; /* Socket.IO 5 on Engine.IO 4 */

extern const struct speech speech_pusher; /* Pusher 7 */

enum { PEER_SID_SIZE = 24, PEER_NAMESPACES = 4, PEER_NAMESPACE_SIZE = 16 };
#define PEER_NEVER INT64_MAX

struct socket_io_peer {
    char sid[PEER_SID_SIZE + 1];
    char joined[PEER_NAMESPACES][PEER_NAMESPACE_SIZE]; /* "/", "/omaha"; empty: none */
    int64_t heartbeat_ms;
    int64_t heartbeat_at_ms;
    int64_t answer_by_ms; /* to the last heartbeat; PEER_NEVER: answered */
    uint64_t next_ack;
    /* A packet that waits for its attachments. */
    struct buffer waiting;
    size_t attachments_wanted;
    struct buffer attachments;
    size_t attachment_sizes[8];
    size_t attachment_count;
};

enum {
    PEER_SUBPROTOCOL_SIZE = 16,
    PEER_CHANNELS = 4,
    PEER_CHANNEL_SIZE = 64,
    PEER_SOCKET_ID_SIZE = 32
};

struct pusher_channel {
    char name[PEER_CHANNEL_SIZE]; /* empty: none */
    struct buffer member;         /* of a presence channel: user_id and user_info */
};

struct pusher_peer {
    char socket_id[PEER_SOCKET_ID_SIZE];
    struct pusher_channel channels[PEER_CHANNELS];
};

#define PUSHER_KEY "arena-key"
#define PUSHER_SECRET "arena-secret"

struct peer {
    struct peer *next;
    struct peer *previous;
    struct site *site;
    const struct speech *speech;
    int descriptor;                /* -1 until the connection is handed over */
    uint32_t watched;              /* what epoll was told; 0: nothing yet */
    const struct account *account; /* NULL: a guest */
    bool is_player;                /* sits at the table; otherwise looks on */
    uint64_t table;                /* 0: the lobby */
    char subprotocol[PEER_SUBPROTOCOL_SIZE];
    struct buffer in;
    struct buffer out;
    size_t out_sent;
    struct buffer message; /* of a fragmented one */
    unsigned message_opcode;
    bool has_sent_close;
    bool is_gone;
    bool is_orphan;      /* its connection will never be handed over */
    int64_t close_by_ms; /* PEER_NEVER: not closing */
    int64_t due_ms;      /* when speech->due is wanted; PEER_NEVER: not */
    int64_t tick_every_ms;
    int64_t tick_at_ms;
    uint64_t ticks_left;
    uint64_t tick;
    struct socket_io_peer socket_io;
    struct pusher_peer pusher;
};

void peer_send(struct peer *peer, enum frame_opcode opcode, struct text data);

/* Starts the closing handshake; the connection ends with the other side's close, or after 2 s. */
void peer_close(struct peer *peer, unsigned code, const char *reason);

/* Without a word. */
void peer_drop(struct peer *peer);

/* Reads and writes what can be. */
void peer_read(struct peer *peer);
void peer_flush(struct peer *peer);

/* Acts on what was read. */
void peer_take_input(struct peer *peer);

/* What both protocols understand: true where the event was one of these. */
bool peer_act(struct peer *peer, struct text event, struct text members);

/* Tells a tick that is due; when the next one is. */
int64_t peer_tick(struct peer *peer, int64_t now_ms);

/* "KEY:SIGNATURE" of a subscription; channel_data may be empty. */
void pusher_sign(struct text socket_id, struct text channel, struct text channel_data,
                 struct buffer *out);

#endif
