/* SPDX-License-Identifier: MIT */
/* What runs tell of their comparisons with recordings, from message streams made by hand. */
#include "gate/rules/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/evidence/evidence.h"
#include "gate/measure/gate_masks.h"
#include "gate/measure/gate_recordings.h"

#define FACTS                                                                                  \
    "{\"attachment\":{\"body\":\"{\\\"version\\\":\\\"0\\\",\\\"runId\\\":\\\"r\\\","          \
    "\\\"environment\\\":\\\"staging\\\",\\\"baseUrl\\\":\\\"\\\",\\\"configuration\\\":"      \
    "\\\"c\\\",\\\"commit\\\":\\\"c\\\",\\\"tree\\\":\\\"t\\\",\\\"dirty\\\":false,"           \
    "\\\"shard\\\":0,\\\"shards\\\":0,\\\"attempt\\\":1,"                                      \
    "\\\"tags\\\":\\\"\\\",\\\"narrowed\\\":false,\\\"found\\\":1,\\\"selected\\\":1,"         \
    "\\\"inShard\\\":1,\\\"passed\\\":1,\\\"flaky\\\":0,\\\"skipped\\\":0,\\\"pending\\\":0,"  \
    "\\\"failed\\\":0,\\\"exitCode\\\":0,\\\"interrupted\\\":false,\\\"dryRun\\\":false,"      \
    "\\\"startedAt\\\":\\\"2026-11-23T10:00:00Z\\\",\\\"finishedAt\\\":"                       \
    "\\\"2026-11-23T10:00:01Z\\\",\\\"services\\\":[],\\\"artefacts\\\":[]}\","                \
    "\"mediaType\":\"application/vnd.bddrun.run+json\"}}\n"
#define BEGIN                                                                                  \
    "{\"pickle\":{\"id\":\"1\",\"uri\":\"a.feature\",\"name\":\"S\",\"tags\":[]}}\n"           \
    "{\"testRunStarted\":{}}\n{\"testCase\":{\"id\":\"case\",\"pickleId\":\"1\"}}\n"           \
    "{\"testCaseStarted\":{\"id\":\"a\",\"testCaseId\":\"case\"}}\n"
#define AGAIN                                                                                  \
    "{\"testCaseFinished\":{\"testCaseStartedId\":\"a\",\"willBeRetried\":true}}\n"            \
    "{\"testCaseStarted\":{\"id\":\"b\",\"testCaseId\":\"case\"}}\n"
#define END FACTS "{\"testRunFinished\":{\"success\":true}}\n"
#define ATTACHED(at, body)                                                                     \
    "{\"attachment\":{\"body\":\"" body                                                        \
    "\",\"mediaType\":\"application/vnd.bddrun.recording+json\",\"testCaseStartedId\":\"" at   \
    "\"}}\n"
#define COMPARED(entry, date, recorded, actual, masks, events)                                 \
    ATTACHED("a", "{\\\"entry\\\":" entry                                                      \
                  ",\\\"recording\\\":\\\"r.har\\\",\\\"revision\\\":\\\"\\\","                \
                  "\\\"recordedAt\\\":" date ",\\\"recordedMs\\\":" recorded                   \
                  ",\\\"actualMs\\\":" actual ",\\\"masks\\\":" masks                          \
                  ",\\\"events\\\":" events "}")
#define TEXT_OF(text) "\\\"" text "\\\""
#define SOCKET(masks, events)                                                                  \
    COMPARED(TEXT_OF("socket table"), TEXT_OF(""), "null", "null", masks, events)

static const struct source somewhere = { .name = { "bddrun.yaml", 11 } };
#define SOMEWHERE                                                                              \
    (struct span)                                                                              \
    {                                                                                          \
        .source = &somewhere                                                                   \
    }
#define BOUND(number)                                                                          \
    (struct config_bound)                                                                      \
    {                                                                                          \
        .value = (number), .at = SOMEWHERE                                                     \
    }

