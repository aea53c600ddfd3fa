/* SPDX-License-Identifier: MIT */
#include "event/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "support/report_fixture.h"

static void encode_result(struct buffer *out, const struct result *result)
{
    const struct event event = { EVENT_SCENARIO_FINISHED, 12345, { .result = result } };
    codec_encode(out, &event);
}

/* One with everything set. */
static struct shown_conversation *make_conversation(struct arena *arena)
{
    struct shown_conversation *shown = ARENA_NEW(arena, struct shown_conversation);
    *shown = (struct shown_conversation){
        .actor = TEXT("bob"),
        .name = TEXT("table"),
        .protocol = TEXT("JSON"),
        .url = TEXT("ws://h/"),
        .status = 101,
        .refusal = TEXT("r"),
        .ended_by = CONVERSATION_ENDED_BY_SERVER,
        .is_clean = true,
        .code = 4999,
        .reason = TEXT("why"),
        .failure = TEXT("f"),
        .hint = TEXT("h"),
        .started_ns = UINT64_MAX,
        .ended_ns = 2,
        .sent = { 1, 2, 3, 4, 5, 6 },
        .received = { 7, 8, 9, 10, 11, UINT64_MAX },
        .sent_bytes = 12,
        .received_bytes = 13,
        .list = ARENA_ARRAY(arena, 2, struct shown_message),
        .count = 2,
        .first_count = 1,
        .left_out = 14,
    };
    shown->list[0] = (struct shown_message){
        .at_ns = 3, .data = TEXT("a\0b"), .bytes = 70000, .is_cut = true
    };
    shown->list[1] = (struct shown_message){
        .at_ns = 4, .is_sent = true, .kind = CONVERSATION_EVENT, .event = TEXT("score")
    };
    return shown;
}

static void every_result_comes_out_as_it_went_in(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    for (uint32_t i = 0; i < FIXTURE_SCENARIOS; i++) {
        CLEANUP(buffer_release) struct buffer first;
        CLEANUP(buffer_release) struct buffer second;
        buffer_init(&first, 1 << 20);
        buffer_init(&second, 1 << 20);
        struct attachment attachment = { 0, TEXT("n"), TEXT("m"), TEXT("b\0c") };
        struct result_exchange exchange = { 0, &(struct shown_exchange){ .title = TEXT("t") } };
        struct result *result = report_fixture_result_of(&fixture, i);
        result->attachments = &attachment;
        result->attachment_count = 1;
        result->exchanges = &exchange;
        result->exchange_count = 1;
        struct shown_conversation *conversations[] = { make_conversation(&fixture.arena),
                                                       make_conversation(&fixture.arena) };
        result->conversations = conversations;
        result->conversation_count = 2;
        result->started_ns = UINT64_MAX;
        encode_result(&first, result);
        struct text bytes = buffer_text(&first);
        struct event decoded;
        assert_int_equal(codec_decode(&bytes, &fixture.arena, &decoded), CODEC_EVENT);
        assert_int_equal(bytes.size, 0);
        assert_int_equal(decoded.time_ns, 12345);
        assert_int_equal(decoded.result->line_count, result->line_count);
        assert_true(decoded.result->started_ns == UINT64_MAX);
        assert_int_equal(decoded.result->conversation_count, 2);
        assert_int_equal(decoded.result->conversations[1]->code, 4999);
        assert_int_equal(decoded.result->conversations[1]->list[0].bytes, 70000);
        encode_result(&second, decoded.result);
        assert_int_equal(first.size, second.size);
        assert_memory_equal(first.at, second.at, first.size);
    }
    report_fixture_release(&fixture);
}

