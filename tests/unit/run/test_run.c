/* SPDX-License-Identifier: MIT */
/* Whole runs, from files to reports, with steps of our own and real workers. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/random.h"
#include "config/settings.h"
#include "exchange/cookie_jar.h"
#include "match/parameter_type.h"
#include "match/registry.h"
#include "net/http.h"
#include "run/run.h"
#include "world/cast.h"
#include "world/host.h"
#include "world/session.h"
#include "world/step.h"
#include "world/world.h"

enum { OUTPUT_BYTES = 200000 };

struct fixture {
    char folder[32];
    char output[OUTPUT_BYTES];
    struct run_options options;
    struct config_settings settings;
    struct problems problems;
    struct text path;
    char messages[2000];
};

/* The steps. */

static void step_passes(struct step *step)
{
    step->world->checks++;
}

static void step_fails(struct step *step)
{
    step_fail(step, "it failed as told");
}

static void step_crashes(struct step *step)
{
    (void)step;
    printf("last words");
    fflush(stdout);
    raise(SIGKILL);
}

/* Lives the first time it is run in a folder. */
static void step_dies_later(struct step *step)
{
    const struct world_context *context = step->world->context;
    char path[200];
    snprintf(path, sizeof(path), "%.*s/lived", TEXT_ARG(context->project_folder));
    if (mkdir(path, 0700) != 0) {
        raise(SIGKILL);
    }
}

static void step_hangs(struct step *step)
{
    (void)step;
    for (volatile unsigned i = 0;; i++) {
        (void)i;
    }
}

static bool never(const struct step *step)
{
    (void)step;
    return false;
}

static void finish_wait(struct step *step, enum step_wait wait)
{
    if (wait != STEP_WAIT_DEADLINE) {
        step_fail(step, "%s",
                  step->world->cancel_cause.size ? "ended by a limit" : "interrupted");
    }
}

static void step_waits(struct step *step)
{
    uint64_t ms;
    assert_true(text_to_uint64(step_argument(step, 0), &ms));
    step->deadline_ns = step->started_ns + ms * NANOSECONDS_PER_MILLISECOND;
    step->is_done = never;
    step->finish = finish_wait;
    step->world->checks++;
}

/* Adds a line to the file "log" of the folder. */
static void step_logs(struct step *step)
{
    struct text word = step_argument(step, 0);
    const struct world_context *context = step->world->context;
    char path[200];
    snprintf(path, sizeof(path), "%.*s/log", TEXT_ARG(context->project_folder));
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    dprintf(file, "%.*s\n", TEXT_ARG(word));
    close(file);
    step->world->checks++;
}

/* Fails the first time it is run in a folder. */
static void step_is_lucky_later(struct step *step)
{
    const struct world_context *context = step->world->context;
    char path[200];
    snprintf(path, sizeof(path), "%.*s/tried", TEXT_ARG(context->project_folder));
    if (mkdir(path, 0700) == 0) {
        step_fail(step, "not yet");
    }
    step->world->checks++;
}

static void step_prints(struct step *step)
{
    (void)step;
    printf("a line that is no report\n");
    fflush(stdout);
}

static void step_keeps(struct step *step)
{
    const struct host *host = step->world->context->host;
    assert_true(host->keep_session(host->context, step, TEXT("s"), step_argument(step, 0)));
}

static void step_finds(struct step *step)
{
    const struct host *host = step->world->context->host;
    struct text data;
    if (host->find_session(host->context, step, TEXT("s"), &data) &&
        !text_equal(data, step_argument(step, 0))) {
        step_fail(step, "found '%.*s'", TEXT_ARG(data));
    }
    step->world->checks++;
}

static void step_afterwards(struct step *step)
{
    const struct host *host = step->world->context->host;
    host->run_afterwards(host->context, step);
}

