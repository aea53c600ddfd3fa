/* SPDX-License-Identifier: MIT */
#include "event/shown_conversation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/attribute.h"
#include "base/clock.h"
#include "exchange/exchange.h"

enum { MESSAGES = 400 };

/* A conversation that a test fills; the list has room for MESSAGES. */
struct talk {
    struct arena arena;
    struct exchange handshake;
    struct conversation_message list[MESSAGES];
    struct conversation conversation;
};

static void talk_init(struct talk *talk)
{
    *talk = (struct talk){ .handshake = { .is_finished = true } };
    arena_init(&talk->arena);
    talk->handshake.request.url = TEXT("ws://127.0.0.1/realtime?ticket=1&token=s3cret");
    talk->handshake.response.status = 101;
    talk->handshake.started_at_ns = 5 * NANOSECONDS_PER_SECOND;
    talk->conversation.actor = TEXT("alice");
    talk->conversation.name = TEXT("table");
    talk->conversation.protocol = TEXT("JSON");
    talk->conversation.handshake = &talk->handshake;
    talk->conversation.list = talk->list;
    talk->conversation.close.at_ns = 9 * NANOSECONDS_PER_SECOND;
}

static void talk_release(struct talk *talk)
{
    arena_release(&talk->arena);
}

static void say(struct talk *talk, bool is_sent, enum conversation_kind kind, struct text data)
{
    struct conversation *all = &talk->conversation;
    assert_true(all->count < MESSAGES);
    uint64_t at_ns = (5 + all->count) * NANOSECONDS_PER_SECOND + 250 * 1000 * 1000;
    talk->list[all->count++] = (struct conversation_message){
        .at_ns = at_ns, .is_sent = is_sent, .kind = kind, .data = data
    };
    (is_sent ? all->sent : all->received)[kind]++;
    *(is_sent ? &all->sent_bytes : &all->received_bytes) += data.size;
}

static void counts_and_the_ending_are_always_told(void **state)
{
    (void)state;
    struct talk talk;
    talk_init(&talk);
    say(&talk, true, CONVERSATION_TEXT, TEXT("hello"));
    say(&talk, false, CONVERSATION_PING, TEXT(""));
    talk.conversation.close.by = CONVERSATION_ENDED_BY_SERVER;
    talk.conversation.close.code = 1012;
    talk.conversation.close.is_clean = true;
    talk.conversation.close.reason = TEXT("service restart");
    struct shown_conversation *shown =
        shown_conversation_make(&talk.arena, &talk.conversation, false);
    assert_int_equal(shown->count, 0);
    assert_int_equal(shown->left_out, 2);
    assert_int_equal(shown->sent[CONVERSATION_TEXT], 1);
    assert_int_equal(shown->received[CONVERSATION_PING], 1);
    assert_int_equal(shown->sent_bytes, 5);
    assert_int_equal(shown->code, 1012);
    assert_true(shown->is_clean);
    assert_int_equal(shown->status, 101);
    assert_true(shown->ended_ns == 9 * NANOSECONDS_PER_SECOND);
    assert_string_equal(shown->url.at, "ws://127.0.0.1/realtime?ticket=1&token=***");
    assert_int_equal(shown->refusal.size, 0);
    talk_release(&talk);
}

static void what_is_open_has_no_code(void **state)
{
    (void)state;
    struct talk talk;
    talk_init(&talk);
    talk.conversation.close.code = 1006;
    talk.conversation.handshake = NULL;
    struct shown_conversation *shown =
        shown_conversation_make(&talk.arena, &talk.conversation, true);
    assert_int_equal(shown->code, 0);
    assert_true(shown->ended_ns == 0);
    assert_int_equal(shown->url.size, 0);
    assert_int_equal(shown->count, 0);
    talk_release(&talk);
}

