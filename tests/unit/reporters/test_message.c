/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/report_fixture.h"

/* Without the line about this machine. */
static struct text read_after_meta(struct report_fixture *fixture)
{
    struct text all = report_fixture_read(fixture, "run.ndjson");
    assert_true(text_starts_with(all, TEXT("{\"meta\":{\"protocolVersion\":\"")));
    return text_from(all, text_find_byte(all, '\n', 0) + 1);
}

static void a_run_becomes_envelopes(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_play(&fixture, "message", "run.ndjson");
    assert_golden(&fixture, read_after_meta(&fixture), "message.ndjson");
    report_fixture_release(&fixture);
}

static void ready_envelopes_are_passed_on(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_open(&fixture, "message", "run.ndjson");
    assert_true(stream_wants_envelopes(&fixture.stream));
    report_fixture_event(&fixture,
                         (struct event){ EVENT_ENVELOPE, 0, { .envelope = TEXT("{}") } });
    report_fixture_close(&fixture);
    assert_true(text_ends_with(read_after_meta(&fixture), TEXT("}\n{}\n")));
    report_fixture_release(&fixture);
}

static void a_run_that_was_cut_short_is_no_success(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_open(&fixture, "message", "run.ndjson");
    report_fixture_run_started(&fixture);
    report_fixture_close(&fixture);
    assert_true(text_ends_with(
        read_after_meta(&fixture),
        TEXT("{\"testRunFinished\":{\"message\":\"the run did not finish\",\"success\":false,"
             "\"timestamp\":{\"seconds\":1795417200,\"nanos\":0},\"testRunStartedId\":\"run\"}}"
             "\n")));
    report_fixture_release(&fixture);
}

static void what_is_attached_comes_before_its_step_ends(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    struct attachment attachments[] = {
        { 1, TEXT("answer.json"), TEXT("application/json"), TEXT("{\"a\": \"\xc3\xa9\"}") },
        { 1, TEXT(""), TEXT("text/plain"), TEXT("\xff\x00\xfe") },
        { 1, TEXT("dot.png"), TEXT("image/png"), TEXT("png") },
    };
    report_fixture_open(&fixture, "message", "run.ndjson");
    report_fixture_run_started(&fixture);
    struct result *result = report_fixture_result_of(&fixture, FIXTURE_LOBBY);
    result->attachments = attachments;
    result->attachment_count = 3;
    result->message = TEXT("the scenario checks nothing");
    result->status = STATUS_FAILED;
    report_fixture_result(&fixture, result);
    report_fixture_run_finished(&fixture);
    report_fixture_close(&fixture);
    assert_golden(&fixture, read_after_meta(&fixture), "message-attachments.ndjson");
    report_fixture_release(&fixture);
}

static struct text play_conversation(struct report_fixture *fixture, const char *name,
                                     uint32_t scenario, int verbosity)
{
    report_fixture_init(fixture);
    fixture->setup.verbosity = verbosity;
    report_fixture_open(fixture, name, "out");
    report_fixture_run_started(fixture);
    struct result *result = report_fixture_result_of(fixture, scenario);
    report_fixture_add_conversation(fixture, result);
    report_fixture_result(fixture, result);
    report_fixture_run_finished(fixture);
    report_fixture_close(fixture);
    return report_fixture_read(fixture, "out");
}

static void every_socket_is_a_document_at_the_end_of_its_case(void **state)
{
    (void)state;
    struct report_fixture fixture;
    struct text messages = play_conversation(&fixture, "message", FIXTURE_JOIN, 0);
    size_t at = text_find(messages, TEXT("application/vnd.bddrun.conversation+json"), 0);
    assert_true(at < messages.size);
    assert_true(text_contains(messages, TEXT("\\\"code\\\":1012")));
    assert_true(text_find(messages, TEXT("testCaseFinished"), 0) > at);
    assert_int_equal(text_find_byte(messages, '\x1b', 0), messages.size);
    report_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_becomes_envelopes),
        cmocka_unit_test(ready_envelopes_are_passed_on),
        cmocka_unit_test(a_run_that_was_cut_short_is_no_success),
        cmocka_unit_test(what_is_attached_comes_before_its_step_ends),
        cmocka_unit_test(every_socket_is_a_document_at_the_end_of_its_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
