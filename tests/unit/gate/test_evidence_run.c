/* SPDX-License-Identifier: MIT */
#include "gate/evidence/evidence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FACTS(shard, attempt)                                                                  \
    "{\"attachment\":{\"body\":\"{\\\"version\\\":\\\"0\\\",\\\"runId\\\":\\\"r\\\","          \
    "\\\"environment\\\":\\\"staging\\\",\\\"baseUrl\\\":\\\"\\\",\\\"configuration\\\":"      \
    "\\\"c\\\",\\\"commit\\\":\\\"c\\\",\\\"tree\\\":\\\"t\\\",\\\"dirty\\\":false,"           \
    "\\\"shard\\\":" shard ",\\\"shards\\\":2,\\\"attempt\\\":" attempt ","                    \
    "\\\"tags\\\":\\\"\\\",\\\"narrowed\\\":false,\\\"found\\\":2,\\\"selected\\\":2,"         \
    "\\\"inShard\\\":1,\\\"passed\\\":1,\\\"flaky\\\":0,\\\"skipped\\\":0,\\\"pending\\\":0,"  \
    "\\\"failed\\\":0,\\\"exitCode\\\":0,\\\"interrupted\\\":false,\\\"dryRun\\\":false,"      \
    "\\\"startedAt\\\":\\\"2026-11-23T10:00:00Z\\\",\\\"finishedAt\\\":"                       \
    "\\\"2026-11-23T10:00:01Z\\\",\\\"services\\\":[],\\\"artefacts\\\":[]}\","                \
    "\"mediaType\":\"application/vnd.bddrun.run+json\"}}\n"

#define PICKLE(id, line)                                                                       \
    "{\"pickle\":{\"id\":\"" id "\",\"uri\":\"a.feature\",\"location\":{\"line\":" line        \
    "},\"name\":\"S" id "\",\"tags\":[{\"name\":\"@a\"}]}}\n"
#define CASE(id) "{\"testCase\":{\"id\":\"case-" id "\",\"pickleId\":\"" id "\"}}\n"
#define STARTED(id, at)                                                                        \
    "{\"testCaseStarted\":{\"id\":\"" at "\",\"testCaseId\":\"case-" id "\"}}\n"
#define STEP(at, status)                                                                       \
    "{\"testStepFinished\":{\"testCaseStartedId\":\"" at                                       \
    "\",\"testStepResult\":{\"status\":\"" status "\"}}}\n"
#define ENDED(at, again)                                                                       \
    "{\"testCaseFinished\":{\"testCaseStartedId\":\"" at "\",\"willBeRetried\":" again "}}\n"
#define BEGIN "{\"testRunStarted\":{}}\n"
#define END "{\"testRunFinished\":{\"success\":true}}\n"
#define ONE PICKLE("1", "3") BEGIN CASE("1")
#define DIFFERENCES(at, body)                                                                  \
    "{\"attachment\":{\"body\":\"" body                                                        \
    "\",\"mediaType\":\"application/vnd.bddrun.diff+json\","                                   \
    "\"testCaseStartedId\":\"" at "\"}}\n"

static char path[] = "/tmp/bddrun-evidence-XXXXXX";
static char second[] = "/tmp/bddrun-evidence-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    memset(path + sizeof path - 7, 'X', 6);
    memset(second + sizeof second - 7, 'X', 6);
    close(mkstemp(path));
    close(mkstemp(second));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return remove(path) | remove(second);
}

static void write_file(const char *to, const char *bytes)
{
    FILE *file = fopen(to, "w");
    assert_non_null(file);
    fputs(bytes, file);
    assert_int_equal(fclose(file), 0);
}

static void read_stream(struct evidence_run *run, const char *bytes)
{
    write_file(path, bytes);
    evidence_run_read(run, text_of(path));
}

static void the_last_attempt_is_what_counts(void **state)
{
    (void)state;
    struct evidence_run run;
    read_stream(&run,
                ONE STARTED("1", "a") STEP("a", "FAILED") ENDED("a", "true") STARTED("1", "b")
                    STEP("b", "PASSED") ENDED("b", "false") FACTS("1", "1") END);
    assert_int_equal(run.broken.size, 0);
    assert_true(run.has_facts && run.is_started && run.is_finished);
    assert_int_equal(run.sha256.size, 64);
    assert_int_equal(run.scenario_count, 1);
    const struct evidence_scenario *scenario = &run.scenarios[0];
    assert_int_equal(scenario->status, STATUS_PASSED);
    assert_int_equal(scenario->attempts, 2);
    assert_int_equal(scenario->line, 3);
    assert_true(scenario->is_flaky && scenario->is_finished);
    assert_true(evidence_scenario_has_tag(scenario, TEXT("@a")));
    assert_false(evidence_scenario_has_tag(scenario, TEXT("@b")));
    evidence_run_release(&run);
}

