/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "diff/conversation/conversation_diff.h"
#include "diff/identity.h"
#include "diff/mask/mask_judge.h"
#include "exchange/exchange.h"
#include "support/problem_text.h"
#include "support/talk_maker.h"

enum { PRINTED_LIMIT = 65536 };

static struct arena arena;
static struct conversation recorded;
static struct conversation live;
static struct mask_set masks;
static struct mask_judge *judge;
static struct conversation_diff_options options;
static struct conversation_diff diff;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    mask_set_init(&masks);
    recorded = (struct conversation){ .actor = TEXT("alice"), .protocol = TEXT("JSON") };
    live = recorded;
    options = (struct conversation_diff_options){ .place = TEXT("alice's socket") };
    judge = NULL;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mask_judge_free(judge);
    mask_set_release(&masks);
    identity_free(options.identity);
    arena_release(&arena);
    return 0;
}

static void add_mask(const char *line)
{
    struct problems problems;
    problems_init(&problems);
    if (!mask_set_add_line(&masks, text_of(line), span_none(), &problems)) {
        assert_problems(&problems, "");
    }
    problems_release(&problems);
}

/* All that was found is listed, too. */
static void list(void)
{
    struct differences differences;
    size_t told = 0;
    differences_init(&differences, &arena, NULL);
    conversation_diff_list(&diff, &differences);
    for (size_t i = 0; i < SEVERITIES; i++) {
        told += differences.totals[i];
    }
    assert_int_equal(told, diff.count);
}

static void compare(void)
{
    if (masks.count || options.identity) {
        judge = mask_judge_new(&masks, options.identity);
        options.judge = judge;
    }
    conversation_diff_compare(&recorded, &live, &options, &arena, &diff);
    list();
}

static void assert_printed(const char *expected)
{
    struct buffer out;
    buffer_init(&out, PRINTED_LIMIT);
    conversation_diff_print(&out, &diff);
    struct text printed = arena_text(&arena, buffer_text(&out));
    buffer_release(&out);
    assert_string_equal(printed.at, expected);
}

#define BOTH(...)                                                                              \
    (talk_maker_say(&recorded, &arena, __VA_ARGS__), talk_maker_say(&live, &arena, __VA_ARGS__))
#define RECORDED(...) talk_maker_say(&recorded, &arena, __VA_ARGS__)
#define LIVE(...) talk_maker_say(&live, &arena, __VA_ARGS__)

static void assert_twenty_of_each(size_t payloads, uint64_t seed)
{
    struct talk_plan plan = { .messages = 2000,
                              .streams = 8,
                              .missing = 20,
                              .extra = 20,
                              .changed = 20,
                              .swaps = 200,
                              .payloads = payloads,
                              .seed = seed };
    recorded.count = live.count = 0;
    talk_maker_pair(&plan, &arena, &recorded, &live);
    compare();
    assert_int_equal(diff.counts[CONVERSATION_MISSING], 20);
    assert_int_equal(diff.counts[CONVERSATION_EXTRA], 20);
    assert_int_equal(diff.counts[CONVERSATION_CHANGED], 20);
    assert_int_equal(diff.counts[CONVERSATION_REORDERED], 0);
    assert_int_equal(diff.counts[CONVERSATION_DUPLICATED], 0);
    assert_int_equal(diff.count, 60);
    assert_int_equal(diff.left_events, 2000);
    assert_int_equal(diff.right_events, 2000);
    assert_int_equal(diff.stream_count, 8);
    assert_in_range(diff.moved, 100, 250);
}

static void of_2000_messages_exactly_what_was_done_to_them_is_found(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        assert_twenty_of_each(0, seed);
    }
}

static void repeating_payloads_are_told_apart_by_their_order(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        assert_twenty_of_each(seed % 2 ? 40 : 5, seed);
    }
}

static void equal_talks_do_not_differ(void **state)
{
    (void)state;
    BOTH(true, "{\"type\": \"join\", \"seat\": 3}");
    BOTH(false, "{\"type\": \"joined\", \"seat\": 3}");
    compare();
    assert_true(conversation_diff_is_equal(&diff));
    assert_printed("no difference in 2 recorded and 2 live messages; 0 masked\n");
}

static void every_class_is_told_in_a_readable_block(void **state)
{
    (void)state;
    BOTH(true, "{\"type\": \"join\", \"seat\": 3}");
    RECORDED(false, "{\"type\": \"joined\", \"seat\": 3, \"chips\": 100, \"nick\": \"al\"}");
    LIVE(false, "{\"type\": \"joined\", \"seat\": 3, \"chips\": 90}");
    RECORDED(false, "{\"type\": \"deal\", \"card\": \"9h\"}");
    BOTH(false, "{\"type\": \"turn\", \"n\": 1}");
    BOTH(false, "{\"type\": \"turn\", \"n\": 2}");
    LIVE(false, "{\"type\": \"turn\", \"n\": 2}");
    LIVE(false, "{\"type\": \"bye\"}");
    compare();
    assert_printed("changed  received \"joined\"\n"
                   "    $.nick: expected \"al\"; and 1 more difference\n"
                   "missing  received \"deal\"\n"
                   "    expected {\"type\": \"deal\", \"card\": \"9h\"}\n"
                   "duplicated  received \"turn\"\n"
                   "    actual {\"type\": \"turn\", \"n\": 2}; sent twice\n"
                   "extra  received \"bye\"\n"
                   "    actual {\"type\": \"bye\"}; not recorded\n"
                   "1 changed, 1 missing, 1 extra, 1 duplicated of 5 recorded and 6 live "
                   "messages; 0 masked\n");
    assert_int_equal(conversation_diff_worst(&diff), SEVERITY_BREAKING);
}