static void a_refusal_says_why(void **state)
{
    (void)state;
    static const struct {
        unsigned status;
        struct text reason;
        enum exchange_failure failure;
        struct text message;
        const char *refusal;
    } cases[] = {
        { 401, TEXT_STATIC("Unauthorized"), EXCHANGE_ANSWERED, TEXT_STATIC(""),
          "401 Unauthorized" },
        { 503, TEXT_STATIC(""), EXCHANGE_ANSWERED, TEXT_STATIC(""), "503" },
        { 101, TEXT_STATIC(""), EXCHANGE_ANSWERED, TEXT_STATIC(""), "" },
        { 200, TEXT_STATIC("OK"), EXCHANGE_ANSWERED, TEXT_STATIC(""), "" },
        { 0, TEXT_STATIC(""), EXCHANGE_REFUSED, TEXT_STATIC(""), "a refused connection" },
        { 101, TEXT_STATIC(""), EXCHANGE_OTHER, TEXT_STATIC("a wrong Sec-WebSocket-Accept"),
          "a wrong Sec-WebSocket-Accept" },
        { 0, TEXT_STATIC(""), EXCHANGE_OTHER, TEXT_STATIC(""), "no answer" },
    };
    struct talk talk;
    talk_init(&talk);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        talk.handshake.response.status = cases[i].status;
        talk.handshake.response.reason = cases[i].reason;
        talk.handshake.failure = cases[i].failure;
        talk.handshake.message = cases[i].message;
        struct shown_conversation *shown =
            shown_conversation_make(&talk.arena, &talk.conversation, false);
        assert_string_equal(arena_string(&talk.arena, shown->refusal), cases[i].refusal);
    }
    talk.handshake.is_finished = false;
    talk.handshake.response.status = 500;
    assert_int_equal(
        shown_conversation_make(&talk.arena, &talk.conversation, false)->refusal.size, 0);
    talk_release(&talk);
}

static void what_is_sensitive_by_its_key_is_masked_in_packets_too(void **state)
{
    (void)state;
    static const struct {
        enum conversation_kind kind;
        struct text data;
        const char *shown;
    } cases[] = {
        { CONVERSATION_TEXT, TEXT_STATIC("{\"type\":\"login\",\"password\":\"p4ss\"}"),
          "{\"type\":\"login\",\"password\":\"***\"}" },
        { CONVERSATION_TEXT, TEXT_STATIC("40/omaha,{\"token\":\"t\"}"),
          "40/omaha,{\"token\":\"***\"}" },
        { CONVERSATION_TEXT, TEXT_STATIC("421[\"login\",{\"secret\": \"t\"}]"),
          "421[\"login\",{\"secret\": \"***\"}]" },
        { CONVERSATION_TEXT, TEXT_STATIC("user=a&password=b"), "user=a&password=***" },
        { CONVERSATION_TEXT, TEXT_STATIC("hello"), "hello" },
        { CONVERSATION_EVENT, TEXT_STATIC("{\"api_key\": 5}"), "{\"api_key\": \"***\"}" },
        { CONVERSATION_BINARY, TEXT_STATIC("{\"token\":1}"), "{\"token\":1}" },
    };
    struct talk talk;
    talk_init(&talk);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        say(&talk, true, cases[i].kind, cases[i].data);
    struct shown_conversation *shown =
        shown_conversation_make(&talk.arena, &talk.conversation, true);
    shown_conversation_cut(shown);
    assert_int_equal(shown->count, ARRAY_SIZE(cases));
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_string_equal(arena_string(&talk.arena, shown->list[i].data), cases[i].shown);
        assert_int_equal(shown->list[i].bytes, cases[i].data.size);
    }
    talk_release(&talk);
}

