/* SPDX-License-Identifier: MIT */
/*
 * The protocols spoken on top of WebSocket: a table, each a state machine without I/O.
 * The owner of a socket hands in what arrives and when a timer is due; the protocol answers through
 * its sink: frames to send (handshake, heartbeats, acknowledgements), events to keep, changes of
 * state. The sink may be called from within any function here but create and release; none is NULL.
 *
 * text and JSON: no handshake. Socket.IO: protocol 5 on Engine.IO 4, websocket transport
 * (socketio/socket.io, docs/socket.io-protocol and docs/engine.io-protocol). Pusher: protocol 7
 * (Pusher Channels, "WebSockets protocol").
 */
#ifndef BDDRUN_PROTOCOL_PROTOCOL_H
#define BDDRUN_PROTOCOL_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "exchange/conversation.h"
#include "exchange/header.h"
#include "protocol/protocol_sink.h"

struct protocol_options {
    struct text event_at;   /* JSON: path of an event's name; empty: "$.type" */
    struct text namespace_; /* Socket.IO: joined first; empty: "/" */
    struct text auth;       /* Socket.IO: JSON object sent when joining; empty: none */
    struct text session;    /* Socket.IO: see address; empty: a new session */
    struct text key;        /* Pusher: the application's key */
};

struct protocol_state; /* each protocol's own */

struct protocol {
    struct text name; /* as in {protocol}: "text", "JSON", "Socket.IO", "Pusher" */
    struct text key;  /* as in bddrun.yaml: text, json, socketio, pusher */
    /* Asked first. The URL of the upgrade, from what the scenario wrote (a URL or path): Socket.IO
     * adds /socket.io/, EIO and transport, Pusher /app/KEY, protocol, client and version, where
     * they are missing there and in query; added pairs go to query. A `sid` in either is that of
     * a session which the scenario opened by polling (GET with transport=polling; the namespace
     * not yet joined): options->session is set to it, and the session is upgraded. */
    struct text (*address)(struct protocol_options *options, struct text url,
                           struct headers *query, struct arena *arena);
    /* The state lies in the arena and on the heap: release it. sink is borrowed, options are
     * copied. False with a problem: an option cannot be used; nothing is to be released. */
    bool (*create)(struct arena *arena, const struct protocol_options *options,
                   const struct protocol_sink *sink, struct protocol_state **ret_state,
                   struct problems *problems);
    void (*release)(struct protocol_state *state);
    void (*opened)(struct protocol_state *state); /* the upgrade was accepted */
    /* A TEXT or BINARY message; others are of no interest. Nothing comes of it after BROKEN. */
    void (*received)(struct protocol_state *state, enum conversation_kind kind,
                     struct text data);
    void (*due)(struct protocol_state *state);
    /* Sends an event; data is JSON text or empty (none); {"$base64": …} in Socket.IO's data goes
     * as bytes. ret_call NULL: no answer wanted; else the number that the reply will carry. False
     * with a problem: no events, calls or channels here, or the channel was not joined. */
    bool (*send_event)(struct protocol_state *state, struct text name, struct text channel,
                       struct text data, uint64_t *ret_call, struct problems *problems);
    /* Answers a PROTOCOL_EVENT_CALL; data as in send_event. */
    bool (*reply)(struct protocol_state *state, struct text channel, uint64_t call,
                  struct text data, struct problems *problems);
    /* Joins a channel or namespace; PROTOCOL_JOINED or PROTOCOL_REFUSED follows, at once where it
     * is joined already. False with a problem: the protocol has neither. */
    bool (*join)(struct protocol_state *state, struct text channel, struct problems *problems);
    /* PROTOCOL_LEFT comes from within. False with a problem: it was not joined. */
    bool (*leave)(struct protocol_state *state, struct text channel, struct problems *problems);
    /* Pusher: the application's answer. auth empty: denied, reason says how. */
    void (*authorised)(struct protocol_state *state, struct text channel, struct text auth,
                       struct text channel_data, struct text reason);
    /* JSON array of the members of a presence channel as known now: {"user_id", "user_info"} each;
     * false: none is known. */
    bool (*members)(struct protocol_state *state, struct text channel, struct arena *arena,
                    struct text *ret_json);
    void (*goodbye)(struct protocol_state *state); /* before our close frame */
};

extern const struct protocol *const protocols[];
extern const size_t protocol_count;

/* By {protocol} of the vocabulary or by the key of bddrun.yaml; NULL: no such protocol. */
const struct protocol *protocol_find(struct text name);

#endif