static void step_saves(struct step *step)
{
    struct actor *actor = world_actor(step->world, TEXT("alice"));
    scope_save(step->scope, actor, TEXT("v"), step_argument(step, 0), VARIABLE_TEXT);
    variables_set(&actor->account, &step->world->arena,
                  (struct variable){ .name = TEXT("column"), .value = TEXT("cell") });
    actor->has_account = true;
    world_learn_secret(step->world, step_argument(step, 0));
    if (!group_find(step->world, TEXT("players"))) {
        assert_true(group_add(step->world, TEXT("players"), cast_of_one(step->world, actor)));
    }
}

static void step_gets_cookie(struct step *step)
{
    struct cookie_jar *jar =
        http_session_cookies(actor_session(world_actor(step->world, TEXT("alice"))));
    assert_true(
        cookie_jar_set(jar, TEXT("http://127.0.0.1/"), TEXT("sid"), step_argument(step, 0), 1));
}

/* What a step sees of alice. */
static void step_logs_all(struct step *step)
{
    const struct world_context *context = step->world->context;
    struct actor *actor = world_actor(step->world, TEXT("alice"));
    const struct variable *v = scope_find(step->scope, actor, TEXT("v"));
    const struct variable *column = scope_find(step->scope, actor, TEXT("column"));
    const struct group *group = group_find(step->world, TEXT("players"));
    const struct cookie *cookie = cookie_jar_find(http_session_cookies(actor_session(actor)),
                                                  TEXT("http://127.0.0.1/"), TEXT("sid"), 1);
    char path[200];
    snprintf(path, sizeof(path), "%.*s/log", TEXT_ARG(context->project_folder));
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    dprintf(file, "%.*s %.*s %.*s %s\n", TEXT_ARG(v ? v->value : TEXT("no")),
            TEXT_ARG(column ? column->value : TEXT("no")),
            TEXT_ARG(cookie ? cookie->value : TEXT("no")),
            group && group->members.count == 1 && group->members.list[0] == actor ? "group"
                                                                                  : "no");
    close(file);
    if (v) {
        step_fail(step, "it saw %.*s", TEXT_ARG(v->value));
    }
}

static void step_pending(struct step *step)
{
    step_stop(step, STATUS_PENDING, TEXT("not written yet"));
}

static void step_skips(struct step *step)
{
    step_stop(step, STATUS_SKIPPED, TEXT("not today"));
}

static const struct step_definition definitions[] = {
    { .id = "passes", .expression = "it passes", .run = step_passes, .is_check = true },
    { .id = "does", .expression = "it does nothing", .run = step_prints },
    { .id = "fails", .expression = "it fails", .run = step_fails, .is_check = true },
    { .id = "crashes", .expression = "it crashes", .run = step_crashes },
    { .id = "dies later", .expression = "it dies later", .run = step_dies_later },
    { .id = "hangs", .expression = "it hangs", .run = step_hangs },
    { .id = "waits", .expression = "it waits {int} ms", .run = step_waits, .is_check = true },
    { .id = "logs", .expression = "it logs {word}", .run = step_logs, .is_check = true },
    { .id = "lucky",
      .expression = "it is lucky later",
      .run = step_is_lucky_later,
      .is_check = true },
    { .id = "keeps", .expression = "it keeps {word}", .run = step_keeps },
    { .id = "finds", .expression = "it finds {word}", .run = step_finds, .is_check = true },
    { .id = "K1",
      .expression = "afterwards {step}",
      .run = step_afterwards,
      .takes = TAKES_AS_THE_STEP },
    { .id = "saves", .expression = "it saves {word}", .run = step_saves },
    { .id = "cookie", .expression = "it gets cookie {word}", .run = step_gets_cookie },
    { .id = "logs all", .expression = "it tells all", .run = step_logs_all },
    { .id = "pending", .expression = "it is pending", .run = step_pending },
    { .id = "skips", .expression = "it skips", .run = step_skips },
    { .id = "two a", .expression = "it is one or two", .run = step_passes },
    { .id = "two b", .expression = "it is one {word} two", .run = step_passes },
};