static void what_only_changed_its_place_is_moved(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        RECORDED(false, "{\"type\": \"turn\", \"n\": %d}", i);
        LIVE(false, "{\"type\": \"turn\", \"n\": %d}", (i + 1) % 6);
    }
    compare();
    assert_printed("reordered  received \"turn\"\n"
                   "    expected {\"type\": \"turn\", \"n\": 0}; number 6 of its kind, "
                   "recorded as number 1\n"
                   "1 reordered of 6 recorded and 6 live messages; 0 masked\n");
    options.order = CONVERSATION_ORDER_UNORDERED;
    conversation_diff_compare(&recorded, &live, &options, &arena, &diff);
    assert_true(conversation_diff_is_equal(&diff));
}

static void order_between_streams_counts_only_when_asked_for(void **state)
{
    (void)state;
    RECORDED(false, "{\"type\": \"a\"}");
    BOTH(false, "{\"type\": \"b\"}");
    LIVE(false, "{\"type\": \"a\"}");
    compare();
    assert_true(conversation_diff_is_equal(&diff));
    assert_int_equal(diff.moved, 1);
    options.order = CONVERSATION_ORDER_STRICT;
    compare();
    assert_printed("reordered  received \"a\"\n"
                   "    expected {\"type\": \"a\"}; between messages of other streams\n"
                   "1 reordered of 2 recorded and 2 live messages; 0 masked\n");
}

static void masks_hold_in_payloads(void **state)
{
    (void)state;
    add_mask("JSON \"$.at\" date ± 5 s");
    add_mask("event \"tick\" JSON \"$.n\" number");
    RECORDED(false, "{\"type\": \"tick\", \"n\": 1, \"at\": \"2026-11-23T10:00:00Z\"}");
    LIVE(false, "{\"type\": \"tick\", \"n\": 7, \"at\": \"2026-11-23T10:00:04Z\"}");
    RECORDED(false, "{\"type\": \"turn\", \"n\": 1}");
    LIVE(false, "{\"type\": \"turn\", \"n\": 7}");
    RECORDED(false, "{\"type\": \"tick\", \"n\": 1, \"at\": \"2026-11-23T10:00:00Z\"}");
    LIVE(false, "{\"type\": \"tick\", \"n\": 7, \"at\": \"2026-11-23T10:00:06Z\"}");
    compare();
    assert_printed(
        "changed  received \"turn\"\n"
        "    $.n: expected 1, actual 7\n"
        "changed  received \"tick\"\n"
        "    $.at: expected \"2026-11-23T10:00:00Z\", actual \"2026-11-23T10:00:06Z\"\n"
        "2 changed of 3 recorded and 3 live messages; 1 masked\n");
}

static void ambient_streams_are_counted(void **state)
{
    (void)state;
    add_mask("event \"tick\" number ± 20 %");
    add_mask("event \"noise\" ignore");
    add_mask("event \"online\" length 1..3");
    add_mask("event \"hello\" present");
    for (int i = 0; i < 10; i++) {
        RECORDED(false, "{\"type\": \"tick\", \"n\": %d}", i);
        LIVE(false, "{\"type\": \"tick\", \"n\": %d}", i + 100);
        LIVE(false, "{\"type\": \"noise\", \"n\": %d}", i);
    }
    BOTH(false, "{\"type\": \"online\", \"n\": 3}");
    LIVE(false, "{\"type\": \"online\", \"n\": 4}");
    BOTH(false, "{\"type\": \"hello\", \"n\": 4}");
    LIVE(false, "{\"type\": \"hello\", \"n\": \"x\"}");
    live.list[live.count - 1].at_ns = recorded.list[recorded.count - 1].at_ns;
    live.list[0].at_ns = recorded.list[0].at_ns;
    compare();
    assert_printed("no difference in 12 recorded and 24 live messages; 24 masked\n");
    assert_true(diff.streams[0].is_ambient);
}

static void ambient_streams_keep_their_rate_and_shape(void **state)
{
    (void)state;
    add_mask("event \"tick\" number ± 20 %");
    add_mask("event \"online\" type");
    for (int i = 0; i < 10; i++) {
        RECORDED(false, "{\"type\": \"tick\", \"n\": %d}", i);
    }
    for (int i = 0; i < 3; i++) {
        LIVE(false, "{\"type\": \"tick\", \"n\": \"%d\"}", i);
    }
    live.list[2].at_ns = recorded.list[9].at_ns;
    RECORDED(false, "{\"type\": \"online\", \"n\": 3}");
    compare();
    assert_printed("shape  received \"tick\"\n"
                   "    expected {\"type\": \"tick\", \"n\": 0}, actual {\"type\": \"tick\", "
                   "\"n\": \"0\"}; 3 messages of another shape\n"
                   "rate  received \"online\"\n"
                   "    expected 1 message, actual 0 messages; event \"online\" type\n"
                   "rate  received \"tick\"\n"
                   "    expected 10 messages, actual 3 messages; event \"tick\" number ± 20 %\n"
                   "2 rate, 1 shape of 11 recorded and 3 live messages; 3 masked\n");
}

static void a_longer_talk_may_have_more_ticks(void **state)
{
    (void)state;
    add_mask("event \"tick\" number ± 10 %");
    for (int i = 0; i < 20; i++) {
        RECORDED(false, "{\"type\": \"tick\"}");
        LIVE(false, "{\"type\": \"tick\"}");
        LIVE(false, "{\"type\": \"tick\"}");
    }
    compare();
    assert_true(conversation_diff_is_equal(&diff));
}

