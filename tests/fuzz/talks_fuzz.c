/* SPDX-License-Identifier: MIT */
/*
 * A byte that chooses the protocol, then messages of two conversations, a line each: `<` or `>`
 * (received, sent) of the first, `{` or `}` of the second, `b` before it for bytes. No
 * conversation crashes the comparison; each is equal to itself.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/attribute.h"
#include "diff/conversation/conversation_diff.h"
#include "diff/identity.h"

enum { MESSAGES_LIMIT = 2000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_messages(struct text rest, struct arena *arena, struct conversation talks[2])
{
    struct text line;
    for (uint64_t i = 0; i < MESSAGES_LIMIT && text_take_until(&rest, '\n', &line); i++) {
        bool is_binary = text_starts_with(line, TEXT("b"));
        char way = line.size > is_binary ? line.at[is_binary] : '<';
        struct conversation_message message = {
            .at_ns = i * 1000000,
            .is_sent = way == '>' || way == '}',
            .kind = is_binary ? CONVERSATION_BINARY : CONVERSATION_TEXT,
            .data = text_from(line, (size_t)is_binary + 1)
        };
        conversation_keep(&talks[way == '{' || way == '}'], arena, &message);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct text protocols[] = { TEXT_STATIC("Socket.IO"),
                                             TEXT_STATIC("Pusher"),
                                             TEXT_STATIC("JSON"),
                                             TEXT_STATIC("text"),
                                             { "", 0 } };
    struct arena arena CLEANUP(arena_release);
    struct conversation talks[2] = { { .count = 0 }, { .count = 0 } };
    struct conversation_diff diff;
    struct conversation_diff_options options = { .late_factor = 2 };
    struct text rest = text_make((const char *)data, size);
    size_t choice = size ? data[0] % 5 : 0;
    arena_init(&arena);
    talks[0].protocol = talks[1].protocol = protocols[choice];
    options.order = size % 2 ? CONVERSATION_ORDER_STRICT : CONVERSATION_ORDER_CAUSAL;
    read_messages(text_from(rest, 1), &arena, talks);
    conversation_diff_compare(&talks[0], &talks[0], &options, &arena, &diff);
    if (!conversation_diff_is_equal(&diff)) {
        abort();
    }
    options.identity = identity_new();
    conversation_diff_compare(&talks[0], &talks[1], &options, &arena, &diff);
    size_t lone = diff.counts[CONVERSATION_MISSING] + diff.counts[CONVERSATION_EXTRA];
    if (diff.dropped == 0 && lone > diff.left_events + diff.right_events) {
        abort();
    }
    identity_free(options.identity);
    return 0;
}
