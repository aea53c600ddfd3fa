/* SPDX-License-Identifier: MIT */
#include "exchange/conversation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void messages_are_kept_in_order_with_texts_of_their_own(void **state)
{
    (void)state;
    struct arena arena CLEANUP(arena_release);
    struct conversation conversation = { .count = 0 };
    arena_init(&arena);
    for (char letter = 'a'; letter <= 'z'; letter++) {
        const struct conversation_message message = { .at_ns = (uint64_t)letter,
                                                      .kind = CONVERSATION_EVENT,
                                                      .data = text_make(&letter, 1),
                                                      .event = TEXT("e") };
        const struct conversation_message *kept =
            conversation_keep(&conversation, &arena, &message);
        assert_ptr_equal(kept, &conversation.list[conversation.count - 1]);
    }
    assert_int_equal(conversation.count, 26);
    for (size_t i = 0; i < conversation.count; i++) {
        assert_int_equal(conversation.list[i].data.at[0], 'a' + (int)i);
        assert_int_equal(conversation.list[i].at_ns, 'a' + i);
        assert_true(text_is(conversation.list[i].event, "e"));
    }
}

static void counts_tell_directions_and_kinds_apart(void **state)
{
    (void)state;
    struct conversation conversation = { .count = 0 };
    conversation_count(&conversation, true, CONVERSATION_TEXT, 5);
    conversation_count(&conversation, false, CONVERSATION_TEXT, 7);
    conversation_count(&conversation, false, CONVERSATION_PING, 1);
    assert_int_equal(conversation.sent[CONVERSATION_TEXT], 1);
    assert_int_equal(conversation.received[CONVERSATION_TEXT], 1);
    assert_int_equal(conversation.received[CONVERSATION_PING], 1);
    assert_int_equal(conversation.sent[CONVERSATION_PING], 0);
    assert_int_equal(conversation.sent_bytes, 5);
    assert_int_equal(conversation.received_bytes, 8);
    assert_int_equal(conversation.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_kept_in_order_with_texts_of_their_own),
        cmocka_unit_test(counts_tell_directions_and_kinds_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