struct fixture {
    char path[40];
    FILE *file;
    struct arena arena;
    struct evidence evidence;
    struct gate_recordings recordings;
    struct gate_masks masks;
    struct config_gate policy;
    struct gate_input input;
    struct findings findings;
    struct buffer printed;
};
static struct fixture fixture;

static int set_up(void **state)
{
    (void)state;
    fixture = (struct fixture){ .path = "/tmp/bddrun-compared-XXXXXX" };
    fixture.file = fdopen(mkstemp(fixture.path), "w");
    arena_init(&fixture.arena);
    evidence_init(&fixture.evidence);
    buffer_init(&fixture.printed, 1 << 20);
    fixture.input = (struct gate_input){ .policy = &fixture.policy,
                                         .evidence = &fixture.evidence,
                                         .recordings = &fixture.recordings,
                                         .masks = &fixture.masks };
    return fixture.file ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    evidence_release(&fixture.evidence);
    buffer_release(&fixture.printed);
    arena_release(&fixture.arena);
    return remove(fixture.path);
}

static void write_text(const char *text)
{
    assert_true(fputs(text, fixture.file) >= 0);
}

static void read_runs(void)
{
    const struct text path = text_of(fixture.path);
    assert_int_equal(fclose(fixture.file), 0);
    evidence_read(&fixture.evidence, &path, 1, false);
    assert_string_equal("", arena_string(&fixture.arena, fixture.evidence.runs[0].broken));
}

/* A run of n requests of an endpoint, recorded in two windows. */
static void write_times(const char *entry, int count, double recorded_ms, double actual_ms)
{
    for (int i = 0; i < count; i++) {
        fprintf(fixture.file,
                COMPARED(TEXT_OF("%s"), TEXT_OF("2026-11-2%dT10:00:00Z"), "%.3f", "%.3f", "[]",
                         "[]"),
                entry, i % 2, recorded_ms + i * 0.25, actual_ms + i * 0.25);
    }
}

/* The findings as text: result, name, reason, | measured */
static void expect(void (*rule)(const struct gate_input *, struct findings *),
                   const char *expected)
{
    buffer_clear(&fixture.printed);
    findings_init(&fixture.findings, &fixture.arena);
    rule(&fixture.input, &fixture.findings);
    for (size_t i = 0; i < fixture.findings.count; i++) {
        const struct verdict_rule *rule_found = &fixture.findings.list[i];
        buffer_add_format(&fixture.printed, "%s %.*s: %.*s | %.*s\n",
                          verdict_result_name(rule_found->result), TEXT_ARG(rule_found->name),
                          TEXT_ARG(rule_found->reason), TEXT_ARG(rule_found->measured));
    }
    assert_string_equal(arena_string(&fixture.arena, buffer_text(&fixture.printed)), expected);
}

static void what_nobody_asks_for_is_not_weighed(void **state)
{
    (void)state;
    write_text(BEGIN END);
    read_runs();
    for (int has_policy = 1; has_policy >= 0; has_policy--) {
        fixture.input.policy = has_policy ? &fixture.policy : NULL;
        expect(rule_latency, "");
        expect(rule_recordings_masks, "");
        expect(rule_recordings_events, "");
    }
}

static void without_a_comparison_nothing_is_known(void **state)
{
    (void)state;
    struct gate_recording recording = { .path = TEXT("r.har") };
    fixture.recordings = (struct gate_recordings){ .list = &recording, .count = 1 };
    fixture.policy.latency.at = SOMEWHERE;
    fixture.policy.recordings.dead_masks = BOUND(9);
    fixture.policy.recordings.untouched_events = BOUND(9);
    write_text(BEGIN END);
    read_runs();
    expect(rule_latency, "BLOCKED latency: no run tells how long a recorded request took | \n");
    expect(rule_recordings_masks,
           "BLOCKED recordings.dead_masks: no run compared anything with "
           "a recording | \n");
    expect(rule_recordings_events, "BLOCKED recordings.untouched_events: no run compared "
                                   "anything with a recording | \n");
}

