/* SPDX-License-Identifier: MIT */
#include "support/report_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/file_write.h"

static const struct scenario_step lobby_steps[] = {
    { TEXT_STATIC("When "), TEXT_STATIC("I send GET \"/lobby\""), 5, 5 },
    { TEXT_STATIC("Then "), TEXT_STATIC("the status is 200"), 6, 5 },
};
static const struct scenario_step join_steps[] = {
    { TEXT_STATIC("Given "), TEXT_STATIC("alice is logged in"), 10, 5 },
    { TEXT_STATIC("When "), TEXT_STATIC("alice sends POST \"/api/tables/7/join\" with JSON:"),
      11, 5 },
    { TEXT_STATIC("Then "), TEXT_STATIC("the status is 201"), 15, 5 },
};
static const struct scenario_step chips_steps[] = {
    { TEXT_STATIC("When "), TEXT_STATIC("I send GET \"/api/me\""), 20, 5 },
    { TEXT_STATIC("Then "), TEXT_STATIC("the JSON is:"), 21, 5 },
};
static const struct text tags[] = { TEXT_STATIC("@omaha"), TEXT_STATIC("@fast") };

static const struct scenario_info infos[FIXTURE_SCENARIOS] = {
    [FIXTURE_LOBBY] = {
        .uri = TEXT_STATIC("scenarios/lobby.feature"),
        .feature_name = TEXT_STATIC("Lobby"),
        .name = TEXT_STATIC("The lobby lists tables"),
        .unique_name = TEXT_STATIC("The lobby lists tables"),
        .line = 4, .column = 3, .tags = tags, .tag_count = 2,
        .steps = lobby_steps, .step_count = 2,
    },
    [FIXTURE_JOIN] = {
        .uri = TEXT_STATIC("scenarios/lobby.feature"),
        .feature_name = TEXT_STATIC("Lobby"),
        .name = TEXT_STATIC("Joining a table"),
        .unique_name = TEXT_STATIC("Joining a table"),
        .line = 9, .column = 3, .steps = join_steps, .step_count = 3,
    },
    [FIXTURE_CHIPS] = {
        .uri = TEXT_STATIC("scenarios/lobby.feature"),
        .feature_name = TEXT_STATIC("Lobby"),
        .name = TEXT_STATIC("Chips of alice"),
        .unique_name = TEXT_STATIC("Chips - players - #1.2: Chips of alice"),
        .line = 19, .column = 3, .steps = chips_steps, .step_count = 2,
    },
    [FIXTURE_FLAKY] = {
        .uri = TEXT_STATIC("scenarios/wallet.feature"),
        .feature_name = TEXT_STATIC("Wallet & <cash>"),
        .name = TEXT_STATIC("Balance"), .unique_name = TEXT_STATIC("Balance"),
        .line = 3, .column = 3, .steps = lobby_steps, .step_count = 2,
    },
    [FIXTURE_SKIPPED] = {
        .uri = TEXT_STATIC("scenarios/wallet.feature"),
        .feature_name = TEXT_STATIC("Wallet & <cash>"),
        .name = TEXT_STATIC("Balance"), .unique_name = TEXT_STATIC("Balance"),
        .line = 8, .column = 3, .steps = lobby_steps, .step_count = 2,
    },
    [FIXTURE_UNDEFINED] = {
        .uri = TEXT_STATIC("scenarios/wallet.feature"),
        .feature_name = TEXT_STATIC("Wallet & <cash>"),
        .name = TEXT_STATIC("Payout"), .unique_name = TEXT_STATIC("Payout"),
        .line = 13, .column = 3, .steps = lobby_steps, .step_count = 2,
    },
};

static void describe(void *context, uint32_t index, struct arena *arena,
                     struct scenario_info *ret_info)
{
    (void)context;
    (void)arena;
    *ret_info = infos[index];
    ret_info->index = index;
}

static int open_in(struct report_fixture *fixture, const char *file)
{
    int descriptor =
        open(report_fixture_path(fixture, file).at, O_RDWR | O_CREAT | O_APPEND, 0600);
    assert_true(descriptor >= 0);
    return descriptor;
}

void report_fixture_init(struct report_fixture *fixture)
{
    *fixture = (struct report_fixture){ 0 };
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/bddrun-report-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    arena_init(&fixture->arena);
    problems_init(&fixture->problems);
    clock_freeze(&fixture->clock, 0, FIXTURE_START_NS);
    fixture->lookup =
        (struct scenario_lookup){ .count = FIXTURE_SCENARIOS, .describe = describe };
    fixture->setup = (struct reporter_setup){
        .scenarios = &fixture->lookup,
        .clock = &fixture->clock,
        .output_descriptor = open_in(fixture, "stdout"),
        .notice_descriptor = open_in(fixture, "stderr"),
    };
}