/* The fixture. */

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/bddrun-run-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    problems_init(&fixture->problems);
    fixture->settings.folder = text_of(fixture->folder);
    fixture->settings.limits.jobs = 2;
    fixture->settings.limits.step_ms = 20000;
    fixture->settings.limits.scenario_ms = 30000;
    fixture->path = text_of(fixture->folder);
    fixture->options.paths = &fixture->path;
    fixture->options.path_count = 1;
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char path[400];
    DIR *folder = opendir(fixture->folder);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        snprintf(path, sizeof(path), "%s/%s", fixture->folder, entry->d_name);
        if (entry->d_name[0] != '.') {
            (void)remove(path);
        }
    }
    closedir(folder);
    rmdir(fixture->folder);
    problems_release(&fixture->problems);
    free(fixture);
    return 0;
}

static void feature(struct fixture *fixture, const char *name, const char *content)
{
    char path[100];
    snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
    FILE *file = fopen(path, "w");
    fputs(content, file);
    fclose(file);
}

static void keep_messages(struct fixture *fixture)
{
    size_t size = 0;
    for (size_t i = 0; i < fixture->problems.count; i++) {
        size += (size_t)snprintf(fixture->messages + size, sizeof(fixture->messages) - size,
                                 "%.*s\n", TEXT_ARG(fixture->problems.list[i].message));
    }
}

static enum exit_code run_plan(struct fixture *fixture, struct registry *registry)
{
    char path[100];
    struct plan plan;
    struct random random;
    random_init_seeded(&random, 1);
    snprintf(path, sizeof(path), "%s/output", fixture->folder);
    int output = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    enum exit_code code;
    if (plan_make(&plan, &fixture->options, TEXT_EMPTY, registry, &random,
                  &fixture->problems)) {
        struct run_setup setup = { .options = &fixture->options,
                                   .settings = &fixture->settings,
                                   .registry = registry,
                                   .clock = clock_real(),
                                   .command = TEXT("test"),
                                   .output_descriptor = output,
                                   .notice_descriptor = output };
        code = run_scenarios(&setup, &plan, &fixture->problems);
    } else {
        code = problems_exit_code(&fixture->problems);
    }
    keep_messages(fixture);
    problems_clear(&fixture->problems); /* they point into the plan */
    plan_release(&plan);
    ssize_t size = pread(output, fixture->output, OUTPUT_BYTES - 1, 0);
    fixture->output[size > 0 ? size : 0] = '\0';
    close(output);
    return code;
}

static enum exit_code run(struct fixture *fixture)
{
    static const struct parameter_pattern patterns[] = { { "step", ".+", false, "x" } };
    struct parameter_types *types = parameter_types_new();
    struct registry *registry = registry_new(types);
    struct expression_error error;
    parameter_types_add(types, patterns, 1);
    assert_true(registry_add(registry, definitions,
                             sizeof(definitions) / sizeof(definitions[0]), &error));
    enum exit_code code = run_plan(fixture, registry);
    registry_free(registry);
    parameter_types_free(types);
    return code;
}

static void assert_output_has(const struct fixture *fixture, const char *part)
{
    if (!strstr(fixture->output, part)) {
        print_error("no '%s' in:\n%s\n%s", part, fixture->output, fixture->messages);
        fail();
    }
}

static void read_log(const struct fixture *fixture, char *log, size_t capacity)
{
    char path[100];
    snprintf(path, sizeof(path), "%s/log", fixture->folder);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = file >= 0 ? read(file, log, capacity - 1) : 0;
    log[size > 0 ? size : 0] = '\0';
    if (file >= 0) {
        close(file);
    }
}

static void assert_log(const struct fixture *fixture, const char *expected)
{
    char log[2000];
    read_log(fixture, log, sizeof(log));
    assert_string_equal(log, expected);
}

