/* SPDX-License-Identifier: MIT */
#include "event/emitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/attribute.h"
#include "exchange/conversation.h"
#include "exchange/exchange.h"
#include "redact/secrets.h"

struct emitting {
    struct secrets secrets;
    struct emitter emitter;
    struct source source;
};

static void start(struct emitting *emitting)
{
    secrets_init(&emitting->secrets);
    emitter_init(&emitting->emitter, &emitting->secrets);
    source_init(&emitting->source, TEXT("a.feature"), TEXT("Given a step\nThen hunter2 is 1"));
    const struct scenario_started attempt = { 7, 1, 2 };
    emitter_start(&emitting->emitter, &attempt, 99);
}

static void end(struct emitting *emitting)
{
    emitter_release(&emitting->emitter);
    secrets_release(&emitting->secrets);
}

static void lines_nest_as_they_begin_and_end(void **state)
{
    (void)state;
    struct emitting it;
    start(&it);
    struct emitter *emitter = &it.emitter;
    emitter_begin_step(emitter, 0);
    emitter_begin_line(emitter, TEXT("Given "), TEXT("inner"), span_all(&it.source));
    emitter_begin_line(emitter, TEXT("* "), TEXT("innermost"), span_none());
    emitter_end_line(emitter, STATUS_PASSED, 1, NULL, TEXT_EMPTY, span_none());
    emitter_end_line(emitter, STATUS_PASSED, 2, NULL, TEXT_EMPTY, span_none());
    emitter_end_line(emitter, STATUS_PASSED, 3, NULL, TEXT_EMPTY, span_none());
    emitter_begin_step(emitter, 1);
    emitter_end_line(emitter, STATUS_UNDEFINED, 0, NULL, TEXT("no step"),
                     span_make(&it.source, 13, 17));
    emitter_begin_line(emitter, TEXT("afterwards "), TEXT("clean"), span_none());
    emitter_end_line(emitter, STATUS_PASSED, 4, NULL, TEXT_EMPTY, span_none());
    emitter_correlation(emitter, TEXT("r1-7"));
    emitter_say(emitter, TEXT("first"), TEXT("hint"));
    emitter_say(emitter, TEXT("second"), TEXT_EMPTY);
    const struct result *result = emitter_finish(emitter, STATUS_UNDEFINED, 10, true);
    static const struct {
        enum result_line_kind kind;
        uint32_t step, depth;
        uint64_t duration_ns;
    } expected[] = { { RESULT_STEP, 0, 0, 3 },
                     { RESULT_NESTED, 0, 1, 2 },
                     { RESULT_NESTED, 0, 2, 1 },
                     { RESULT_STEP, 1, 0, 0 },
                     { RESULT_TEARDOWN, 0, 0, 4 } };
    assert_int_equal(result->line_count, ARRAY_SIZE(expected));
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
        assert_int_equal(result->lines[i].kind, expected[i].kind);
        assert_int_equal(result->lines[i].step, expected[i].step);
        assert_int_equal(result->lines[i].depth, expected[i].depth);
        assert_int_equal(result->lines[i].duration_ns, expected[i].duration_ns);
    }
    assert_int_equal(result->lines[1].place.line, 1);
    assert_int_equal(result->lines[3].place.line, 2);
    assert_int_equal(result->scenario, 7);
    assert_int_equal(result->attempt, 1);
    assert_int_equal(result->worker, 2);
    assert_int_equal(result->started_ns, 99);
    assert_true(result->will_be_retried);
    assert_string_equal(result->message.at, "first");
    assert_string_equal(result->correlation_id.at, "r1-7");
    end(&it);
}

static void lines_left_open_have_failed(void **state)
{
    (void)state;
    struct emitting it;
    start(&it);
    emitter_begin_step(&it.emitter, 0);
    emitter_begin_line(&it.emitter, TEXT("* "), TEXT("inner"), span_none());
    const struct result *result = emitter_finish(&it.emitter, STATUS_FAILED, 1, false);
    assert_int_equal(result->lines[0].status, STATUS_FAILED);
    assert_string_equal(result->lines[1].reason.at, "the step never ended");
    const struct scenario_started next = { 8, 0, 0 };
    emitter_start(&it.emitter, &next, 1);
    assert_int_equal(emitter_finish(&it.emitter, STATUS_PASSED, 1, false)->line_count, 0);
    end(&it);
}

static struct failure *make_failure(struct emitting *it, struct arena *arena)
{
    struct failure *failure = ARENA_NEW(arena, struct failure);
    const struct mismatch mismatch = {
        .what = TEXT("what hunter2"),
        .expected = TEXT("expected hunter2"),
        .actual = TEXT("actual aHVudGVyMg=="),
        .at = span_make(&it->source, 18, 25),
    };
    *failure = (struct failure){
        .message = TEXT("message hunter2"),
        .hint = TEXT("hint hunter2"),
        .detail = TEXT("got hunter2\nand more"),
        .expected = TEXT("e hunter2"),
        .actual = TEXT("a hunter2"),
        .has_values = true,
    };
    failure_add_mismatch(failure, arena, &mismatch);
    failure->exchange = ARENA_NEW(arena, struct shown_exchange);
    failure->exchange->curl = TEXT("curl hunter2");
    return failure;
}