static void frames_follow_each_other(void **state)
{
    (void)state;
    CLEANUP(buffer_release) struct buffer out;
    CLEANUP(arena_release) struct arena arena;
    buffer_init(&out, 1 << 16);
    arena_init(&arena);
    struct source source;
    source_init(&source, TEXT("f"), TEXT("text"));
    struct problem problem = {
        .kind = PROBLEM_ENVIRONMENT,
        .at = span_make(&source, 1, 2),
        .message = TEXT("no room"),
        .hint = TEXT("wait"),
    };
    const struct event started = { EVENT_SCENARIO_STARTED,
                                   1,
                                   { .scenario_started = { 70000, 2, 3 } } };
    const struct event told = { EVENT_PROBLEM, 2, { .problem = &problem } };
    codec_encode(&out, &started);
    codec_encode(&out, &told);
    problem.at = span_none();
    codec_encode(&out, &told);
    struct text bytes = buffer_text(&out);
    struct event event;
    assert_int_equal(codec_decode(&bytes, &arena, &event), CODEC_EVENT);
    assert_int_equal(event.scenario_started.scenario, 70000);
    assert_int_equal(event.scenario_started.attempt, 2);
    assert_int_equal(event.scenario_started.worker, 3);
    assert_int_equal(codec_decode(&bytes, &arena, &event), CODEC_EVENT);
    assert_int_equal(event.problem->kind, PROBLEM_ENVIRONMENT);
    assert_memory_equal(event.problem->message.at, "f:1:2: no room", 14);
    assert_memory_equal(event.problem->hint.at, "wait", 4);
    assert_int_equal(codec_decode(&bytes, &arena, &event), CODEC_EVENT);
    assert_memory_equal(event.problem->message.at, "no room", 7);
    assert_int_equal(codec_decode(&bytes, &arena, &event), CODEC_INCOMPLETE);
}

static void a_part_of_a_frame_is_incomplete(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 16);
    encode_result(&out, report_fixture_result_of(&fixture, FIXTURE_JOIN));
    struct event event;
    for (size_t size = 0; size < out.size; size++) {
        struct text bytes = text_slice(buffer_text(&out), 0, size);
        assert_int_equal(codec_decode(&bytes, &fixture.arena, &event), CODEC_INCOMPLETE);
        assert_int_equal(bytes.size, size);
    }
    report_fixture_release(&fixture);
}

/* Whatever is broken in a frame is noticed or gives another event, and never reads beyond it. */
static void broken_frames_are_survived(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 16);
    struct result *result = report_fixture_result_of(&fixture, FIXTURE_JOIN);
    struct shown_conversation *conversation = make_conversation(&fixture.arena);
    result->conversations = &conversation;
    result->conversation_count = 1;
    encode_result(&out, result);
    struct event event;
    size_t broken = 0;
    for (size_t at = 4; at < out.size; at++) {
        char kept = out.at[at];
        out.at[at] = (char)0xff;
        struct text bytes = buffer_text(&out);
        broken += codec_decode(&bytes, &fixture.arena, &event) == CODEC_BROKEN;
        out.at[at] = kept;
    }
    assert_true(broken > 100);
    for (uint32_t size = 0; size < out.size - 4; size++) { /* the frame ends early */
        struct text bytes = buffer_text(&out);
        memcpy(out.at, &size, sizeof size);
        assert_int_equal(codec_decode(&bytes, &fixture.arena, &event), CODEC_BROKEN);
    }
    uint32_t huge = CODEC_FRAME_LIMIT_BYTES + 1;
    memcpy(out.at, &huge, sizeof huge);
    struct text bytes = buffer_text(&out);
    assert_int_equal(codec_decode(&bytes, &fixture.arena, &event), CODEC_BROKEN);
    report_fixture_release(&fixture);
}

static void events_of_the_parent_do_not_come_through_the_pipe(void **state)
{
    (void)state;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    const char frame[] = { 2, 0, 0, 0, EVENT_RUN_STARTED, 0 };
    struct text bytes = text_make(frame, sizeof frame);
    struct event event;
    assert_int_equal(codec_decode(&bytes, &arena, &event), CODEC_BROKEN);
    const char endless[] = { 12, 0,  0,  0, EVENT_PROBLEM, -1, -1, -1, -1, -1, -1, -1,
                             -1, -1, -1, -1 };
    bytes = text_make(endless, sizeof endless);
    assert_int_equal(codec_decode(&bytes, &arena, &event), CODEC_BROKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_result_comes_out_as_it_went_in),
        cmocka_unit_test(frames_follow_each_other),
        cmocka_unit_test(a_part_of_a_frame_is_incomplete),
        cmocka_unit_test(broken_frames_are_survived),
        cmocka_unit_test(events_of_the_parent_do_not_come_through_the_pipe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
