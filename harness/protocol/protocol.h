/* SPDX-License-Identifier: MIT */
/*
 * The protocols spoken on top of WebSocket: a table, each a state machine without I/O.
 * The owner of a socket hands in what arrives and when a timer is due; the protocol answers through
 * its sink: frames to send (handshake, heartbeats, acknowledgements), events to keep, changes of
 * state. All texts handed to the sink are borrowed for the call, unless they lie in what was
 * handed in. Its state lives in the arena given to create.
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

enum protocol_event_kind {
    PROTOCOL_EVENT_PLAIN, /* a message or event of the application */
    PROTOCOL_EVENT_REPLY, /* the answer to the call reply_to */
};

struct protocol_event {
    enum protocol_event_kind kind;
    struct text name;    /* of the event; empty: the protocol or the message has none */
    struct text channel; /* Pusher's channel, Socket.IO's namespace; empty: none or "/" */
    struct text data; /* JSON text where is_json, else the message as it came. One argument of
                            Socket.IO is that value, several are an array, none is null */
    bool is_json;
    bool is_binary;
    uint64_t reply_to;              /* of a reply */
    const struct text *attachments; /* Socket.IO's binary attachments, in order */
    size_t attachment_count;
};

enum protocol_change {
    PROTOCOL_READY,  /* the protocol's handshake is over: events may be sent */
    PROTOCOL_JOINED, /* the channel or namespace `subject` was joined; detail: its first data */
    PROTOCOL_REFUSED, /* it was refused; detail: why */
    PROTOCOL_LEFT,    /* it was left */
    PROTOCOL_ENDED,   /* the server said goodbye; a close of the connection follows */
    PROTOCOL_BROKEN, /* what came breaks the protocol: detail says which rule and the bytes (escaped,
                      capped). The owner drops the socket */
};

struct protocol_sink {
    void *context;
    void (*send)(void *context, enum conversation_kind kind, struct text data);
    void (*event)(void *context, const struct protocol_event *event);
    void (*changed)(void *context, enum protocol_change change, struct text subject,
                    struct text detail);
    /* Calls protocol->due in so many ns (from now); replaces the one before; 0: none. */
    void (*wake)(void *context, uint64_t after_ns);
    /* Pusher, private and presence channels: the owner asks the application (a POST of socket_id
     * and channel_name) and then calls protocol->authorised. */
    void (*authorise)(void *context, struct text channel, struct text socket_id);
};

struct protocol_options {
    struct text event_at;   /* JSON: path of an event's name; empty: "$.type" */
    struct text namespace_; /* Socket.IO: joined first; empty: "/" */
    struct text auth;       /* Socket.IO: JSON sent when joining; empty: none */
    struct text key;        /* Pusher: the application's key */
};

struct protocol_state; /* each protocol's own */

struct protocol {
    struct text name; /* as in {protocol}: "text", "JSON", "Socket.IO", "Pusher" */
    struct text key;  /* as in bddrun.yaml: text, json, socketio, pusher */
    /* The path and query of the upgrade, from what the scenario wrote (a URL or path): Socket.IO
     * adds EIO and transport, Pusher /app/KEY where the path has none. Added pairs go to query. */
    struct text (*address)(const struct protocol_options *options, struct text url,
                           struct headers *query, struct arena *arena);
    struct protocol_state *(*create)(struct arena *arena,
                                     const struct protocol_options *options,
                                     const struct protocol_sink *sink);
    void (*opened)(struct protocol_state *state); /* the upgrade was accepted */
    void (*received)(struct protocol_state *state, enum conversation_kind kind,
                     struct text data);
    void (*due)(struct protocol_state *state); /* NULL: no timers */
    /* Sends an event. data is JSON text or empty (none). ret_call NULL: no answer wanted; else the
     * number that the reply will carry. False with a problem: the protocol has no events, no
     * calls, no channels, or the channel was not joined. */
    bool (*send_event)(struct protocol_state *state, struct text name, struct text channel,
                       struct text data, uint64_t *ret_call, struct problems *problems);
    /* Joins a channel or namespace; PROTOCOL_JOINED or PROTOCOL_REFUSED follows. False: the protocol has
     * neither. */
    bool (*join)(struct protocol_state *state, struct text channel, struct problems *problems);
    bool (*leave)(struct protocol_state *state, struct text channel, struct problems *problems);
    /* Pusher: the application's answer. auth empty: denied, reason says how. */
    void (*authorised)(struct protocol_state *state, struct text channel, struct text auth,
                       struct text channel_data, struct text reason);
    /* JSON array of the members of a presence channel as known now; false: none is known. */
    bool (*members)(struct protocol_state *state, struct text channel, struct text *ret_json);
    void (*goodbye)(
        struct protocol_state *state); /* before our close frame; NULL: nothing to say */
};

extern const struct protocol *const protocols[];
extern const size_t protocol_count;

/* By {protocol} of the vocabulary or by the key of bddrun.yaml; NULL: no such protocol. */
const struct protocol *protocol_find(struct text name);

#endif