static void times_that_hold_pass_with_their_number(void **state)
{
    (void)state;
    fixture.policy.latency.at = SOMEWHERE;
    write_text(BEGIN);
    write_times("GET /api/tables/7", 20, 100, 100);
    write_times("GET /api/tables/8", 20, 101, 102);
    write_times("GET /api/lobby", 3, 10, 5000);
    write_text(SOCKET("[]", "[]") END);
    read_runs();
    expect(rule_latency,
           "PASSED latency: no endpoint is slower than it was recorded (n = 43); "
           "1 of 2 have "
           "too few samples to decide | GET /api/tables/{}: median 103 ms, recorded 103 ms "
           "(1.00 ×, n = 40 and 40, z 1.2, p 0.11, tolerance 25 %)\n");
    fixture.policy.latency.below_20_samples = 1;
    expect(rule_latency,
           "BLOCKED latency: GET /api/lobby has too few samples to decide | median "
           "5000 ms, recorded 10 ms (487.83 ×, n = 3 and 3, z 2.0, p 0.025, "
           "tolerance 25 %): too few samples to decide, 20 are needed\n");
}

static void what_is_slower_fails_by_the_rule(void **state)
{
    (void)state;
    fixture.policy.latency = (struct config_latency_policy){
        .tolerance = { .millionths = 25000000, .at = SOMEWHERE },
        .floor_ms = BOUND(20),
        .at = SOMEWHERE,
    };
    write_text(BEGIN);
    write_times("GET /slow", 30, 100, 300);
    write_times("GET /fine", 30, 100, 101);
    write_text(END);
    read_runs();
    expect(rule_latency,
           "FAILED latency: GET /slow is slower than it was recorded | median 304 ms, recorded "
           "104 ms (2.93 ×, n = 30 and 30, z 6.7, p 1.4e-11, tolerance 25 %)\n");
    fixture.policy.latency.floor_ms = BOUND(1000);
    expect(
        rule_latency,
        "PASSED latency: no endpoint is slower than it was recorded (n = 60); 0 of 2 have too "
        "few samples to decide | GET /fine: median 105 ms, recorded 104 ms (1.01 ×, n = 30 and "
        "30, "
        "z 1.7, p 0.049, tolerance 25 %)\n");
}

static void a_request_compared_twice_or_tried_again_is_one_sample(void **state)
{
    (void)state;
    fixture.policy.latency.at = SOMEWHERE;
    write_text(BEGIN);
    write_times("GET /a", 5, 100, 100);
    write_times("GET /a", 5, 100, 100);
    write_text(COMPARED(TEXT_OF("GET /a"), TEXT_OF(""), "100", "null", "[]", "[]") END);
    read_runs();
    expect(rule_latency,
           "PASSED latency: no endpoint is slower than it was recorded (n = 6); "
           "1 of 1 have "
           "too few samples to decide | GET /a: median 101 ms, recorded 100 ms (1.00 ×, n = 6 "
           "and 6, z 0.8, p 0.21, tolerance 25 %, 1 without an answer): too few samples to "
           "decide, 20 are needed\n");
}

static void of_an_attempt_before_the_last_no_time_counts(void **state)
{
    (void)state;
    fixture.policy.latency.at = SOMEWHERE;
    write_text(BEGIN);
    write_times("GET /a", 5, 100, 100);
    write_text(AGAIN END);
    read_runs();
    expect(rule_latency, "BLOCKED latency: no run tells how long a recorded request took | \n");
}

static const char project[] = "masks:\n"
                              "  - {at: 'JSON \"$.a\"', assert: type}\n"
                              "  - {at: 'JSON \"$.b\"', assert: type}\n"
                              "  - {on: GET /c, at: 'JSON \"$.c\"', assert: type}\n";

