/* SPDX-License-Identifier: MIT */
#include "reporters/parts/report_conversation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/attribute.h"
#include "base/clock.h"

#define SECOND NANOSECONDS_PER_SECOND

static void expect(const struct result *result, const struct conversation_view *view,
                   const char *expected)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 20);
    const struct style_writer writer = { .out = &out };
    report_conversations(&writer, result, view);
    buffer_add_string(&out, "");
    assert_string_equal(out.size > 0 ? out.at : "", expected);
}

static void a_conversation_is_shown_message_by_message(void **state)
{
    (void)state;
    struct shown_message list[] = {
        { .at_ns = 5 * SECOND + 12000000,
          .is_sent = true,
          .data = TEXT("{\"a\":1}"),
          .bytes = 7 },
        { .at_ns = 4 * SECOND,
          .data = TEXT("x\n\x1b[2J\xe2\x82\xac tail"),
          .bytes = 99,
          .is_cut = true },
        { .at_ns = 6 * SECOND,
          .kind = CONVERSATION_BINARY,
          .data = text_make("\x00\xff", 2),
          .bytes = 2 },
        { .at_ns = 7 * SECOND, .kind = CONVERSATION_PING, .data = TEXT("") },
        { .at_ns = 7 * SECOND, .kind = CONVERSATION_CLOSE, .data = TEXT("bye"), .bytes = 3 },
        { .at_ns = 7 * SECOND, .kind = CONVERSATION_CLOSE, .data = TEXT("") },
    };
    struct shown_conversation shown = {
        .actor = TEXT("alice"),
        .name = TEXT("ta\nble"),
        .protocol = TEXT("JSON"),
        .url = TEXT("ws://h/realtime"),
        .started_ns = 5 * SECOND,
        .ended_by = CONVERSATION_ENDED_BY_SERVER,
        .code = 1012,
        .reason = TEXT("service\x1b restart"),
        .failure = TEXT("RFC 6455, 5.5: a ping of 126 bytes"),
        .hint = TEXT("fix the server"),
        .received = { 1, 1, 1, 2, 1 },
        .received_bytes = 123456,
        .sent = { 1 },
        .sent_bytes = 7,
        .list = list,
        .count = ARRAY_SIZE(list),
        .first_count = 2,
        .left_out = 7,
    };
    struct shown_conversation *all[] = { &shown };
    const struct result result = { .conversations = all, .conversation_count = 1 };
    const struct conversation_view view = {
        .with_messages = true, .sockets_limit = 3, .payload_limit = 8, .indent = 2
    };
    expect(&result, &view,
           "  alice's \"ta\\nble\" socket (JSON) at ws://h/realtime\n"
           "    closed by the server with code 1012: service\\x1b restart; "
           "received 2 messages, 2 pings, 1 pong (123 kB); sent 1 message (7 bytes)\n"
           "    RFC 6455, 5.5: a ping of 126 bytes\n"
           "    fix the server\n"
           "    +0.012 s → {\"a\":1}\n"
           "    +0.000 s ← x\\n\\x1b[2J … 6 of 99 bytes\n"
           "    … 7 more not shown\n"
           "    +1.000 s ← binary 00 ff\n"
           "    +2.000 s ← ping\n"
           "    +2.000 s ← close: bye\n"
           "    +2.000 s ← close\n");
}

static void sockets_end_in_words(void **state)
{
    (void)state;
    static const struct {
        struct shown_conversation shown;
        const char *expected;
    } cases[] = {
        { { .actor = TEXT_STATIC("I"), .protocol = TEXT_STATIC("text") },
          "my socket (text)\n  open at the end; " },
        { { .actor = TEXT_STATIC("bob"),
            .protocol = TEXT_STATIC("text"),
            .refusal = TEXT_STATIC("401 Unauthorized") },
          "bob's socket (text)\n  refused: 401 Unauthorized; " },
        { { .actor = TEXT_STATIC("bob"),
            .protocol = TEXT_STATIC("text"),
            .ended_by = CONVERSATION_ENDED_BY_US,
            .code = 1005 },
          "bob's socket (text)\n  closed by us without a code; " },
        { { .actor = TEXT_STATIC("bob"),
            .protocol = TEXT_STATIC("text"),
            .ended_by = CONVERSATION_ENDED_BY_SERVER,
            .code = 1006 },
          "bob's socket (text)\n  closed by the server without a close frame; " },
        { { .actor = TEXT_STATIC("bob"),
            .name = TEXT_STATIC("scores"),
            .protocol = TEXT_STATIC("event stream"),
            .ended_by = CONVERSATION_ENDED_BY_SERVER },
          "bob's \"scores\" event stream\n  closed by the server; " },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct shown_conversation shown = cases[i].shown;
        struct shown_conversation *all[] = { &shown };
        const struct result result = { .conversations = all, .conversation_count = 1 };
        const struct conversation_view view = { .sockets_limit = 1 };
        CLEANUP(buffer_release) struct buffer expected;
        buffer_init(&expected, 1000);
        buffer_add_format(&expected,
                          "%sreceived 0 messages (0 bytes); sent 0 messages (0 bytes)\n",
                          cases[i].expected);
        expect(&result, &view, expected.at);
    }
}