void report_fixture_release(struct report_fixture *fixture)
{
    stream_abandon(&fixture->stream);
    close(fixture->setup.output_descriptor);
    close(fixture->setup.notice_descriptor);
    DIR *folder = opendir(fixture->folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        if (entry->d_name[0] != '.')
            unlink(report_fixture_path(fixture, entry->d_name).at);
    closedir(folder);
    rmdir(fixture->folder);
    problems_release(&fixture->problems);
    arena_release(&fixture->arena);
}

struct text report_fixture_path(struct report_fixture *fixture, const char *file)
{
    return arena_format(&fixture->arena, "%s/%s", fixture->folder, file);
}

struct text report_fixture_read(struct report_fixture *fixture, const char *file)
{
    struct text bytes = TEXT_EMPTY;
    assert_true(file_read(report_fixture_path(fixture, file), 1 << 26, &fixture->arena, &bytes,
                          &fixture->problems));
    return bytes;
}

void assert_golden(struct report_fixture *fixture, struct text text, const char *name)
{
    struct text path = arena_format(&fixture->arena, "tests/unit/reporters/golden/%s", name);
    struct text golden = TEXT_EMPTY;
    if (getenv("UPDATE")) {
        assert_true(file_replace(path, text, &fixture->problems));
        return;
    }
    assert_true(file_read(path, 1 << 20, &fixture->arena, &golden, &fixture->problems));
    assert_string_equal(arena_string(&fixture->arena, text), golden.at);
}

void report_fixture_open(struct report_fixture *fixture, const char *name, const char *file)
{
    struct text format = text_of(name);
    if (file)
        format = arena_format(&fixture->arena, "%s:%s/%s", name, fixture->folder, file);
    assert_true(stream_open(&fixture->stream, &format, 1, &fixture->setup, &fixture->problems));
}

void report_fixture_event(struct report_fixture *fixture, struct event event)
{
    event.time_ns = clock_realtime_ns(&fixture->clock);
    stream_event(&fixture->stream, &event, &fixture->problems);
}

void report_fixture_run_started(struct report_fixture *fixture)
{
    static const struct revision revisions[] = {
        { TEXT_STATIC("api"), TEXT_STATIC("3f2a91c"), TEXT_STATIC("") },
    };
    static const struct text warnings[] = { TEXT_STATIC("trusts any certificate") };
    const struct run_started run = {
        .version = TEXT("0.1.0"),
        .command = TEXT("bddrun run scenarios/"),
        .config = TEXT("bddrun.yaml"),
        .environment = TEXT("staging"),
        .base_url = TEXT("https://staging.example.org"),
        .run_id = TEXT("r1"),
        .jobs = 8,
        .is_random = true,
        .seed = 4711,
        .feature_count = 2,
        .scenario_count = FIXTURE_SCENARIOS,
        .revisions = revisions,
        .revision_count = 1,
        .warnings = warnings,
        .warning_count = 1,
    };
    report_fixture_event(fixture,
                         (struct event){ EVENT_RUN_STARTED, 0, { .run_started = &run } });
}

static struct result_line *add_line(struct report_fixture *fixture, struct result *result,
                                    enum result_line_kind kind, enum status status)
{
    (void)fixture;
    struct result_line *line = &result->lines[result->line_count++];
    line->kind = kind;
    line->status = status;
    line->duration_ns = 3 * NANOSECONDS_PER_MILLISECOND;
    return line;
}

static void make_join(struct report_fixture *fixture, struct result *result)
{
    struct result_line *outer = add_line(fixture, result, RESULT_STEP, STATUS_FAILED);
    outer->place = (struct place){ TEXT("scenarios/lobby.feature"),      10, 5,
                                   TEXT("    Given alice is logged in"), 5,  24 };
    struct result_line *nested = add_line(fixture, result, RESULT_NESTED, STATUS_PASSED);
    nested->depth = 1;
    nested->keyword = TEXT("When ");
    nested->text = TEXT("alice sends POST \"/login\"");
    nested->place = (struct place){ TEXT("scenarios/login.steps.feature"),        5, 5,
                                    TEXT("    When alice sends POST \"/login\""), 5, 30 };
    nested = add_line(fixture, result, RESULT_NESTED, STATUS_FAILED);
    nested->depth = 1;
    nested->keyword = TEXT("Then ");
    nested->text = TEXT("the status is 200");
    nested->place = (struct place){ TEXT("scenarios/login.steps.feature"), 6, 5,
                                    TEXT("    Then the status is 200"),    5, 22 };
    struct failure *failure = ARENA_NEW(&fixture->arena, struct failure);
    failure->message = TEXT("the status is 403, not 200");
    failure->hint = TEXT("read the answer below");
    failure->place = (struct place){ TEXT("scenarios/login.steps.feature"), 6,  24,
                                     TEXT("    Then the status is 200"),    24, 3 };
    failure->expected = TEXT("200");
    failure->actual = TEXT("403");
    failure->has_values = true;
    failure->exchange = ARENA_NEW(&fixture->arena, struct shown_exchange);
    *failure->exchange = (struct shown_exchange){
        .title = TEXT("POST https://staging.example.org/login: 403 Forbidden in 12.0 ms"),
        .curl = TEXT("curl -X POST -H 'Authorization: Bearer ***' "
                     "'https://staging.example.org/login'"),
        .request_head = TEXT("POST /login HTTP/1.1\nAuthorization: Bearer ***\n"),
        .response_head = TEXT("HTTP/1.1 403 Forbidden\nContent-Type: application/json\n"),
        .response_body = TEXT("{\"error\": \"]]> \x1b[31m<b>\xff\"}"),
        .response_body_bytes = 26,
    };
    nested->failure = failure;
    add_line(fixture, result, RESULT_STEP, STATUS_SKIPPED)->step = 1;
    add_line(fixture, result, RESULT_STEP, STATUS_SKIPPED)->step = 2;
    struct result_line *teardown = add_line(fixture, result, RESULT_TEARDOWN, STATUS_PASSED);
    teardown->step = 0;
    teardown->keyword = TEXT("afterwards ");
    teardown->text = TEXT("alice sends POST \"/logout\"");
}

static void make_chips(struct report_fixture *fixture, struct result *result)
{
    add_line(fixture, result, RESULT_STEP, STATUS_PASSED);
    struct result_line *line = add_line(fixture, result, RESULT_STEP, STATUS_FAILED);
    line->step = 1;
    struct failure *failure = ARENA_NEW(&fixture->arena, struct failure);
    failure->message = TEXT("2 values are not as wanted");
    failure->place = (struct place){ TEXT("scenarios/lobby.feature"), 21, 5,
                                     TEXT("    Then the JSON is:"),   5,  17 };
    const struct mismatch first = {
        .what = TEXT("JSON at $.chips"),
        .expected = TEXT("500"),
        .actual = TEXT("\"500\""),
        .place = { TEXT("scenarios/lobby.feature"), 23, 17, TEXT("      { \"chips\": 500,"), 17,
                   3 },
    };
    const struct mismatch second = {
        .what = TEXT("JSON at $.name"),
        .expected = TEXT("\"alice\""),
        .actual = TEXT("line one\nline \x1b]0;two"),
        .place = { TEXT("scenarios/lobby.feature"), 24, 16,
                   TEXT("        \"name\": \"alice\" }"), 16, 7 },
    };
    failure_add_mismatch(failure, &fixture->arena, &first);
    failure_add_mismatch(failure, &fixture->arena, &second);
    failure->mismatches_dropped = 4;
    line->failure = failure;
}

static void make_flaky(struct report_fixture *fixture, struct result *result)
{
    result->attempt = 1;
    add_line(fixture, result, RESULT_STEP, STATUS_PASSED);
    add_line(fixture, result, RESULT_STEP, STATUS_PASSED)->step = 1;
}

struct result *report_fixture_result_of(struct report_fixture *fixture, uint32_t scenario)
{
    static const enum status statuses[FIXTURE_SCENARIOS] = {
        STATUS_PASSED, STATUS_FAILED,  STATUS_FAILED,
        STATUS_PASSED, STATUS_SKIPPED, STATUS_UNDEFINED,
    };
    struct result *result = ARENA_NEW(&fixture->arena, struct result);
    result->lines = ARENA_ARRAY(&fixture->arena, 16, struct result_line);
    result->scenario = scenario;
    result->worker = scenario % 2;
    result->status = statuses[scenario];
    result->started_ns = clock_realtime_ns(&fixture->clock);
    result->duration_ns = (scenario + 1) * 12 * NANOSECONDS_PER_MILLISECOND;
    result->correlation_id = arena_format(&fixture->arena, "r1-%u", scenario);
    if (scenario == FIXTURE_LOBBY || scenario == FIXTURE_FLAKY)
        make_flaky(fixture, result);
    if (scenario == FIXTURE_LOBBY)
        result->attempt = 0;
    if (scenario == FIXTURE_JOIN)
        make_join(fixture, result);
    if (scenario == FIXTURE_CHIPS)
        make_chips(fixture, result);
    if (scenario == FIXTURE_SKIPPED)
        add_line(fixture, result, RESULT_STEP, STATUS_SKIPPED)->reason =
            TEXT("closed at night");
    if (scenario == FIXTURE_UNDEFINED)
        add_line(fixture, result, RESULT_STEP, STATUS_UNDEFINED)->reason =
            TEXT("no step fits; did you mean 'I send GET {string}'?");
    return result;
}

void report_fixture_result(struct report_fixture *fixture, const struct result *result)
{
    tally_add(&fixture->tally, result);
    report_fixture_event(fixture,
                         (struct event){ EVENT_SCENARIO_FINISHED, 0, { .result = result } });
}

static void start(struct report_fixture *fixture, uint32_t scenario, uint32_t attempt)
{
    report_fixture_event(
        fixture, (struct event){ EVENT_SCENARIO_STARTED,
                                 0,
                                 { .scenario_started = { scenario, attempt, scenario % 2 } } });
}

void report_fixture_scenario(struct report_fixture *fixture, uint32_t scenario)
{
    start(fixture, scenario, 0);
    if (scenario == FIXTURE_FLAKY) {
        struct result *first = report_fixture_result_of(fixture, FIXTURE_CHIPS);
        first->scenario = scenario;
        first->worker = scenario % 2;
        first->will_be_retried = true;
        report_fixture_result(fixture, first);
        start(fixture, scenario, 1);
    }
    report_fixture_result(fixture, report_fixture_result_of(fixture, scenario));
}

void report_fixture_run_finished(struct report_fixture *fixture)
{
    static const struct revision revisions[] = {
        { TEXT_STATIC("api"), TEXT_STATIC("3f2a91c"), TEXT_STATIC("") },
    };
    const struct run_finished run = {
        .exit_code = EXIT_CODE_NO,
        .meaning = TEXT("a scenario failed"),
        .duration_ns = 1250 * NANOSECONDS_PER_MILLISECOND,
        .tally = fixture->tally,
        .revisions = revisions,
        .revision_count = 1,
    };
    clock_advance(&fixture->clock, 1250 * NANOSECONDS_PER_MILLISECOND);
    report_fixture_event(fixture,
                         (struct event){ EVENT_RUN_FINISHED, 0, { .run_finished = &run } });
}

void report_fixture_close(struct report_fixture *fixture)
{
    assert_true(stream_close(&fixture->stream, &fixture->problems));
    assert_int_equal(fixture->problems.count, 0);
}

void report_fixture_play(struct report_fixture *fixture, const char *name, const char *file)
{
    report_fixture_open(fixture, name, file);
    report_fixture_run_started(fixture);
    /* not in the order of the files */
    for (uint32_t i = FIXTURE_SCENARIOS; i > 0; i--)
        report_fixture_scenario(fixture, i - 1);
    report_fixture_run_finished(fixture);
    report_fixture_close(fixture);
}

void report_fixture_add_conversation(struct report_fixture *fixture, struct result *result)
{
    struct shown_conversation *shown = ARENA_NEW(&fixture->arena, struct shown_conversation);
    struct shown_message *list = ARENA_ARRAY(&fixture->arena, 2, struct shown_message);
    list[0] = (struct shown_message){ .at_ns = FIXTURE_START_NS,
                                      .is_sent = true,
                                      .data = TEXT("{\"type\":\"ready\"}"),
                                      .bytes = 16 };
    list[1] = (struct shown_message){ .at_ns = FIXTURE_START_NS + 20000000,
                                      .data = TEXT("\x1b[2J]]>\n✓ all passed"),
                                      .bytes = 22 };
    *shown = (struct shown_conversation){
        .actor = TEXT("bob"),
        .name = TEXT("table"),
        .protocol = TEXT("JSON"),
        .url = TEXT("ws://127.0.0.1/realtime"),
        .status = 101,
        .ended_by = CONVERSATION_ENDED_BY_SERVER,
        .is_clean = true,
        .code = 1012,
        .reason = TEXT("service restart"),
        .started_ns = FIXTURE_START_NS,
        .ended_ns = FIXTURE_START_NS + 30000000,
        .sent = { 1 },
        .received = { 1 },
        .sent_bytes = 16,
        .received_bytes = 22,
    };
    if (status_is_failure(result->status)) {
        shown->list = list;
        shown->count = 2;
        shown->first_count = 2;
    } else {
        shown->left_out = 2;
    }
    result->conversations = ARENA_NEW(&fixture->arena, struct shown_conversation *);
    result->conversations[0] = shown;
    result->conversation_count = 1;
}