static void a_secret_learnt_late_hides_what_came_before(void **state)
{
    (void)state;
    struct emitting it;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    start(&it);
    struct emitter *emitter = &it.emitter;
    emitter_begin_step(emitter, 0);
    emitter_begin_line(emitter, TEXT("Then "), TEXT("text hunter2"),
                       span_make(&it.source, 26, 30));
    emitter_attach(emitter, TEXT("name hunter2"), TEXT("text/plain"), TEXT("body hunter2!"));
    emitter_end_line(emitter, STATUS_FAILED, 1, make_failure(&it, &arena), TEXT("why hunter2"),
                     span_none());
    emitter_end_line(emitter, STATUS_FAILED, 1, NULL, TEXT_EMPTY, span_all(&it.source));
    emitter_say(emitter, TEXT("said hunter2"), TEXT("do hunter2"));
    assert_true(secrets_add(&it.secrets, TEXT("hunter2")));
    const struct result *result = emitter_finish(emitter, STATUS_FAILED, 1, false);
    const struct result_line *line = &result->lines[1];
    assert_string_equal(line->text.at, "text ***");
    assert_string_equal(line->reason.at, "why ***");
    assert_string_equal(line->place.text.at, "Then *** is 1");
    assert_int_equal(line->place.column, 14);
    assert_int_equal(line->place.caret, 10); /* goes with what it pointed at */
    assert_string_equal(line->failure->message.at, "message ***");
    assert_string_equal(line->failure->hint.at, "hint ***");
    assert_string_equal(line->failure->detail.at, "got ***\nand more");
    assert_string_equal(line->failure->expected.at, "e ***");
    assert_string_equal(line->failure->actual.at, "a ***");
    assert_string_equal(line->failure->exchange->curl.at, "curl ***");
    const struct mismatch *mismatch = &line->failure->mismatches[0];
    assert_string_equal(mismatch->what.at, "what ***");
    assert_string_equal(mismatch->actual.at, "actual ***==");
    assert_int_equal(mismatch->place.caret, 6);
    assert_int_equal(mismatch->place.width, 3);
    assert_string_equal(result->attachments[0].name.at, "name ***");
    assert_string_equal(result->attachments[0].body.at, "body ***!");
    assert_string_equal(result->message.at, "said ***");
    assert_string_equal(result->hint.at, "do ***");
    end(&it);
}

static void attachments_beyond_the_limit_are_left_out_and_said(void **state)
{
    (void)state;
    struct emitting it;
    start(&it);
    size_t size = EMITTER_ATTACHMENTS_LIMIT_BYTES - 10;
    char *large = malloc(size);
    assert_non_null(large);
    memset(large, 'x', size);
    emitter_attach(&it.emitter, TEXT("before any line"), TEXT("image/png"),
                   text_make(large, size));
    emitter_begin_step(&it.emitter, 0);
    emitter_end_line(&it.emitter, STATUS_PASSED, 0, NULL, TEXT_EMPTY, span_none());
    emitter_begin_step(&it.emitter, 1);
    emitter_end_line(&it.emitter, STATUS_PASSED, 0, NULL, TEXT_EMPTY, span_none());
    emitter_attach(&it.emitter, TEXT("too much"), TEXT("image/png"), TEXT("12345678901"));
    emitter_attach(&it.emitter, TEXT("fits"), TEXT("image/png"), TEXT("1234567890"));
    free(large);
    const struct result *result = emitter_finish(&it.emitter, STATUS_PASSED, 1, false);
    assert_int_equal(result->attachment_count, 3);
    assert_int_equal(result->attachments[0].body.size, size);
    assert_string_equal(result->attachments[1].body.at,
                        "left out: 11 bytes pass the limit of 4194304 for one scenario\n");
    assert_string_equal(result->attachments[1].media_type.at, "text/plain");
    assert_int_equal(result->attachments[1].line, 1);
    assert_string_equal(result->attachments[2].body.at, "1234567890");
    end(&it);
}

