/* SPDX-License-Identifier: MIT */
/*
 * One packet of Socket.IO 5, as it follows Engine.IO's '4': TYPE [N-] [/namespace,] [id] [JSON]
 * (docs/socket.io-protocol, "Packet encoding"). Bytes follow in N messages of their own.
 */
#ifndef BDDRUN_PROTOCOL_SOCKETIO_PACKET_H
#define BDDRUN_PROTOCOL_SOCKETIO_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"
#include "format/json.h"

enum packet_type {
    PACKET_CONNECT,
    PACKET_DISCONNECT,
    PACKET_EVENT,
    PACKET_ACK,
    PACKET_CONNECT_ERROR,
    PACKET_BINARY_EVENT,
    PACKET_BINARY_ACK,
};

enum { PACKET_BYTES_LIMIT = 1000 }; /* attachments of one packet */

struct packet {
    enum packet_type type;
    size_t attachment_count;
    struct text space; /* the namespace; "/" where none is written */
    bool has_id;
    uint64_t id;
    struct text json;                /* empty: none */
    const struct json_value *parsed; /* NULL: none */
};

/* Texts are slices of bytes, values the arena's. False: *ret_rule is the rule that was broken. */
bool packet_read(struct text bytes, struct arena *arena, struct packet *ret_packet,
                 const char **ret_rule) MUST_CHECK;

/* With Engine.IO's '4' in front; `parsed` is not looked at. */
void packet_write(const struct packet *packet, struct buffer *out);

#endif
