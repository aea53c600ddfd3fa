/* SPDX-License-Identifier: MIT */
#include "exchange/conversation.h"

#include <string.h>

enum { FIRST_CAPACITY = 8 };

void conversation_count(struct conversation *conversation, bool is_sent,
                        enum conversation_kind kind, uint64_t size_bytes)
{
    if (is_sent) {
        conversation->sent[kind]++;
        conversation->sent_bytes += size_bytes;
    } else {
        conversation->received[kind]++;
        conversation->received_bytes += size_bytes;
    }
}

static void make_room(struct conversation *conversation, struct arena *arena)
{
    if (conversation->count < conversation->capacity) {
        return;
    }
    size_t capacity = conversation->capacity ? 2 * conversation->capacity : FIRST_CAPACITY;
    struct conversation_message *list =
        ARENA_ARRAY(arena, capacity, struct conversation_message);
    if (conversation->count > 0) {
        memcpy(list, conversation->list, conversation->count * sizeof *list);
    }
    conversation->list = list;
    conversation->capacity = capacity;
}

struct conversation_message *conversation_keep(struct conversation *conversation,
                                               struct arena *arena,
                                               const struct conversation_message *message)
{
    make_room(conversation, arena);
    struct conversation_message *kept = &conversation->list[conversation->count++];
    *kept = *message;
    kept->data = arena_text(arena, message->data);
    kept->event = arena_text(arena, message->event);
    return kept;
}