static void differences_are_those_of_the_last_attempt(void **state)
{
    (void)state;
    struct evidence_run run;
    read_stream(
        &run, ONE STARTED("1", "a")
                  DIFFERENCES("a", "{\\\"result\\\":{\\\"totals\\\":{\\\"breaking\\\":9}}}")
                      ENDED("a", "true") STARTED("1", "b") DIFFERENCES(
                          "b", "{\\\"result\\\":{\\\"totals\\\":{\\\"breaking\\\":1,"
                               "\\\"changed\\\":2,\\\"masked\\\":4,\\\"moved\\\":\\\"x\\\"}}}")
                          ENDED("b", "false") END);
    assert_int_equal(run.broken.size, 0);
    assert_int_equal(run.scenarios[0].breaking, 1);
    assert_int_equal(run.scenarios[0].differences, 3);
    evidence_run_release(&run);
}

static void what_is_no_stream_is_broken_at_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        const char *expected;
        uint64_t line;
    } cases[] = {
        { "", "the file is empty", 0 },
        { "{}", "the line is no whole JSON object: the file is cut off", 1 },
        { "{}\nx\n", "the line is no whole JSON object", 2 },
        { "{}\n\n", "the line is no whole JSON object", 2 },
        { "{\"pickle\":}\n", "the line is no JSON", 1 },
        { "{\"pickle\":{}}\n", "a pickle without an id of its own, or without a place", 1 },
        { PICKLE("1", "x"), "the line is no JSON", 1 },
        { PICKLE("1", "\"x\""), "a pickle without an id of its own, or without a place", 1 },
        { PICKLE("1", "4294967296"), "a pickle without an id of its own, or without a place",
          1 },
        { PICKLE("1", "3") PICKLE("1", "4"),
          "a pickle without an id of its own, or without a place", 2 },
        { CASE("1"), "a test case without a scenario of its own", 1 },
        { ONE CASE("1"), "a test case without a scenario of its own", 4 },
        { ONE STARTED("2", "a"), "an attempt of no test case", 4 },
        { ONE STARTED("1", "a") STARTED("1", "a"), "an attempt of no test case", 5 },
        { ONE STEP("a", "PASSED"), "a step of no attempt", 4 },
        { ONE STARTED("1", "a") STEP("a", "FINE"), "a step with the unknown status 'FINE'", 5 },
        { ONE ENDED("a", "false"), "the end of no attempt", 4 },
        { BEGIN BEGIN, "a second run in the same file", 2 },
        { END, "the end of no run", 1 },
        { BEGIN "{\"testRunFinished\":{}}\n", "the end of no run", 2 },
        { BEGIN END END, "the end of no run", 3 },
        { FACTS("1", "1") FACTS("1", "1"), "the facts of a second run", 2 },
        { FACTS("-1", "1"), "'shard' of the facts of the run is missing or wrong", 1 },
        { "{\"attachment\":{\"body\":\"x\",\"mediaType\":\"application/"
          "vnd.bddrun.run+json\"}}\n",
          "the facts of the run are no JSON", 1 },
        { DIFFERENCES("a", "{}"), "differences of no attempt, or not as JSON", 1 },
        { ONE STARTED("1", "a") DIFFERENCES("a", "x"),
          "differences of no attempt, or not as JSON", 5 },
        { ONE STARTED("1", "a") DIFFERENCES("a", "{}"), "differences without their totals", 5 },
        { "{\"parseError\":{\"message\":\"oh\"}}\n", "a feature file could not be read: oh",
          1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct evidence_run run;
        read_stream(&run, cases[i].bytes);
        assert_string_equal(run.broken.at, cases[i].expected);
        assert_int_equal(run.broken_line, cases[i].line);
        assert_int_equal(run.sha256.size, 0);
        evidence_run_release(&run);
    }
}