static void streams_can_be_sets_or_keyed(void **state)
{
    (void)state;
    add_mask("event \"seat\" set");
    add_mask("event \"player\" by(id)");
    for (int i = 0; i < 4; i++) {
        RECORDED(false, "{\"type\": \"seat\", \"n\": %d}", i);
        LIVE(false, "{\"type\": \"seat\", \"n\": %d}", 3 - i);
        RECORDED(false, "{\"type\": \"player\", \"id\": %d, \"chips\": 5}", i);
        LIVE(false, "{\"type\": \"player\", \"id\": %d, \"chips\": %d}", 3 - i, i == 1 ? 6 : 5);
    }
    compare();
    assert_printed("changed  received \"player\"\n"
                   "    $.chips: expected 5, actual 6\n"
                   "1 changed of 8 recorded and 8 live messages; 0 masked\n");
}

#define UUID(n) "3f2504e0-4f89-41d3-9a0c-0305e82c33" n

static void new_ids_are_no_difference_and_crossed_ones_are(void **state)
{
    (void)state;
    options.identity = identity_new();
    RECORDED(false, "{\"type\": \"joined\", \"name\": \"al\", \"id\": \"" UUID("01") "\"}");
    LIVE(false, "{\"type\": \"joined\", \"name\": \"al\", \"id\": \"" UUID("a1") "\"}");
    RECORDED(false, "{\"type\": \"joined\", \"name\": \"bo\", \"id\": \"" UUID("02") "\"}");
    LIVE(false, "{\"type\": \"joined\", \"name\": \"bo\", \"id\": \"" UUID("a2") "\"}");
    RECORDED(false, "{\"type\": \"won\", \"player\": \"" UUID("01") "\"}");
    LIVE(false, "{\"type\": \"won\", \"player\": \"" UUID("a1") "\"}");
    compare();
    assert_printed("no difference in 3 recorded and 3 live messages; 3 masked\n");
    RECORDED(false, "{\"type\": \"won\", \"player\": \"" UUID("01") "\"}");
    LIVE(false, "{\"type\": \"won\", \"player\": \"" UUID("a2") "\"}");
    mask_judge_free(judge);
    compare();
    assert_printed("changed  received \"won\"\n"
                   "    $.player: expected \"3f2504e0-4f89-41d3-9a0c-0305e82c3301\", actual "
                   "\"3f2504e0-4f89-41d3-9a0c-0305e82c33a2\"; crossed ids at alice's socket "
                   "$['player']: '3f2504e0-4f89-41d3-9a0c-0305e82c33a2' stands where "
                   "'3f2504e0-4f89-41d3-9a0c-0305e82c3301' was recorded; that one is "
                   "'3f2504e0-4f89-41d3-9a0c-0305e82c33a1' (alice's socket $['id']); this one "
                   "was '3f2504e0-4f89-41d3-9a0c-0305e82c3302' (alice's socket $['id'])\n"
                   "1 changed of 4 recorded and 4 live messages; 3 masked\n");
}

static void text_and_bytes_are_compared_as_they_are(void **state)
{
    (void)state;
    recorded.protocol = live.protocol = TEXT("text");
    add_mask("text regex ^hello");
    RECORDED(false, "hello 1");
    LIVE(false, "hello 2");
    RECORDED(false, "bye 1");
    LIVE(false, "bye 2");
    struct conversation_message bytes = { .kind = CONVERSATION_BINARY,
                                          .data = TEXT("\x01\x02\x03") };
    conversation_keep(&recorded, &arena, &bytes);
    bytes.data = TEXT("\x01\x02\x03\x04");
    conversation_keep(&live, &arena, &bytes);
    compare();
    assert_printed("changed  received messages, 2 times\n"
                   "    expected bye 1, actual bye 2\n"
                   "    expected 3 bytes, actual 4 bytes\n"
                   "2 changed of 3 recorded and 3 live messages; 1 masked\n");
}

static void json_that_became_text_is_breaking(void **state)
{
    (void)state;
    RECORDED(false, "{\"a\": 1}");
    LIVE(false, "oops");
    compare();
    assert_printed("changed  received messages\n"
                   "    expected {\"a\": 1}, actual oops\n"
                   "1 changed of 1 recorded and 1 live messages; 0 masked\n");
    assert_int_equal(conversation_diff_worst(&diff), SEVERITY_BREAKING);
}

static void additions_are_informational(void **state)
{
    (void)state;
    RECORDED(false, "{\"a\": 1}");
    LIVE(false, "{\"a\": 1, \"b\": 2}");
    compare();
    assert_int_equal(conversation_diff_worst(&diff), SEVERITY_INFORMATIONAL);
    assert_printed("changed  received messages\n"
                   "    $.b: actual 2\n"
                   "1 changed of 1 recorded and 1 live messages; 0 masked\n");
}