static void masks_that_no_comparison_used_are_dead(void **state)
{
    (void)state;
    gate_masks_read(&fixture.masks, TEXT("bddrun.yaml"), text_of(project), NULL,
                    &fixture.arena);
    assert_int_equal(fixture.masks.count, 3);
    write_text(BEGIN SOCKET("[" TEXT_OF("scenarios/bddrun.yaml:2:10") "]", "[]")
                   SOCKET("[" TEXT_OF("bddrun.yaml:4:10") "]", "[]") END);
    read_runs();
    fixture.policy.recordings.dead_masks = BOUND(0);
    expect(rule_recordings_masks,
           "FAILED recordings.dead_masks: no comparison used the mask JSON "
           "\"$.b\" (line 3) | 1\n");
    fixture.policy.recordings.dead_masks = BOUND(1);
    expect(rule_recordings_masks,
           "PASSED recordings.dead_masks: every mask that counts decides "
           "about something | 1\n");
    fixture.input.masks = NULL;
    expect(rule_recordings_masks,
           "BLOCKED recordings.dead_masks: the masks of the commit are not "
           "known: it has no bddrun.yaml | \n");
    gate_masks_read(&fixture.masks, TEXT("bddrun.yaml"), TEXT("nothing: 1\n"), NULL,
                    &fixture.arena);
    fixture.input.masks = &fixture.masks;
    expect(rule_recordings_masks,
           "BLOCKED recordings.dead_masks: the masks of the commit are not "
           "known: unknown section 'nothing' | \n");
}

static void events_that_no_step_compared_are_untouched(void **state)
{
    (void)state;
    struct text events[] = { TEXT("move"), TEXT("a"), TEXT("b"), TEXT("a"),
                             TEXT("c"),    TEXT("d"), TEXT("e"), TEXT("f") };
    struct gate_recording recording = { .path = TEXT("r.har"),
                                        .events = events,
                                        .event_count = ARRAY_SIZE(events) };
    fixture.policy.recordings.untouched_events = BOUND(0);
    write_text(BEGIN SOCKET("[]", "[" TEXT_OF("move") "," TEXT_OF("other") "]") END);
    read_runs();
    expect(rule_recordings_events,
           "BLOCKED recordings.untouched_events: the recordings of '' are "
           "not known: there is none | \n");
    fixture.recordings = (struct gate_recordings){ .list = &recording, .count = 1 };
    expect(rule_recordings_events, "FAILED recordings.untouched_events: no run compared the "
                                   "recorded event a, b, c, d, e, … | 6\n");
    fixture.policy.recordings.untouched_events = BOUND(6);
    expect(rule_recordings_events, "PASSED recordings.untouched_events: the runs compared the "
                                   "events that were recorded | 6\n");
    recording.failure = TEXT("it is no JSON");
    expect(rule_recordings_events, "BLOCKED recordings.untouched_events: the recordings of "
                                   "'r.har' are not known: it is no JSON | \n");
    fixture.input.recordings = NULL;
    expect(rule_recordings_events, "BLOCKED recordings.untouched_events: the recordings of "
                                   "'recordings' are not known: none was looked for | \n");
}

static void recordings_are_of_the_commit_in_production(void **state)
{
    (void)state;
    struct gate_recording list[] = {
        { .path = TEXT("a.har"), .revision = TEXT("0123456789ab") }, { .path = TEXT("b.har") }
    };
    write_text(BEGIN END);
    read_runs();
    fixture.recordings = (struct gate_recordings){ .list = list, .count = 2 };
    expect(rule_recordings_revision, "");
    fixture.policy.recordings.revision = 1;
    expect(rule_recordings_revision,
           "BLOCKED recordings.revision: 'a.har' is of 0123456789ab, not "
           "of a known one in production | \n");
    fixture.input.production = TEXT("0123456789abcdef");
    expect(rule_recordings_revision, "BLOCKED recordings.revision: 'b.har' is of no known "
                                     "revision, not of 0123456789abcdef | \n");
    list[1].revision = TEXT("0123456");
    expect(rule_recordings_revision,
           "PASSED recordings.revision: all recordings are of the commit "
           "in production | \n");
    fixture.recordings.count = 0;
    expect(rule_recordings_revision,
           "BLOCKED recordings.revision: the recordings of '' are not "
           "known: there is none | \n");
}