#define SCENARIO(name, steps) "  Scenario: " name "\n" steps

/* What becomes of scenarios. */

static void each_ending_has_its_exit_code(void **state)
{
    static const struct {
        const char *steps;
        enum exit_code code;
        const char *output;
    } cases[] = {
        { "    * it passes\n", EXIT_CODE_YES, "1 passed" },
        { "    * it fails\n    * it passes\n", EXIT_CODE_NO, "it failed as told" },
        { "    * it passes\n    * what is this\n", EXIT_CODE_NO, "1 undefined" },
        { "    * it is one or two\n", EXIT_CODE_NO, "1 ambiguous" },
        { "    * it is pending\n    * it passes\n", EXIT_CODE_NO, "not written yet" },
        { "    * it skips\n    * it passes\n", EXIT_CODE_NOTHING, "not today" },
        { "    * it does nothing\n", EXIT_CODE_NO, "the scenario checks nothing" },
        { "", EXIT_CODE_NO, "the scenario has no steps" },
        { "    * it crashes\n    * it passes\n", EXIT_CODE_NO, "signal 9" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char content[500];
        snprintf(content, sizeof(content), "Feature: f\n  Scenario: s\n%s", cases[i].steps);
        feature(fixture, "a.feature", content);
        enum exit_code code = run(fixture);
        assert_output_has(fixture, cases[i].output);
        assert_int_equal(code, cases[i].code);
    }
}

static void a_crash_costs_one_scenario_and_tells_its_last_words(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it passes\n")
                SCENARIO("two", "    * it passes\n    * it crashes\n    * it passes\n")
                    SCENARIO("three", "    * it passes\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_output_has(fixture, "2 passed");
    assert_output_has(fixture, "1 failed");
    assert_output_has(fixture, "last words");
}

static void what_ignores_its_limit_is_killed_after_a_grace(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.step_timeout_ms = 100;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it hangs\n")
                SCENARIO("two", "    * it passes\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_output_has(fixture, "1 passed");
    assert_output_has(fixture, "the step did not end, and was killed");
}

static void limits_end_steps_and_scenarios_softly(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.step_timeout_ms = 50;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * afterwards it logs torn\n"
                                           "    * it waits 9000 ms\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_output_has(fixture, "ended by a limit");
    assert_log(fixture, "torn\n");
}

static void the_limit_of_the_run_ends_it(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.run_timeout_ms = 100;
    feature(fixture, "a.feature", "Feature: f\n" SCENARIO("one", "    * it waits 9000 ms\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_output_has(fixture, "the run took longer than its limit");
}

static void what_passes_on_retry_is_flaky(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.has_retry = true;
    fixture->options.retry = 1;
    fixture->options.fails_on_flaky = true;
    feature(fixture, "a.feature", "Feature: f\n" SCENARIO("one", "    * it is lucky later\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_output_has(fixture, "flaky");
    fixture->options.fails_on_flaky = false;
    assert_int_equal(run(fixture), EXIT_CODE_YES);
}

static void a_crash_is_retried_too(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.has_retry = true;
    fixture->options.retry = 1;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it logs tried\n    * it crashes\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_log(fixture, "tried\ntried\n");
}

/* What a worker that died had put off. */

static void what_was_put_off_is_done_after_a_crash_last_one_first(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * afterwards it logs first\n"
                                           "    * it passes\n"
                                           "    * afterwards it logs second\n"
                                           "    * it crashes\n"
                                           "    * afterwards it logs never\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_log(fixture, "second\nfirst\n");
    assert_output_has(fixture, "signal 9");
    assert_output_has(fixture, "1 failed");
    assert_output_has(fixture, "afterwards it logs first");
}

static void a_teardown_in_another_worker_sees_variables_cookies_and_accounts(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it saves early\n"
                                           "    * afterwards it tells all\n"
                                           "    * it gets cookie yummy\n"
                                           "    * it saves hidden-value\n"
                                           "    * it crashes\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_log(fixture, "hidden-value cell yummy group\n");
    assert_output_has(fixture, "it saw ***");
}

static void what_was_put_off_is_done_after_a_hard_kill(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.step_timeout_ms = 100;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * afterwards it logs torn\n    * it hangs\n")
                SCENARIO("two", "    * it passes\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_log(fixture, "torn\n");
    assert_output_has(fixture, "the step did not end, and was killed");
    assert_output_has(fixture, "1 passed");
}

static void a_crash_in_the_teardown_leaves_the_rest_of_it(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * afterwards it logs last\n"
                                           "    * afterwards it crashes\n"
                                           "    * afterwards it crashes\n"
                                           "    * afterwards it logs first\n"
                                           "    * it crashes\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_log(fixture, "first\nlast\n");
    assert_output_has(fixture, "the teardown was cut short: the worker crashed");
    assert_output_has(fixture, "1 failed");
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * afterwards it crashes\n"
                                           "    * it crashes\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_output_has(fixture, "the teardown was cut short: the worker crashed");
}

static void a_crashed_attempt_is_torn_down_before_it_is_retried(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.has_retry = true;
    fixture->options.retry = 1;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it logs tried\n"
                                           "    * afterwards it logs torn\n"
                                           "    * it crashes\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_log(fixture, "tried\ntorn\ntried\ntorn\n");
    assert_output_has(fixture, "1 failed");
}

static void a_retry_inherits_no_teardown_of_the_attempt_before(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.has_retry = true;
    fixture->options.retry = 1;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it dies later\n"
                                           "    * afterwards it logs torn\n"
                                           "    * it fails\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_log(fixture, "torn\n");
}

static void the_crash_of_the_last_scenario_allowed_is_torn_down(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings.limits.jobs = 1;
    fixture->options.max_failures = 1;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * afterwards it logs torn\n    * it crashes\n")
                SCENARIO("two", "    * it waits 20 ms\n")
                    SCENARIO("three", "    * it logs three\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_output_has(fixture, "stopped after the first failure");
    assert_true(fixture->output[0] != 0);
}

static void features_after_a_crashed_scenario_run_too(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "b.feature",
            "@before:@omaha\nFeature: b\n" SCENARIO("s", "    * afterwards it logs before\n"));
    feature(fixture, "c.feature",
            "@after:@omaha\nFeature: c\n" SCENARIO("t", "    * it logs after\n"));
    feature(fixture, "m.feature",
            "Feature: m\n  @omaha\n" SCENARIO("one", "    * it crashes\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_log(fixture, "before\nafter\n");
}

static void a_limit_of_failures_stops_the_run(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings.limits.jobs = 1;
    fixture->options.max_failures = 1;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it fails\n")
                SCENARIO("two", "    * it waits 20 ms\n")
                    SCENARIO("three", "    * it logs three\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_output_has(fixture, "stopped after the first failure");
    assert_log(fixture, "");
}

static void printing_steps_disturb_no_report(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it does nothing\n    * it passes\n"));
    assert_int_equal(run(fixture), EXIT_CODE_YES);
    assert_null(strstr(fixture->output, "no report"));
}

/* Features around others. */

static void set_up_runs_first_and_teardown_last(void **state)
{
    struct fixture *fixture = *state;
    feature(
        fixture, "z.feature",
        "@before-all\nFeature: z\n" SCENARIO("s", "    * it logs first\n    * it keeps x\n"));
    feature(fixture, "a.feature",
            "@after-all\nFeature: a\n" SCENARIO("t", "    * it logs last\n"));
    feature(fixture, "m.feature",
            "Feature: m\n" SCENARIO("one", "    * it finds x\n    * it logs main\n"));
    assert_int_equal(run(fixture), EXIT_CODE_YES);
    assert_log(fixture, "first\nmain\nlast\n");
    assert_output_has(fixture, "3 passed");
}

static void nothing_runs_after_a_failed_set_up_but_the_teardown(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "b.feature",
            "@before-all\nFeature: b\n" SCENARIO("s", "    * it fails\n")
                SCENARIO("s2", "    * it logs second\n"));
    feature(fixture, "c.feature",
            "@after-all\nFeature: c\n" SCENARIO("t", "    * it logs last\n"));
    feature(fixture, "m.feature", "Feature: m\n" SCENARIO("one", "    * it logs main\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_log(fixture, "second\nlast\n");
    assert_output_has(fixture, "the set-up failed");
}

static void features_run_around_scenarios_with_their_tags(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings.limits.jobs = 1;
    feature(fixture, "b.feature",
            "@before:omaha,@holdem\nFeature: b\n" SCENARIO("s", "    * it logs before\n"));
    feature(fixture, "c.feature",
            "@after:@omaha\nFeature: c\n" SCENARIO("t", "    * it logs after\n"));
    feature(fixture, "m.feature",
            "Feature: m\n  @omaha\n" SCENARIO("one", "    * it logs one\n    * it fails\n")
                SCENARIO("two", "    * it logs two\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_log(fixture, "before\none\nafter\ntwo\n");
}

static void serial_scenarios_run_alone(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "a.feature",
            "Feature: f\n  @serial\n" SCENARIO(
                "one",
                "    * it logs in\n    * it waits 30 ms\n"
                "    * it logs out\n") "  @serial\n" SCENARIO("two", "    * it logs in\n    * "
                                                                     "it waits 30 ms\n"
                                                                     "    * it logs out\n")
                SCENARIO("three", "    * it waits 50 ms\n    * it logs parallel\n"));
    assert_int_equal(run(fixture), EXIT_CODE_YES);
    assert_log(fixture, "parallel\nin\nout\nin\nout\n");
}

/* Which scenarios. */

static void assert_refused(struct fixture *fixture, enum exit_code code, const char *message)
{
    enum exit_code actual = run(fixture);
    if (actual != code || !strstr(fixture->messages, message)) {
        print_error("%d, no '%s' in '%s'\n", (int)actual, message, fixture->messages);
        fail();
    }
    memset(fixture->messages, 0, sizeof(fixture->messages));
}

static void nothing_to_run_is_no_success(void **state)
{
    struct fixture *fixture = *state;
    struct text option = TEXT("@no");
    struct text missing = TEXT("/tmp/bddrun-no-such-folder");
    char line[100];
    assert_refused(fixture, EXIT_CODE_NOTHING, "no feature file in folder");
    feature(fixture, "a.feature", "Feature: f\n");
    assert_refused(fixture, EXIT_CODE_USAGE, "feature 'f' has no scenarios");
    feature(fixture, "a.feature", "Feature: f\n" SCENARIO("one", "    * it logs x\n"));
    fixture->options.tags = &option;
    fixture->options.tag_count = 1;
    assert_refused(fixture, EXIT_CODE_NOTHING, "none of 1 scenarios was selected");
    option = TEXT("@a and");
    assert_refused(fixture, EXIT_CODE_USAGE, "could not be parsed");
    fixture->options.tag_count = 0;
    fixture->options.names = &option;
    fixture->options.name_count = 1;
    assert_refused(fixture, EXIT_CODE_NOTHING, "none of 1 scenarios");
    option = TEXT("(");
    assert_refused(fixture, EXIT_CODE_USAGE, "--name '('");
    fixture->options.name_count = 0;
    fixture->options.paths = &missing;
    assert_refused(fixture, EXIT_CODE_USAGE, "no such file or folder");
    snprintf(line, sizeof(line), "%s/a.feature:99", fixture->folder);
    missing = text_of(line);
    assert_refused(fixture, EXIT_CODE_USAGE, "no scenario at line 99");
    fixture->options.path_count = 0;
    assert_refused(fixture, EXIT_CODE_USAGE, "no scenarios are named");
    assert_log(fixture, "");
}

static void all_errors_of_all_files_are_told_and_nothing_runs(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "a.feature", "Feature: f\n" SCENARIO("one", "    * it logs x\n"));
    feature(fixture, "b.feature", "Feature: f\n  Scenario: s\n    Given x\n  nonsense\n");
    feature(fixture, "c.feature", "Feature: f\n  Scenario: s\n    Whne it passes\n");
    assert_int_equal(run(fixture), EXIT_CODE_USAGE);
    assert_non_null(strstr(fixture->messages, "got 'nonsense'"));
    assert_non_null(strstr(fixture->messages, "mistyped step 'Whne'"));
    assert_log(fixture, "");
}

static void lines_names_and_lists_select(void **state)
{
    struct fixture *fixture = *state;
    struct text names[] = { TEXT("^tw"), TEXT("four") };
    char path[100];
    char list[110];
    fixture->settings.limits.jobs = 1;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it logs one\n")
                SCENARIO("two", "    * it logs two\n") SCENARIO(
                    "three",
                    "    * it logs three\n") "  Scenario Outline: four\n    * it logs <x>\n"
                                             "    Examples:\n      | x |\n      | 4a |\n      "
                                             "| 4b |\n");
    snprintf(path, sizeof(path), "%s/a.feature:3:12", fixture->folder);
    snprintf(list, sizeof(list), "%s\n\n", path);
    feature(fixture, "rerun.txt", list);
    fixture->path = text_of(path);
    assert_int_equal(run(fixture), EXIT_CODE_YES);
    assert_log(fixture, "one\n4a\n");
    snprintf(path, sizeof(path), "@%s/rerun.txt", fixture->folder);
    fixture->path = text_of(path);
    assert_int_equal(run(fixture), EXIT_CODE_YES);
    assert_log(fixture, "one\n4a\none\n4a\n");
    fixture->path = text_of(fixture->folder);
    fixture->options.names = names;
    fixture->options.name_count = 2;
    assert_int_equal(run(fixture), EXIT_CODE_YES);
    assert_log(fixture, "one\n4a\none\n4a\ntwo\n4a\n4b\n");
}

static void shards_run_each_scenario_once(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.shard_count = 3;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it logs one\n")
                SCENARIO("two", "    * it logs two\n"));
    for (uint64_t index = 1; index <= 3; index++) {
        fixture->options.shard_index = index;
        assert_int_equal(run(fixture), EXIT_CODE_YES);
    }
    assert_log(fixture, "one\ntwo\n");
    assert_non_null(
        strstr(fixture->messages, "none of the 2 selected scenarios is in shard 3"));
}

static void the_same_seed_gives_the_same_order(void **state)
{
    struct fixture *fixture = *state;
    char content[2000] = "Feature: f\n";
    char first[2000];
    char both[2000];
    for (int i = 0; i < 20; i++) {
        size_t size = strlen(content);
        snprintf(content + size, sizeof(content) - size, "  Scenario: s\n    * it logs s%d\n",
                 i);
    }
    feature(fixture, "a.feature", content);
    fixture->settings.limits.jobs = 1;
    fixture->options.order = RUN_ORDER_RANDOM;
    fixture->options.has_seed = true;
    fixture->options.seed = 42;
    assert_int_equal(run(fixture), EXIT_CODE_YES);
    assert_output_has(fixture, "42");
    read_log(fixture, first, sizeof(first));
    assert_false(text_starts_with(text_of(first), TEXT("s0\ns1\ns2\ns3\ns4\n")));
    assert_int_equal(run(fixture), EXIT_CODE_YES);
    read_log(fixture, both, sizeof(both));
    assert_string_equal(both + strlen(first), first);
}

static void a_dry_run_finds_what_is_undefined_and_runs_nothing(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.is_dry_run = true;
    feature(fixture, "a.feature", "Feature: f\n" SCENARIO("one", "    * it logs x\n"));
    assert_int_equal(run(fixture), EXIT_CODE_YES);
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * it logs x\n    * what is this\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_output_has(fixture, "1 undefined");
    feature(fixture, "a.feature", "Feature: f\n" SCENARIO("one", "    * it does nothing\n"));
    assert_int_equal(run(fixture), EXIT_CODE_NO);
    assert_output_has(fixture, "the scenario checks nothing");
    assert_log(fixture, "");
}

/* Signals. */

static enum exit_code run_and_signal(struct fixture *fixture, int first, int second)
{
    pid_t parent = getpid();
    pid_t sender = fork();
    if (sender == 0) {
        usleep(300000);
        kill(parent, first);
        usleep(second ? 300000 : 0);
        if (second) {
            kill(parent, second);
        }
        _exit(0);
    }
    enum exit_code code = run(fixture);
    waitpid(sender, NULL, 0);
    return code;
}

static void a_signal_ends_the_run_with_teardown_and_report(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "a.feature",
            "Feature: f\n" SCENARIO("one", "    * afterwards it logs torn\n"
                                           "    * it waits 9000 ms\n"
                                           "    * it logs never\n"));
    feature(fixture, "z.feature",
            "@after-all\nFeature: z\n" SCENARIO("t", "    * it logs last\n"));
    assert_int_equal((int)run_and_signal(fixture, SIGTERM, 0), 128 + SIGTERM);
    assert_log(fixture, "torn\nlast\n");
    assert_output_has(fixture, "interrupted");
}

static void a_second_signal_kills(void **state)
{
    struct fixture *fixture = *state;
    feature(fixture, "a.feature", "Feature: f\n" SCENARIO("one", "    * it hangs\n"));
    assert_int_equal((int)run_and_signal(fixture, SIGINT, SIGINT), 128 + SIGINT);
    assert_output_has(fixture, "interrupted: the worker was killed");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_ending_has_its_exit_code),
        TEST(a_crash_costs_one_scenario_and_tells_its_last_words),
        TEST(what_ignores_its_limit_is_killed_after_a_grace),
        TEST(limits_end_steps_and_scenarios_softly),
        TEST(the_limit_of_the_run_ends_it),
        TEST(what_passes_on_retry_is_flaky),
        TEST(a_crash_is_retried_too),
        TEST(what_was_put_off_is_done_after_a_crash_last_one_first),
        TEST(a_teardown_in_another_worker_sees_variables_cookies_and_accounts),
        TEST(what_was_put_off_is_done_after_a_hard_kill),
        TEST(a_crash_in_the_teardown_leaves_the_rest_of_it),
        TEST(a_crashed_attempt_is_torn_down_before_it_is_retried),
        TEST(a_retry_inherits_no_teardown_of_the_attempt_before),
        TEST(the_crash_of_the_last_scenario_allowed_is_torn_down),
        TEST(features_after_a_crashed_scenario_run_too),
        TEST(a_limit_of_failures_stops_the_run),
        TEST(printing_steps_disturb_no_report),
        TEST(set_up_runs_first_and_teardown_last),
        TEST(nothing_runs_after_a_failed_set_up_but_the_teardown),
        TEST(features_run_around_scenarios_with_their_tags),
        TEST(serial_scenarios_run_alone),
        TEST(nothing_to_run_is_no_success),
        TEST(all_errors_of_all_files_are_told_and_nothing_runs),
        TEST(lines_names_and_lists_select),
        TEST(shards_run_each_scenario_once),
        TEST(the_same_seed_gives_the_same_order),
        TEST(a_dry_run_finds_what_is_undefined_and_runs_nothing),
        TEST(a_signal_ends_the_run_with_teardown_and_report),
        TEST(a_second_signal_kills),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