static void the_end_and_the_handshake_are_compared(void **state)
{
    (void)state;
    struct exchange left = { .request.url = TEXT("wss://a.test/realtime"),
                             .response.status = 101 };
    struct exchange right = left;
    headers_add(&left.response.headers, &arena, TEXT("Sec-WebSocket-Protocol"), TEXT("v1"));
    headers_add(&right.response.headers, &arena, TEXT("Sec-WebSocket-Protocol"), TEXT("v2"));
    recorded.handshake = &left;
    live.handshake = &right;
    recorded.close =
        (struct conversation_close){ .by = CONVERSATION_ENDED_BY_SERVER, .code = 1000 };
    live.close = (struct conversation_close){ .by = CONVERSATION_ENDED_BY_SERVER,
                                              .code = 1011,
                                              .reason = TEXT("oops"),
                                              .failure = TEXT_EMPTY };
    compare();
    assert_printed(
        "closed differently  close\n"
        "    expected closed by the server with code 1000, actual closed by the server with "
        "code 1011: oops\n"
        "handshake  subprotocol\n"
        "    expected v1, actual v2\n"
        "1 closed differently, 1 handshake of 0 recorded and 0 live messages; 0 masked\n");
    live.handshake = NULL;
    live.close = (struct conversation_close){ .by = CONVERSATION_ENDED_BY_US, .code = 1000 };
    recorded.close = (struct conversation_close){ .by = CONVERSATION_OPEN };
    conversation_diff_compare(&recorded, &live, &options, &arena, &diff);
    assert_printed("handshake  status of the handshake\n"
                   "    expected 101\n"
                   "handshake  subprotocol\n"
                   "    expected v1\n"
                   "2 handshake of 0 recorded and 0 live messages; 0 masked\n");
    conversation_diff_compare(&live, &recorded, &options, &arena, &diff);
    assert_printed(
        "closed differently  close\n"
        "    expected closed by us with code 1000, actual left open\n"
        "handshake  status of the handshake\n"
        "    actual 101; not recorded\n"
        "handshake  subprotocol\n"
        "    actual v1; not recorded\n"
        "1 closed differently, 2 handshake of 0 recorded and 0 live messages; 0 masked\n");
}

static void answers_that_take_much_longer_are_late(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        BOTH(true, "{\"type\": \"ask\"}");
        BOTH(false, "{\"type\": \"answer\"}");
    }
    live.list[9].at_ns += 200000000;
    compare();
    assert_true(conversation_diff_is_equal(&diff));
    options.late_factor = 3;
    options.late_floor_ns = 50000000;
    compare();
    assert_printed("late  received \"answer\"\n"
                   "    expected after 10 ms, actual after 210 ms\n"
                   "1 late of 10 recorded and 10 live messages; 0 masked\n");
}

static void socketio_is_compared_by_its_events(void **state)
{
    (void)state;
    recorded.protocol = live.protocol = TEXT_EMPTY;
    RECORDED(false, "0{\"sid\":\"a\",\"pingInterval\":25000,\"pingTimeout\":20000}");
    RECORDED(true, "40");
    RECORDED(false, "40{\"sid\":\"x\"}");
    RECORDED(true, "421[\"bet\",{\"n\":5}]");
    RECORDED(false, "2");
    RECORDED(true, "3");
    RECORDED(false, "431[{\"ok\":true}]");
    RECORDED(false, "42[\"seat\",{\"n\":1}]");
    RECORDED(false, "42/vip,[\"seat\",1,2]");
    RECORDED(false, "451-[\"map\",{\"_placeholder\":true,\"num\":0}]");
    struct conversation_message bytes = { .kind = CONVERSATION_BINARY, .data = TEXT("AAA") };
    conversation_keep(&recorded, &arena, &bytes);
    RECORDED(false, "42[\"turn\"]");
    RECORDED(false, "4x");
    /* The same by polling, but for what the answer says. */
    LIVE(false, "0{\"sid\":\"b\",\"pingInterval\":30000,\"pingTimeout\":20000}");
    LIVE(true, "40");
    LIVE(false, "40{\"sid\":\"y\"}");
    LIVE(true, "2probe");
    LIVE(true, "5");
    LIVE(true, "427[\"bet\",{\"n\":5}]");
    LIVE(false, "6");
    LIVE(false, "437[{\"ok\":false}]\x1e"
                "42[\"seat\",{\"n\":1}]\x1e"
                "42/vip,[\"seat\",1,2]\x1e"
                "451-[\"map\",{\"_placeholder\":true,\"num\":0}]\x1e"
                "bQUFB\x1e"
                "42[\"turn\"]");
    LIVE(false, "4x");
    LIVE(false, "41");
    LIVE(false, "44{\"message\":\"no\"}");
    compare();
    assert_printed("changed  received answers to \"bet\"\n"
                   "    $.ok: expected true, actual false\n"
                   "handshake  Engine.IO pingInterval\n"
                   "    expected 25000, actual 30000\n"
                   "1 changed, 1 handshake of 7 recorded and 7 live messages; 0 masked\n");
}

static void broken_socketio_is_compared_as_it_came(void **state)
{
    (void)state;
    recorded.protocol = live.protocol = TEXT("Socket.IO");
    RECORDED(false, "451-[\"map\",{\"_placeholder\":true,\"num\":0}]");
    LIVE(false, "bAAA");
    LIVE(false, "b!");
    LIVE(false, "9");
    LIVE(false, "439[1]");
    LIVE(false, "42[]");
    struct conversation_message bytes = { .kind = CONVERSATION_BINARY, .data = TEXT("AAA") };
    conversation_keep(&live, &arena, &bytes);
    compare();
    assert_printed("missing  received \"map\"\n"
                   "    expected {\"_placeholder\":true,\"num\":0}\n"
                   "extra  received messages, 5 times\n"
                   "    actual \\x00\\x00; not recorded\n"
                   "    actual !; not recorded\n"
                   "    actual 9; not recorded\n"
                   "extra  received answers\n"
                   "    actual 1; not recorded\n"
                   "1 missing, 6 extra of 1 recorded and 6 live messages; 0 masked\n");
}