static void what_is_wrong_in_a_comparison_breaks_the_run_at_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *expected;
    } cases[] = {
#define WRONG(member) "'" member "' of a comparison is missing, wrong or too much"
        { ATTACHED("b", "{}"), "a comparison of no attempt, or not as JSON" },
        { ATTACHED("a", "{"), "a comparison of no attempt, or not as JSON" },
        { ATTACHED("a", "[]"), WRONG("entry") },
        { COMPARED("\\\"\\\"", TEXT_OF(""), "1", "1", "[]", "[]"), WRONG("entry") },
        { COMPARED("1", TEXT_OF(""), "1", "1", "[]", "[]"), WRONG("entry") },
        { ATTACHED("a", "{\\\"entry\\\":\\\"x\\\"}"), WRONG("recording") },
        { ATTACHED("a", "{\\\"entry\\\":\\\"x\\\",\\\"recording\\\":\\\"x\\\"}"),
          WRONG("revision") },
        { COMPARED(TEXT_OF("x"), "null", "1", "1", "[]", "[]"), WRONG("recordedAt") },
        { COMPARED(TEXT_OF("x"), TEXT_OF("today"), "1", "1", "[]", "[]"), WRONG("recordedAt") },
        { COMPARED(TEXT_OF("x"), TEXT_OF(""), "-1", "1", "[]", "[]"), WRONG("recordedMs") },
        { COMPARED(TEXT_OF("x"), TEXT_OF(""), "1e12", "1", "[]", "[]"), WRONG("recordedMs") },
        { COMPARED(TEXT_OF("x"), TEXT_OF(""), "1", TEXT_OF("1"), "[]", "[]"),
          WRONG("actualMs") },
        { COMPARED(TEXT_OF("x"), TEXT_OF(""), "1", "1", "{}", "[]"), WRONG("masks") },
        { COMPARED(TEXT_OF("x"), TEXT_OF(""), "1", "1", "[]", "[1]"), WRONG("events") },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct evidence_run run;
        FILE *file = fopen(fixture.path, "w");
        assert_non_null(file);
        assert_true(fputs(BEGIN, file) >= 0 && fputs(cases[i].line, file) >= 0);
        assert_int_equal(fclose(file), 0);
        evidence_run_read(&run, text_of(fixture.path));
        assert_string_equal(arena_string(&fixture.arena, run.broken), cases[i].expected);
        assert_int_equal(run.broken_line, 5);
        evidence_run_release(&run);
    }
    assert_int_equal(fclose(fixture.file), 0);
}

static void more_names_than_a_stream_may_have_are_refused(void **state)
{
    (void)state;
    struct evidence_run run;
    write_text(BEGIN);
    for (size_t i = 0; i <= COMPARED_NAMES_LIMIT; i++) {
        fprintf(fixture.file, SOCKET("[]", "[" TEXT_OF("e%zu") "]"), i);
    }
    assert_int_equal(fclose(fixture.file), 0);
    evidence_run_read(&run, text_of(fixture.path));
    assert_string_equal(arena_string(&fixture.arena, run.broken), WRONG("events"));
    assert_int_equal(run.compared.events.count, COMPARED_NAMES_LIMIT);
    evidence_run_release(&run);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_nobody_asks_for_is_not_weighed),
        TEST(without_a_comparison_nothing_is_known),
        TEST(times_that_hold_pass_with_their_number),
        TEST(what_is_slower_fails_by_the_rule),
        TEST(a_request_compared_twice_or_tried_again_is_one_sample),
        TEST(of_an_attempt_before_the_last_no_time_counts),
        TEST(masks_that_no_comparison_used_are_dead),
        TEST(events_that_no_step_compared_are_untouched),
        TEST(recordings_are_of_the_commit_in_production),
        TEST(what_is_wrong_in_a_comparison_breaks_the_run_at_its_line),
        TEST(more_names_than_a_stream_may_have_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