static void of_many_messages_the_first_and_the_last_are_shown(void **state)
{
    (void)state;
    static const struct {
        size_t said, count, first, left_out;
    } cases[] = {
        { 0, 0, 0, 0 },
        { 1, 1, 1, 0 },
        { SHOWN_MESSAGES_EACH_END, 50, 50, 0 },
        { SHOWN_MESSAGES_EACH_END + 1, 51, 50, 0 },
        { SHOWN_MESSAGES_LIMIT, 100, 50, 0 },
        { SHOWN_MESSAGES_LIMIT + 1, 100, 50, 1 },
        { MESSAGES, 100, 50, MESSAGES - 100 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct talk talk;
        talk_init(&talk);
        for (size_t k = 0; k < cases[i].said; k++)
            say(&talk, false, CONVERSATION_TEXT, arena_format(&talk.arena, "message %zu", k));
        struct shown_conversation *shown =
            shown_conversation_make(&talk.arena, &talk.conversation, true);
        assert_int_equal(shown->count, cases[i].count);
        assert_int_equal(shown->first_count, cases[i].first);
        assert_int_equal(shown->left_out, cases[i].left_out);
        if (cases[i].said == MESSAGES) {
            assert_string_equal(shown->list[49].data.at, "message 49");
            assert_string_equal(shown->list[50].data.at, "message 350");
            assert_string_equal(shown->list[99].data.at, "message 399");
        }
        talk_release(&talk);
    }
}

static struct text long_text(struct arena *arena, char byte, size_t size)
{
    char *bytes = arena_array(arena, size, 1);
    memset(bytes, byte, size);
    return text_make(bytes, size);
}

static void payloads_share_a_budget_for_each_end(void **state)
{
    (void)state;
    struct talk talk;
    talk_init(&talk);
    say(&talk, false, CONVERSATION_TEXT, long_text(&talk.arena, 'a', 30000));
    say(&talk, false, CONVERSATION_TEXT, long_text(&talk.arena, 'b', 30000));
    say(&talk, false, CONVERSATION_TEXT, TEXT("in the middle"));
    say(&talk, false, CONVERSATION_TEXT, long_text(&talk.arena, 'c', 30000));
    say(&talk, false, CONVERSATION_TEXT, long_text(&talk.arena, 'd', 30000));
    struct shown_conversation *shown =
        shown_conversation_make(&talk.arena, &talk.conversation, true);
    shown_conversation_cut(shown);
    assert_int_equal(shown->count, 4);
    assert_int_equal(shown->first_count, 2);
    assert_int_equal(shown->left_out, 1);
    static const struct {
        char byte;
        size_t size;
    } expected[] = { { 'a', 30000 }, { 'b', 2768 }, { 'c', 2768 }, { 'd', 30000 } };
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
        assert_int_equal(shown->list[i].data.size, expected[i].size);
        assert_int_equal(shown->list[i].data.at[0], expected[i].byte);
        assert_int_equal(shown->list[i].bytes, 30000);
    }
    assert_int_equal(shown_conversation_bytes(shown), SHOWN_CONVERSATION_LIMIT_BYTES);
    talk_release(&talk);
}

static void what_may_hold_half_a_secret_is_taken_off_after_masking(void **state)
{
    (void)state;
    static const size_t half = SHOWN_CONVERSATION_LIMIT_BYTES / 2;
    static const struct {
        size_t size, masked_away, shown;
    } cases[] = {
        { 100, 0, 100 },
        { 100, 10, 90 },
        { half, 0, half },
        { half + 10, 0, half },
        { half + 10, 20, half - 10 }, /* nothing was cut off before masking */
        { half + SHOWN_MESSAGE_SLACK_BYTES + 1, 0, half },
        { half + SHOWN_MESSAGE_SLACK_BYTES + 1, 10, half - 10 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct talk talk;
        talk_init(&talk);
        say(&talk, false, CONVERSATION_TEXT, long_text(&talk.arena, 'a', cases[i].size));
        struct shown_conversation *shown =
            shown_conversation_make(&talk.arena, &talk.conversation, true);
        shown->list[0].data.size -= cases[i].masked_away;
        shown_conversation_cut(shown);
        assert_int_equal(shown->list[0].data.size, cases[i].shown);
        talk_release(&talk);
    }
}

static void expect_json(const struct shown_conversation *shown, const char *expected)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 20);
    shown_conversation_print_json(&out, shown);
    assert_string_equal(out.at, expected);
}