static void pusher_is_compared_by_its_events(void **state)
{
    (void)state;
    recorded.protocol = live.protocol = TEXT_EMPTY;
    RECORDED(false, "{\"event\":\"pusher:connection_established\",\"data\":"
                    "\"{\\\"socket_id\\\":\\\"1.1\\\",\\\"activity_timeout\\\":30}\"}");
    LIVE(false, "{\"event\":\"pusher:connection_established\",\"data\":"
                "\"{\\\"socket_id\\\":\\\"2.2\\\",\\\"activity_timeout\\\":30}\"}");
    BOTH(true, "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"table.7\"}}");
    BOTH(false,
         "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"table.7\"}");
    RECORDED(false, "{\"event\":\"pusher:ping\"}");
    RECORDED(false, "{\"event\":\"seat\",\"channel\":\"table.7\",\"data\":\"{\\\"n\\\":1}\"}");
    LIVE(false, "{\"event\":\"seat\",\"channel\":\"table.7\",\"data\":{\"n\":2}}");
    LIVE(false, "{\"event\":\"pusher:subscription_error\",\"channel\":\"x\"}");
    BOTH(false, "no JSON");
    compare();
    assert_printed("changed  received \"seat\" on \"table.7\"\n"
                   "    $.n: expected 1, actual 2\n"
                   "handshake  channel \"x\"\n"
                   "    actual refused; not recorded\n"
                   "1 changed, 1 handshake of 2 recorded and 2 live messages; 0 masked\n");
}

static void event_streams_have_the_names_of_their_events(void **state)
{
    (void)state;
    recorded.protocol = live.protocol = TEXT("event stream");
    struct conversation_message message = { .kind = CONVERSATION_EVENT,
                                            .event = TEXT("score"),
                                            .data = TEXT("{\"n\": 1}") };
    conversation_keep(&recorded, &arena, &message);
    message.data = TEXT("{\"n\": 2}");
    conversation_keep(&live, &arena, &message);
    compare();
    assert_printed("changed  received \"score\"\n"
                   "    $.n: expected 1, actual 2\n"
                   "1 changed of 1 recorded and 1 live messages; 0 masked\n");
}

/* What alice, bob and carol were told. */
static void compare_three(const char *const recorded_of[3], const char *const live_of[3])
{
    static const char *const actors[] = { "alice", "bob", "carol" };
    static struct conversation left[3];
    static struct conversation right[3];
    const struct conversation *lefts[3];
    const struct conversation *rights[3];
    for (size_t i = 0; i < 3; i++) {
        left[i] = (struct conversation){ .actor = text_of(actors[i]),
                                         .name = TEXT("table"),
                                         .protocol = TEXT("JSON") };
        right[i] = left[i];
        for (const char *at = recorded_of[i]; at && *at; at++) {
            talk_maker_say(&left[i], &arena, false, "{\"type\": \"turn\", \"n\": \"%c\"}", *at);
        }
        for (const char *at = live_of[i]; at && *at; at++) {
            talk_maker_say(&right[i], &arena, false, "{\"type\": \"turn\", \"n\": \"%c\"}",
                           *at);
        }
        lefts[i] = recorded_of[i] ? &left[i] : NULL;
        rights[i] = live_of[i] ? &right[i] : NULL;
    }
    conversation_diff_compare_all(lefts, rights, 3, &options, &arena, &diff);
    list();
}

static void a_lost_broadcast_is_one_line(void **state)
{
    (void)state;
    static const char *const before[] = { "abcd", "abcd", "abcd" };
    static const char *const lost[] = { "abcd", "abcd", "ad" };
    static const char *const won[] = { "abcd", "abcde", "abcde" };
    static const char *const none[] = { "abd", "abd", "abd" };
    compare_three(before, lost);
    assert_printed("broadcast  received \"turn\"\n"
                   "    expected alice, bob and carol, actual alice and bob; carol no longer "
                   "gets it (2 messages)\n"
                   "1 broadcast of 12 recorded and 10 live messages; 0 masked\n");
    assert_int_equal(diff.counts[CONVERSATION_MISSING], 0);
    compare_three(before, won);
    assert_printed("broadcast  received \"turn\"\n"
                   "    actual bob and carol; bob and carol now get it, too (1 message)\n"
                   "1 broadcast of 12 recorded and 14 live messages; 0 masked\n");
    compare_three(before, none);
    assert_printed("broadcast  received \"turn\"\n"
                   "    expected alice, bob and carol; nobody gets it any more (1 message)\n"
                   "1 broadcast of 12 recorded and 9 live messages; 0 masked\n");
}

static void what_concerns_one_receiver_has_his_name(void **state)
{
    (void)state;
    static const char *const before[] = { "abx", "ab", NULL };
    static const char *const after[] = { "ab", NULL, "ab" };
    compare_three(before, after);
    assert_printed("missing  alice: received \"turn\"\n"
                   "    expected {\"type\": \"turn\", \"n\": \"x\"}\n"
                   "missing  bob: socket \"table\"\n"
                   "    it was not opened\n"
                   "extra  carol: socket \"table\"\n"
                   "    not recorded\n"
                   "2 missing, 1 extra of 3 recorded and 2 live messages; 0 masked\n");
}

static void findings_become_differences(void **state)
{
    (void)state;
    struct differences differences;
    RECORDED(false, "{\"type\": \"deal\", \"card\": 1}");
    LIVE(false, "{\"type\": \"deal\", \"card\": 2}");
    RECORDED(false, "{\"type\": \"turn\", \"n\": 1}");
    LIVE(false, "{\"type\": \"bye\"}");
    live.close =
        (struct conversation_close){ .by = CONVERSATION_ENDED_BY_SERVER, .code = 1011 };
    compare();
    differences_init(&differences, &arena, NULL);
    conversation_diff_list(&diff, &differences);
    assert_int_equal(differences.count, 4);
    assert_int_equal(differences.by_class[DIFFERENCE_MISSING], 1);
    assert_int_equal(differences.by_class[DIFFERENCE_STATUS], 1);
    assert_int_equal(differences.by_class[DIFFERENCE_CHANGED], 2);
    assert_string_equal(differences.list[0]->path.at, "received \"turn\"");
}

