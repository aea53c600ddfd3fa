/* SPDX-License-Identifier: MIT */
#include "run/crew/message.h"

#include <string.h>

static void add_head(struct buffer *out, enum message_kind kind, size_t body_bytes)
{
    uint32_t size = (uint32_t)body_bytes;
    char head[MESSAGE_HEAD_BYTES];
    memcpy(head, &size, sizeof(size));
    head[sizeof(size)] = (char)kind;
    buffer_add(out, text_make(head, sizeof(head)));
}

void message_add(struct buffer *out, enum message_kind kind, struct text body)
{
    add_head(out, kind, body.size);
    buffer_add(out, body);
}

void message_add_assignment(struct buffer *out, const struct assignment *assignment,
                            struct text note)
{
    add_head(out, MESSAGE_ASSIGN, sizeof(*assignment) + note.size);
    buffer_add(out, text_make((const char *)assignment, sizeof(*assignment)));
    buffer_add(out, note);
}

enum message_result message_take(struct text *bytes, struct message *ret_message)
{
    uint32_t size;
    if (bytes->size < MESSAGE_HEAD_BYTES) {
        return MESSAGE_INCOMPLETE;
    }
    memcpy(&size, bytes->at, sizeof(size));
    unsigned char kind = (unsigned char)bytes->at[sizeof(size)];
    if (size > MESSAGE_LIMIT_BYTES || kind >= MESSAGE_KIND_COUNT) {
        return MESSAGE_BROKEN;
    }
    if (bytes->size - MESSAGE_HEAD_BYTES < size) {
        return MESSAGE_INCOMPLETE;
    }
    ret_message->kind = (enum message_kind)kind;
    ret_message->body = text_slice(*bytes, MESSAGE_HEAD_BYTES, MESSAGE_HEAD_BYTES + size);
    *bytes = text_from(*bytes, MESSAGE_HEAD_BYTES + size);
    return MESSAGE_WHOLE;
}

bool message_read_assignment(struct text body, struct assignment *ret_assignment,
                             struct text *ret_note)
{
    if (body.size < sizeof(*ret_assignment)) {
        return false;
    }
    memcpy(ret_assignment, body.at, sizeof(*ret_assignment));
    *ret_note = text_from(body, sizeof(*ret_assignment));
    return true;
}