static void a_conversation_is_a_document(void **state)
{
    (void)state;
    struct talk talk;
    talk_init(&talk);
    say(&talk, true, CONVERSATION_TEXT, TEXT("a\"\n\xff"));
    say(&talk, false, CONVERSATION_BINARY, text_make("\x00\xff", 2));
    say(&talk, false, CONVERSATION_CLOSE, TEXT("bye"));
    talk.conversation.close = (struct conversation_close){
        .by = CONVERSATION_ENDED_BY_SERVER,
        .code = 1002,
        .reason = TEXT("bye"),
        .failure = TEXT("RFC 6455, 5.2"),
        .at_ns = 9 * NANOSECONDS_PER_SECOND,
    };
    expect_json(
        shown_conversation_make(&talk.arena, &talk.conversation, true),
        "{\"actor\":\"alice\",\"name\":\"table\",\"protocol\":\"JSON\","
        "\"url\":\"ws://127.0.0.1/realtime?ticket=1&token=***\",\"status\":101,"
        "\"started\":5.000000,\"sent\":{\"text\":1,\"bytes\":4},"
        "\"received\":{\"binary\":1,\"close\":1,\"bytes\":5},"
        "\"close\":{\"by\":\"server\",\"clean\":false,\"code\":1002,\"reason\":\"bye\","
        "\"failure\":\"RFC 6455, 5.2\",\"time\":9.000000},\"messages\":["
        "{\"type\":\"send\",\"time\":5.250000,\"opcode\":1,\"data\":\"a\\\"\\n\xef\xbf\xbd\"},"
        "{\"type\":\"receive\",\"time\":6.250000,\"opcode\":2,\"data\":\"AP8=\"},"
        "{\"type\":\"receive\",\"time\":7.250000,\"opcode\":8,\"data\":\"bye\"}],"
        "\"first\":3,\"leftOut\":0}");
    talk_release(&talk);
}

static void an_event_stream_and_a_refusal_are_documents_too(void **state)
{
    (void)state;
    struct talk talk;
    talk_init(&talk);
    talk.conversation.name = TEXT_EMPTY;
    talk.conversation.protocol = TEXT("event stream");
    talk.handshake.response.status = 401;
    talk.conversation.close.by = CONVERSATION_ENDED_BY_US;
    talk.conversation.close.code = 1006;
    say(&talk, false, CONVERSATION_EVENT, long_text(&talk.arena, 'x', 40000));
    talk.list[0].event = TEXT("score");
    struct shown_conversation *shown =
        shown_conversation_make(&talk.arena, &talk.conversation, true);
    shown_conversation_cut(shown);
    shown->list[0].data.size = 3;
    expect_json(shown, "{\"actor\":\"alice\",\"protocol\":\"event stream\","
                       "\"url\":\"ws://127.0.0.1/realtime?ticket=1&token=***\",\"status\":401,"
                       "\"refused\":\"401\",\"started\":5.000000,\"sent\":{\"bytes\":0},"
                       "\"received\":{\"event\":1,\"bytes\":40000},"
                       "\"close\":{\"by\":\"client\",\"clean\":false,\"code\":1006,"
                       "\"time\":9.000000},\"messages\":[{\"type\":\"receive\","
                       "\"time\":5.250000,\"opcode\":1,\"event\":\"score\",\"data\":\"xxx\","
                       "\"bytes\":40000}],\"first\":1,\"leftOut\":0}");
    talk.conversation.close.by = CONVERSATION_OPEN;
    talk.conversation.handshake = NULL;
    expect_json(shown_conversation_make(&talk.arena, &talk.conversation, false),
                "{\"actor\":\"alice\",\"protocol\":\"event stream\",\"started\":0.000000,"
                "\"sent\":{\"bytes\":0},\"received\":{\"event\":1,\"bytes\":40000},"
                "\"leftOut\":1}");
    talk_release(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_the_ending_are_always_told),
        cmocka_unit_test(what_is_open_has_no_code),
        cmocka_unit_test(a_refusal_says_why),
        cmocka_unit_test(what_is_sensitive_by_its_key_is_masked_in_packets_too),
        cmocka_unit_test(of_many_messages_the_first_and_the_last_are_shown),
        cmocka_unit_test(payloads_share_a_budget_for_each_end),
        cmocka_unit_test(what_may_hold_half_a_secret_is_taken_off_after_masking),
        cmocka_unit_test(a_conversation_is_a_document),
        cmocka_unit_test(an_event_stream_and_a_refusal_are_documents_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