static void thousands_of_findings_are_counted_and_the_first_kept(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; i++) {
        RECORDED(false, "{\"type\": \"turn\", \"n\": %d}", i);
        LIVE(false, "{\"type\": \"other\", \"n\": %d}", i);
    }
    compare();
    assert_int_equal(diff.counts[CONVERSATION_MISSING], 3000);
    assert_int_equal(diff.counts[CONVERSATION_EXTRA], 3000);
    assert_int_equal(diff.count, CONVERSATION_FINDINGS_LIMIT);
    assert_int_equal(diff.dropped, 5000);
}

static void beyond_the_bound_unique_messages_hold_the_rest(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++) {
        RECORDED(false, "{\"type\": \"turn\", \"n\": %d, \"v\": 1}", i);
        LIVE(false, "{\"type\": \"turn\", \"n\": %d, \"v\": %d}", i, i % 2 + 1);
    }
    compare();
    assert_true(diff.streams[0].is_too_different);
    assert_int_equal(diff.counts[CONVERSATION_CHANGED], 1000);
    assert_int_equal(diff.counts[CONVERSATION_MISSING], 0);
}

static const char *secret_hidden(struct text payload)
{
    return text_contains(payload, TEXT("hunter2")) ? "[secret]" : NULL;
}

static void print_hidden(void *context, struct buffer *out, struct text name,
                         struct text payload)
{
    (void)context;
    (void)name;
    const char *hidden = secret_hidden(payload);
    if (hidden) {
        buffer_add_string(out, hidden);
    } else {
        buffer_add(out, payload);
    }
}

static void payloads_are_shown_without_secrets_and_shortened(void **state)
{
    (void)state;
    static const struct difference_shown shown = { NULL, print_hidden };
    options.shown = &shown;
    RECORDED(false, "{\"type\": \"login\", \"password\": \"hunter2\"}");
    LIVE(false, "{\"type\": \"long\", \"text\": \"%0200dé\"}", 7);
    compare();
    assert_printed("missing  received \"login\"\n"
                   "    expected [secret]\n"
                   "extra  received \"long\"\n"
                   "    actual {\"type\": \"long\", \"text\": "
                   "\"0000000000000000000000000000000000000000000000000000000000000000000000000"
                   "000000000000000000000000000000000000000000000000000000000000000000000000000"
                   "00000000000000000000000000… (230 bytes); not recorded\n"
                   "1 missing, 1 extra of 1 recorded and 1 live messages; 0 masked\n");
}

static void many_streams_are_told_apart(void **state)
{
    (void)state;
    for (int i = 0; i < 300; i++) {
        BOTH(i % 2 == 0, "{\"type\": \"s%d\", \"n\": 1}", i);
    }
    LIVE(false, "{\"type\": \"s299\", \"n\": 2}");
    compare();
    assert_int_equal(diff.stream_count, 300);
    assert_int_equal(diff.counts[CONVERSATION_EXTRA], 1);
}

static void long_gaps_are_paired_by_their_place(void **state)
{
    (void)state;
    BOTH(false, "{\"type\": \"turn\", \"n\": \"first\"}");
    for (int i = 0; i < 50; i++) {
        RECORDED(false, "{\"type\": \"turn\", \"n\": %d}", i);
        LIVE(false, "{\"type\": \"turn\", \"n\": %d}", i + 1000);
    }
    RECORDED(false, "{\"type\": \"turn\", \"n\": 50}");
    BOTH(false, "{\"type\": \"turn\", \"n\": \"last\"}");
    compare();
    assert_int_equal(diff.counts[CONVERSATION_CHANGED], 50);
    assert_int_equal(diff.counts[CONVERSATION_MISSING], 1);
}

static void within_a_gap_the_most_alike_are_paired(void **state)
{
    (void)state;
    RECORDED(false, "{\"type\": \"a\", \"x\": 1, \"y\": 2, \"z\": 3}");
    LIVE(false, "{\"type\": \"a\", \"x\": 7, \"y\": 8, \"z\": 9}");
    LIVE(false, "{\"type\": \"a\", \"x\": 1, \"y\": 2, \"z\": 4}");
    BOTH(false, "{\"type\": \"a\", \"x\": 0}");
    RECORDED(false, "[1, 2, 3]");
    RECORDED(false, "[4, 5, 6]");
    LIVE(false, "[4, 5, 7]");
    RECORDED(false, "7");
    LIVE(false, "{\"x\": 0}");
    compare();
    assert_printed(
        "missing  received messages\n"
        "    expected [1, 2, 3]\n"
        "changed  received messages, 2 times\n"
        "    $: expected 7, actual {\"x\":0}\n"
        "    $[*]: expected 6, actual 7\n"
        "changed  received \"a\"\n"
        "    $.z: expected 3, actual 4\n"
        "extra  received \"a\"\n"
        "    actual {\"type\": \"a\", \"x\": 7, \"y\": 8, \"z\": 9}; not recorded\n"
        "3 changed, 1 missing, 1 extra of 5 recorded and 5 live messages; 0 masked\n");
}

static void equal_messages_missing_and_changed_are_told_apart(void **state)
{
    (void)state;
    RECORDED(false, "{\"type\": \"a\", \"n\": 1, \"v\": 1}");
    RECORDED(false, "{\"type\": \"a\", \"n\": 1, \"v\": 1}");
    RECORDED(false, "{\"type\": \"a\", \"n\": 1, \"v\": 1}");
    LIVE(false, "{\"type\": \"a\", \"n\": 1, \"v\": 2}");
    LIVE(false, "{\"type\": \"a\", \"n\": 1, \"v\": 1}");
    compare();
    assert_int_equal(diff.counts[CONVERSATION_CHANGED], 1);
    assert_int_equal(diff.counts[CONVERSATION_MISSING], 1);
    assert_int_equal(diff.counts[CONVERSATION_EXTRA], 0);
}