static void of_many_sockets_those_that_failed_come_first(void **state)
{
    (void)state;
    struct shown_conversation sockets[] = {
        { .actor = TEXT("spectators-1"), .protocol = TEXT("JSON") },
        { .actor = TEXT("spectators-2"), .protocol = TEXT("JSON") },
        { .actor = TEXT("spectators-3"),
          .protocol = TEXT("JSON"),
          .ended_by = CONVERSATION_ENDED_BY_SERVER,
          .code = 1012 },
        { .actor = TEXT("bob"), .protocol = TEXT("JSON") },
        { .actor = TEXT("carl"), .protocol = TEXT("JSON") },
        { .actor = TEXT(""), .protocol = TEXT("JSON") },
    };
    struct shown_conversation *all[ARRAY_SIZE(sockets)];
    for (size_t i = 0; i < ARRAY_SIZE(sockets); i++)
        all[i] = &sockets[i];
    struct failure failures[] = { { .message = TEXT("bob got no event") },
                                  { .message = TEXT("x"), .detail = TEXT("carl") } };
    struct result_line lines[] = { { .failure = &failures[0] },
                                   { 0 },
                                   { .failure = &failures[1] } };
    const struct result result = { .lines = lines,
                                   .line_count = ARRAY_SIZE(lines),
                                   .conversations = all,
                                   .conversation_count = ARRAY_SIZE(sockets) };
    const struct conversation_view view = { .sockets_limit = 2 };
    expect(&result, &view,
           "bob's socket (JSON)\n"
           "  open at the end; received 0 messages (0 bytes); sent 0 messages (0 bytes)\n"
           "carl's socket (JSON)\n"
           "  open at the end; received 0 messages (0 bytes); sent 0 messages (0 bytes)\n"
           "and 4 more sockets: 3 open at the end, 1 closed by the server with code 1012\n");
    struct shown_message said = { .data = TEXT("hi"), .bytes = 2 };
    for (size_t i = 0; i < ARRAY_SIZE(sockets); i++) {
        sockets[i].list = &said;
        sockets[i].count = 1;
    }
    const struct conversation_view concerned = {
        .with_messages = true, .concerned_only = true, .payload_limit = 9, .sockets_limit = 3
    };
    expect(&result, &concerned,
           "bob's socket (JSON)\n"
           "  open at the end; received 0 messages (0 bytes); sent 0 messages (0 bytes)\n"
           "  +0.000 s ← hi\n"
           "carl's socket (JSON)\n"
           "  open at the end; received 0 messages (0 bytes); sent 0 messages (0 bytes)\n"
           "  +0.000 s ← hi\n"
           "spectators-1's socket (JSON)\n"
           "  open at the end; received 0 messages (0 bytes); sent 0 messages (0 bytes)\n"
           "and 3 more sockets: 2 open at the end, 1 closed by the server with code 1012\n");
    const struct conversation_view all_but_one = { .sockets_limit = 5 };
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 20);
    const struct style_writer writer = { .out = &out };
    report_conversations(&writer, &result, &all_but_one);
    assert_true(
        text_ends_with(buffer_text(&out), TEXT("\nand 1 more socket: 1 open at the end\n")));
}

static void many_kinds_of_endings_are_counted_together(void **state)
{
    (void)state;
    struct shown_conversation sockets[10];
    struct shown_conversation *all[10];
    for (unsigned i = 0; i < 10; i++) {
        sockets[i] = (struct shown_conversation){ .ended_by = CONVERSATION_ENDED_BY_US,
                                                  .code = 4000 + i };
        all[i] = &sockets[i];
    }
    const struct result result = { .conversations = all, .conversation_count = 10 };
    const struct conversation_view view = { 0 };
    expect(&result, &view,
           "and 10 more sockets: 1 closed by us with code 4000, 1 closed by us with code 4001, "
           "1 closed by us with code 4002, 1 closed by us with code 4003, "
           "1 closed by us with code 4004, 1 closed by us with code 4005, "
           "1 closed by us with code 4006, 3 ended otherwise\n");
    const struct result none = { 0 };
    expect(&none, &view, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_conversation_is_shown_message_by_message),
        cmocka_unit_test(sockets_end_in_words),
        cmocka_unit_test(of_many_sockets_those_that_failed_come_first),
        cmocka_unit_test(many_kinds_of_endings_are_counted_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
