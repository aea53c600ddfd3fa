/* SPDX-License-Identifier: MIT */
/*
 * A conversation as its application means it: events instead of messages, whatever the transport.
 * Heartbeats and handshakes are not among them; what a handshake said is kept as facts. Both
 * directions are decoded the same way. What does not follow the protocol is an event of its own,
 * without a name, so that nothing is lost.
 */
#ifndef BDDRUN_DIFF_CONVERSATION_TALK_TALK_H
#define BDDRUN_DIFF_CONVERSATION_TALK_TALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "exchange/conversation.h"
#include "format/json.h"

#define TALK_NONE UINT32_MAX

struct talk_event {
    bool is_sent;
    bool is_reply; /* to a call: `name` is the call's */
    bool is_binary;
    struct text name;    /* may be empty */
    struct text channel; /* or namespace; may be empty */
    struct text data;    /* JSON text where json is not NULL */
    const struct json_value *json;
    uint64_t at_ns;
    uint32_t index; /* in the conversation's list */
    uint32_t cause; /* the call that a reply answers; TALK_NONE */
    bool has_call;
    uint64_t call;
    uint64_t hash;    /* of what is compared; see talk_hash.h */
    uint32_t stream;  /* see streams.h */
    uint32_t partner; /* the event of the other talk; TALK_NONE */
};

/* "Engine.IO pingInterval" = "25000", `channel "private-table.7"` = "joined" */
struct talk_fact {
    struct text name;
    struct text value;
};

struct talk {
    struct arena *arena;
    const struct conversation *conversation;
    struct talk_event *events; /* in the order of the wire; heap */
    size_t count;
    size_t capacity;
    struct talk_fact *facts; /* heap */
    size_t fact_count;
    size_t fact_capacity;
};

/* protocol: "text", "JSON", "Socket.IO", "Pusher", "event stream"; another or none: seen from the
 * handshake's URL and the messages. event_at: of JSON; empty: "$.type". Texts are the arena's or
 * the conversation's. */
struct talk_reading {
    struct text protocol;
    struct text event_at;
};
void talk_read(struct talk *talk, const struct conversation *conversation,
               const struct talk_reading *reading, struct arena *arena);
void talk_release(struct talk *talk);

/* The protocol that the conversation names or shows; empty: none is seen. */
struct text talk_protocol(const struct conversation *conversation);

#endif