static void the_only_event_of_its_name_is_changed_whatever_it_says(void **state)
{
    (void)state;
    RECORDED(false, "{\"type\": \"a\", \"n\": 1, \"v\": 1}");
    LIVE(false, "{\"type\": \"a\", \"n\": 2, \"v\": 2}");
    RECORDED(false, "{\"n\": 1, \"v\": 1}");
    LIVE(false, "{\"n\": 2, \"w\": 2}");
    compare();
    assert_int_equal(diff.counts[CONVERSATION_CHANGED], 1);
    assert_int_equal(diff.counts[CONVERSATION_MISSING], 1); /* without a name it is another */
    assert_int_equal(diff.counts[CONVERSATION_EXTRA], 1);
}

static void a_change_inside_of_a_member_is_no_other_message(void **state)
{
    (void)state;
    BOTH(false, "{\"type\": \"a\", \"id\": 1, \"of\": {}}");
    RECORDED(false, "{\"type\": \"a\", \"id\": 2, \"of\": {\"n\": 1, \"v\": 1}}");
    LIVE(false, "{\"type\": \"a\", \"id\": 3, \"of\": {\"n\": 2, \"v\": 1}}");
    compare();
    assert_int_equal(diff.counts[CONVERSATION_CHANGED], 1);
    assert_int_equal(diff.count, 1);
}

static void the_name_of_an_event_may_be_elsewhere(void **state)
{
    (void)state;
    options.event_at = TEXT("$.meta.event");
    BOTH(false, "{\"meta\": {\"event\": \"tick\"}}");
    BOTH(false, "{\"meta\": {\"event\": 7}}");
    BOTH(false, "{}");
    compare();
    assert_int_equal(diff.stream_count, 2);
    assert_string_equal(diff.streams[0].name.at, "received \"tick\"");
    options.event_at = TEXT("$.meta[");
    conversation_diff_compare(&recorded, &live, &options, &arena, &diff);
    assert_int_equal(diff.stream_count, 1);
}

static void masks_of_sockets_have_the_scope_of_their_url(void **state)
{
    (void)state;
    struct exchange handshake = { .request.url = TEXT("wss://a.test/realtime?x=1") };
    recorded.handshake = &handshake;
    add_mask("GET /realtime event \"tick\" ignore");
    add_mask("GET /other event \"turn\" ignore");
    add_mask("/realtime event \"tick\" type");
    RECORDED(false, "{\"type\": \"tick\", \"n\": 1}");
    LIVE(false, "{\"type\": \"turn\", \"n\": 1}");
    compare();
    assert_printed("extra  received \"turn\"\n"
                   "    actual {\"type\": \"turn\", \"n\": 1}; not recorded\n"
                   "1 extra of 1 recorded and 1 live messages; 1 masked\n");
    assert_int_equal(masks.list[2]->usage.shadowed, 1);
}

static void ambient_streams_may_have_many_shapes_or_none(void **state)
{
    (void)state;
    recorded.protocol = live.protocol = TEXT("JSON");
    add_mask("event \"\" type");
    for (int i = 0; i < 20; i++) {
        RECORDED(false, "{\"k%d\": 1}", i % 18);
    }
    RECORDED(false, "text");
    BOTH(false, "{\"k1\": 2}");
    LIVE(false, "other text");
    LIVE(false, "[{\"k1\": 2}]");
    LIVE(false, "[1]");
    compare();
    assert_printed("shape  received messages\n"
                   "    expected {\"k0\": 1}, actual other text; 3 messages of another shape\n"
                   "1 shape of 22 recorded and 4 live messages; 4 masked\n");
}

static void an_ambient_stream_that_was_never_recorded_is_told(void **state)
{
    (void)state;
    add_mask("event \"tick\" type");
    add_mask("event \"tock\" length");
    BOTH(false, "{\"type\": \"tock\"}");
    LIVE(false, "{\"type\": \"tick\"}");
    compare();
    assert_printed("rate  received \"tick\"\n"
                   "    expected 0 messages, actual 1 message; event \"tick\" type\n"
                   "1 rate of 1 recorded and 2 live messages; 2 masked\n");
}

static void keyed_streams_tell_what_has_no_partner(void **state)
{
    (void)state;
    add_mask("event \"player\" by(id)");
    RECORDED(false, "{\"type\": \"player\", \"id\": 1}");
    RECORDED(false, "{\"type\": \"player\", \"id\": 2}");
    LIVE(false, "{\"type\": \"player\", \"id\": 2}");
    LIVE(false, "{\"type\": \"player\"}");
    compare();
    assert_printed("missing  received \"player\"\n"
                   "    expected {\"type\": \"player\", \"id\": 1}\n"
                   "extra  received \"player\"\n"
                   "    actual {\"type\": \"player\"}; not recorded\n"
                   "1 missing, 1 extra of 2 recorded and 2 live messages; 0 masked\n");
}

static void bytes_and_text_are_of_different_types(void **state)
{
    (void)state;
    recorded.protocol = live.protocol = TEXT("text");
    struct conversation_message bytes = { .kind = CONVERSATION_BINARY, .data = TEXT("abc") };
    conversation_keep(&recorded, &arena, &bytes);
    LIVE(false, "abd");
    bytes.kind = CONVERSATION_PING; /* of no interest */
    conversation_keep(&live, &arena, &bytes);
    compare();
    assert_printed("changed  received messages\n"
                   "    expected 3 bytes, actual 3 bytes\n"
                   "1 changed of 1 recorded and 1 live messages; 0 masked\n");
}

