/* SPDX-License-Identifier: MIT */
/*
 * Bytes within Socket.IO's data. On the wire {"_placeholder":true,"num":0} stands for the first
 * attachment; in scenarios {"$base64":"AQID"} stands for the bytes themselves, so that data with
 * bytes can be written, compared and shown like any other.
 */
#ifndef BDDRUN_PROTOCOL_SOCKETIO_ATTACHMENT_H
#define BDDRUN_PROTOCOL_SOCKETIO_ATTACHMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"
#include "format/json.h"

struct attachments {
    struct text *list;
    size_t count;
    size_t capacity; /* of the list, which is the arena's */
};

/* Adds json, parsed before as root, to out with the bytes in the places of placeholders. False: a
 * placeholder names no attachment. */
bool attachments_put_in(struct text json, const struct json_value *root,
                        const struct attachments *attachments, struct arena *arena,
                        struct buffer *out) MUST_CHECK;

/* Adds json with placeholders in the places of the bytes, which are added to the list. False: a
 * "$base64" is not Base64. */
bool attachments_take_out(struct text json, const struct json_value *root, struct arena *arena,
                          struct attachments *attachments, struct buffer *out) MUST_CHECK;

#endif