static void exchanges_are_kept_when_wanted(void **state)
{
    (void)state;
    struct emitting it;
    start(&it);
    assert_true(secrets_add(&it.secrets, TEXT("hunter2")));
    struct exchange exchange = { .is_finished = true };
    exchange.request.method = TEXT("GET");
    exchange.request.url = TEXT("http://127.0.0.1/hunter2");
    emitter_begin_step(&it.emitter, 0);
    emitter_exchange(&it.emitter, &exchange);
    it.emitter.keeps_exchanges = true;
    emitter_exchange(&it.emitter, &exchange);
    emitter_end_line(&it.emitter, STATUS_PASSED, 0, NULL, TEXT_EMPTY, span_none());
    const struct result *result = emitter_finish(&it.emitter, STATUS_PASSED, 1, false);
    assert_int_equal(result->exchange_count, 1);
    assert_string_equal(result->exchanges[0].shown->title.at,
                        "GET http://127.0.0.1/***: no answer");
    end(&it);
}

static void a_step_that_holds_a_secret_learnt_later_brings_its_text(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct emitting it;
        start(&it);
        for (uint32_t step = 0; step < 2; step++) {
            emitter_begin_step(&it.emitter, step);
            emitter_step_text(&it.emitter,
                              step ? TEXT("I send GET \"/hunter2\"") : TEXT("I wait 1 s"));
            emitter_end_line(&it.emitter, STATUS_PASSED, 0, NULL, TEXT_EMPTY, span_none());
        }
        if (i == 1) {
            assert_true(secrets_add(&it.secrets, TEXT("hunter2")));
        }
        const struct result *result = emitter_finish(&it.emitter, STATUS_PASSED, 1, false);
        assert_int_equal(result->lines[0].text.size, 0); /* the plan knows it */
        assert_true(text_is(result->lines[1].text, i ? "I send GET \"/***\"" : ""));
        end(&it);
    }
}

static void conversations_are_masked_and_their_messages_kept_where_it_failed(void **state)
{
    (void)state;
    struct emitting it;
    start(&it);
    assert_true(secrets_add(&it.secrets, TEXT("hunter2")));
    struct conversation_message list[] = {
        { .data = TEXT("42[\"say\",\"hunter2\"]") },
        { .kind = CONVERSATION_EVENT, .event = TEXT("e-hunter2"), .data = TEXT("hunter2") },
    };
    const struct exchange handshake = { .is_finished = true,
                                        .request = { .url = TEXT("ws://h/hunter2") },
                                        .response = { .status = 403,
                                                      .reason = TEXT("no hunter2") } };
    const struct conversation conversation = {
        .actor = TEXT("bob"),
        .handshake = &handshake,
        .list = list,
        .count = ARRAY_SIZE(list),
        .received = { 1, 0, 0, 0, 0, 1 },
        .close = { .by = CONVERSATION_ENDED_BY_SERVER,
                   .reason = TEXT("r hunter2"),
                   .failure = TEXT("f hunter2"),
                   .hint = TEXT("h hunter2") },
    };
    emitter_conversation(&it.emitter, &conversation, STATUS_PASSED);
    emitter_conversation(&it.emitter, &conversation, STATUS_FAILED);
    it.emitter.keeps_exchanges = true;
    emitter_conversation(&it.emitter, &conversation, STATUS_PASSED);
    it.emitter.conversation_bytes = EMITTER_CONVERSATIONS_LIMIT_BYTES;
    emitter_conversation(&it.emitter, &conversation, STATUS_FAILED);
    const struct result *result = emitter_finish(&it.emitter, STATUS_FAILED, 1, false);
    static const size_t counts[] = { 0, 2, 2, 0 };
    assert_int_equal(result->conversation_count, ARRAY_SIZE(counts));
    for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
        assert_int_equal(result->conversations[i]->count, counts[i]);
        assert_int_equal(result->conversations[i]->left_out, 2 - counts[i]);
    }
    const struct shown_conversation *shown = result->conversations[1];
    assert_string_equal(shown->url.at, "ws://h/***");
    assert_string_equal(shown->refusal.at, "403 no ***");
    assert_string_equal(shown->reason.at, "r ***");
    assert_string_equal(shown->failure.at, "f ***");
    assert_string_equal(shown->hint.at, "h ***");
    assert_string_equal(shown->list[0].data.at, "42[\"say\",\"***\"]");
    assert_string_equal(shown->list[1].event.at, "e-***");
    assert_string_equal(shown->list[1].data.at, "***");
    const struct scenario_started next = { 8, 0, 0 };
    emitter_start(&it.emitter, &next, 1);
    assert_int_equal(it.emitter.conversation_bytes, 0);
    assert_int_equal(emitter_finish(&it.emitter, STATUS_PASSED, 1, false)->conversation_count,
                     0);
    end(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_nest_as_they_begin_and_end),
        cmocka_unit_test(lines_left_open_have_failed),
        cmocka_unit_test(a_secret_learnt_late_hides_what_came_before),
        cmocka_unit_test(attachments_beyond_the_limit_are_left_out_and_said),
        cmocka_unit_test(exchanges_are_kept_when_wanted),
        cmocka_unit_test(a_step_that_holds_a_secret_learnt_later_brings_its_text),
        cmocka_unit_test(conversations_are_masked_and_their_messages_kept_where_it_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