static void a_protocol_is_seen_from_the_handshake_or_the_messages(void **state)
{
    (void)state;
    struct exchange handshake = { .request.url =
                                      TEXT("wss://a.test/socket.io/?EIO=4&transport=websocket"),
                                  .response.status = 101 };
    recorded.protocol = live.protocol = TEXT_EMPTY;
    recorded.handshake = live.handshake = &handshake;
    BOTH(false, "42[\"seat\",{\"n\":1}]");
    BOTH(false, "1");
    BOTH(true, "41");
    BOTH(false, "43/vip,7[]");
    compare();
    assert_true(conversation_diff_is_equal(&diff));
    assert_int_equal(diff.stream_count, 2);
    recorded = live = (struct conversation){ .count = 0 };
    BOTH(false, "just text");
    conversation_diff_compare(&recorded, &live, &options, &arena, &diff);
    assert_int_equal(diff.stream_count, 1);
}

static void odd_messages_of_pusher_are_kept(void **state)
{
    (void)state;
    recorded.protocol = live.protocol = TEXT("Pusher");
    struct conversation_message bytes = { .kind = CONVERSATION_BINARY, .data = TEXT("abc") };
    conversation_keep(&recorded, &arena, &bytes);
    conversation_keep(&live, &arena, &bytes);
    BOTH(false, "{\"event\": 7}");
    BOTH(false, "{\"event\": \"pusher:connection_established\"}");
    BOTH(true, "{\"event\": \"pusher:unsubscribe\"}");
    BOTH(false, "{\"event\": \"pusher:pong\"}");
    BOTH(false, "{\"event\": \"x\", \"data\": \"plain\"}");
    BOTH(false, "{\"event\": \"x\"}");
    compare();
    assert_int_equal(diff.left_events, 4);
    assert_true(conversation_diff_is_equal(&diff));
}

static void connections_without_an_actor_are_numbered(void **state)
{
    (void)state;
    struct conversation other = { .protocol = TEXT("JSON") };
    const struct conversation *left[3];
    const struct conversation *right[3];
    recorded.actor = live.actor = TEXT_EMPTY;
    RECORDED(false, "{\"type\": \"turn\"}");
    left[0] = &recorded;
    right[0] = &live;
    left[1] = NULL;
    right[1] = &other;
    left[2] = right[2] = NULL;
    conversation_diff_compare_all(left, right, 3, &options, &arena, &diff);
    assert_printed("missing  socket 1: received \"turn\"\n"
                   "    expected {\"type\": \"turn\"}\n"
                   "extra  socket 2: socket\n"
                   "    not recorded\n"
                   "1 missing, 1 extra of 1 recorded and 0 live messages; 0 masked\n");
}

static void what_was_as_late_when_it_was_recorded_is_not_late(void **state)
{
    (void)state;
    for (int i = 0; i < 40; i++) {
        BOTH(true, "{\"type\": \"ask\"}");
        BOTH(false, "{\"type\": \"answer\"}");
    }
    recorded.list[79].at_ns += 900000000;
    live.list[79].at_ns += 900000000;
    options.late_factor = 2;
    compare();
    assert_true(conversation_diff_is_equal(&diff));
}

static void streams_without_answers_are_never_late(void **state)
{
    (void)state;
    options.late_factor = 2;
    BOTH(false, "{\"type\": \"hello\"}");
    BOTH(true, "{\"type\": \"ask\"}");
    LIVE(false, "{\"type\": \"extra\"}");
    BOTH(false, "{\"type\": \"answer\"}");
    options.late_floor_ns = 1000000000;
    compare();
    assert_int_equal(diff.counts[CONVERSATION_LATE], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(of_2000_messages_exactly_what_was_done_to_them_is_found,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(repeating_payloads_are_told_apart_by_their_order,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(equal_talks_do_not_differ, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_class_is_told_in_a_readable_block, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_only_changed_its_place_is_moved, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(order_between_streams_counts_only_when_asked_for,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(masks_hold_in_payloads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ambient_streams_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ambient_streams_keep_their_rate_and_shape, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_longer_talk_may_have_more_ticks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(streams_can_be_sets_or_keyed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(new_ids_are_no_difference_and_crossed_ones_are, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(text_and_bytes_are_compared_as_they_are, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(json_that_became_text_is_breaking, set_up, tear_down),
        cmocka_unit_test_setup_teardown(additions_are_informational, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_end_and_the_handshake_are_compared, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(answers_that_take_much_longer_are_late, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(socketio_is_compared_by_its_events, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_socketio_is_compared_as_it_came, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(pusher_is_compared_by_its_events, set_up, tear_down),
        cmocka_unit_test_setup_teardown(event_streams_have_the_names_of_their_events, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_lost_broadcast_is_one_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_concerns_one_receiver_has_his_name, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(findings_become_differences, set_up, tear_down),
        cmocka_unit_test_setup_teardown(thousands_of_findings_are_counted_and_the_first_kept,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(beyond_the_bound_unique_messages_hold_the_rest, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(payloads_are_shown_without_secrets_and_shortened,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_streams_are_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_gaps_are_paired_by_their_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(within_a_gap_the_most_alike_are_paired, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_only_event_of_its_name_is_changed_whatever_it_says,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_change_inside_of_a_member_is_no_other_message, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(equal_messages_missing_and_changed_are_told_apart,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_name_of_an_event_may_be_elsewhere, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(masks_of_sockets_have_the_scope_of_their_url, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(ambient_streams_may_have_many_shapes_or_none, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_ambient_stream_that_was_never_recorded_is_told,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(keyed_streams_tell_what_has_no_partner, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(bytes_and_text_are_of_different_types, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_protocol_is_seen_from_the_handshake_or_the_messages,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(odd_messages_of_pusher_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(connections_without_an_actor_are_numbered, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(streams_without_answers_are_never_late, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_was_as_late_when_it_was_recorded_is_not_late,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