static void what_is_of_no_interest_is_passed_over(void **state)
{
    (void)state;
    struct evidence_run run;
    read_stream(&run,
                "{\"source\":{oh}}\r\n"
                "{\"attachment\":{\"mediaType\":\"application/vnd.bddrun.exchange+json\"}}\n"
                "{\"attachment\":{\"body\":\"x\",\"testCaseStartedId\":\"a\",\"mediaType\":"
                "\"application/vnd.bddrun.run+json\"}}\n"
                "{\"pickle\":{\"id\":\"1\",\"name\":\"without a place\"}}\n");
    assert_int_equal(run.broken.size, 0);
    assert_false(run.has_facts);
    assert_int_equal(run.scenarios[0].line, 0);
    evidence_run_release(&run);
}

static void a_folder_and_a_missing_file_are_no_evidence(void **state)
{
    (void)state;
    struct evidence_run run;
    evidence_run_read(&run, TEXT("/"));
    assert_string_equal(run.broken.at, "cannot be read: Is a directory");
    assert_false(run.is_missing);
    evidence_run_release(&run);
    evidence_run_read(&run, TEXT("/nonexistent/run.ndjson"));
    assert_string_equal(run.broken.at, "cannot be read: No such file or directory");
    assert_true(run.is_missing);
    evidence_run_release(&run);
}

/* More than a piece is read at once, and more ids than a small table holds. */
static void a_long_stream_is_read_whole(void **state)
{
    (void)state;
    struct evidence_run run;
    struct buffer out;
    buffer_init(&out, 64 << 20);
    for (size_t i = 0; i < 3000; i++) {
        buffer_add_format(&out, "{\"pickle\":{\"id\":\"%zu\",\"uri\":\"%0300zu\"}}\n", i, i);
    }
    read_stream(&run, out.at);
    assert_int_equal(run.broken.size, 0);
    assert_int_equal(run.scenario_count, 3000);
    evidence_run_release(&run);
    buffer_release(&out);
}

static void join(struct evidence *evidence, const char *first, const char *other,
                 bool only_last)
{
    struct text paths[] = { text_of(path), text_of(second) };
    write_file(path, first);
    write_file(second, other);
    evidence_init(evidence);
    evidence_read(evidence, paths, 2, only_last);
}

#define WHOLE(shard, attempt, status)                                                          \
    ONE STARTED("1", "a") STEP("a", status) ENDED("a", "false") FACTS(shard, attempt) END

static void shards_and_attempts_are_joined(void **state)
{
    (void)state;
    static const struct {
        const char *first;
        const char *other;
        bool only_last;
        size_t last_count;
        enum status status;
        bool is_flaky;
    } cases[] = {
        { WHOLE("1", "1", "PASSED"), WHOLE("2", "1", "PASSED"), false, 2, STATUS_PASSED,
          false },
        { WHOLE("1", "1", "PASSED"), WHOLE("2", "1", "FAILED"), false, 2, STATUS_FAILED,
          false },
        { WHOLE("1", "1", "FAILED"), WHOLE("1", "2", "PASSED"), false, 1, STATUS_PASSED, true },
        { WHOLE("1", "2", "PASSED"), WHOLE("1", "1", "FAILED"), false, 1, STATUS_PASSED, true },
        { WHOLE("1", "1", "FAILED"), WHOLE("1", "2", "PASSED"), true, 1, STATUS_PASSED, false },
        { WHOLE("1", "1", "PASSED"), WHOLE("1", "2", "FAILED"), false, 1, STATUS_FAILED,
          false },
        { WHOLE("1", "1", "PASSED"), "", false, 1, STATUS_PASSED, false },
        { ONE FACTS("1", "1") END, WHOLE("2", "1", "PASSED"), false, 2, STATUS_UNKNOWN, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct evidence evidence;
        join(&evidence, cases[i].first, cases[i].other, cases[i].only_last);
        assert_int_equal(evidence.run_count, 2);
        assert_int_equal(evidence.last_count, cases[i].last_count);
        assert_int_equal(evidence.scenario_count, 1);
        assert_int_equal(evidence.scenarios[0].status, cases[i].status);
        assert_int_equal(evidence.scenarios[0].is_flaky, cases[i].is_flaky);
        evidence_release(&evidence);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_last_attempt_is_what_counts),
        TEST(differences_are_those_of_the_last_attempt),
        TEST(what_is_no_stream_is_broken_at_its_line),
        TEST(what_is_of_no_interest_is_passed_over),
        TEST(a_folder_and_a_missing_file_are_no_evidence),
        TEST(a_long_stream_is_read_whole),
        TEST(shards_and_attempts_are_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
