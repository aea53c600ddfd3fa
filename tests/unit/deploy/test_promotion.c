/* SPDX-License-Identifier: MIT */
#include "deploy/promotion.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "support/raw_server.h"
#include "support/release_fixture.h"

static struct release_fixture fixture;

static int set_up(void **state)
{
    (void)state;
    release_fixture_init(&fixture);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    release_fixture_release(&fixture);
    return 0;
}

static void again_with(const char *deploy_lines)
{
    release_fixture_release(&fixture);
    release_fixture_init_with(&fixture, deploy_lines);
}

static void assert_promotes(enum exit_code code, const char *reason, const char *live)
{
    struct release_answer answer = release_fixture_run(&fixture, false);
    struct text said = arena_format(&fixture.arena, "%.*s", TEXT_ARG(answer.reason));
    assert_string_equal(said.at, reason);
    assert_int_equal(answer.code, code);
    assert_true(text_is(release_fixture_live(&fixture), live));
}

static void what_is_promoted_is_live_checked_and_in_the_journal(void **state)
{
    (void)state;
    struct release_answer answer = release_fixture_run(&fixture, false);
    assert_int_equal(answer.code, EXIT_CODE_YES);
    assert_true(text_is(answer.release, "2") && text_is(answer.previous, "1"));
    assert_true(text_is(answer.commit, RELEASE_COMMIT_2));
    assert_true(text_is(release_fixture_live(&fixture), "2"));
    assert_true(file_exists(release_fixture_path(&fixture, "migrated")));
    assert_true(file_exists(release_fixture_path(&fixture, "restarted")));
    assert_false(release_fixture_is_suspended(&fixture));
    assert_int_equal(fixture.smoke_count, 1);
    assert_int_equal(release_fixture_last_outcome(&fixture), OPERATION_PROMOTED);
    answer = release_fixture_run(&fixture, false);
    assert_true(answer.was_live_already);
    assert_int_equal(answer.code, EXIT_CODE_YES);
    assert_int_equal(release_fixture_count(&fixture), 1);
}

static void a_release_that_fails_its_scenarios_is_taken_back(void **state)
{
    (void)state;
    fixture.smoke_fails_on[2] = true;
    assert_promotes(EXIT_CODE_TAKEN_BACK, "the scenarios failed", "1");
    assert_int_equal(fixture.smoke_count, 2);
    assert_false(release_fixture_is_suspended(&fixture));
    assert_int_equal(release_fixture_last_outcome(&fixture), OPERATION_TAKEN_BACK);
    release_fixture_ask(&fixture, 3);
    assert_promotes(EXIT_CODE_YES, "", "3");
    struct release_answer answer = release_fixture_run(&fixture, true);
    assert_int_equal(answer.code, EXIT_CODE_YES); /* not to 2, which was bad */
    assert_true(text_is(release_fixture_live(&fixture), "1"));
}

static void where_the_way_back_fails_too_a_person_is_needed(void **state)
{
    (void)state;
    fixture.smoke_fails_on[1] = true;
    fixture.smoke_fails_on[2] = true;
    assert_promotes(EXIT_CODE_NEEDS_PERSON,
                    "the scenarios failed; while it was taken back: the scenarios failed", "1");
    release_fixture_ask(&fixture, 3);
    assert_promotes(
        EXIT_CODE_NEEDS_PERSON,
        "production waits for a person: the scenarios failed; while it was taken back: "
        "the scenarios failed",
        "1");
    fixture.request.repaired = TEXT("the disk was full");
    assert_promotes(EXIT_CODE_YES, "", "3");
}

static void unsafe(void *context, struct text older, struct text newer,
                   struct release_scope *scope)
{
    (void)context;
    (void)older;
    (void)newer;
    *scope = (struct release_scope){ .unsafe = TEXT("a column is gone") };
}

static void what_cannot_be_taken_back_stays_and_needs_a_person(void **state)
{
    (void)state;
    fixture.smoke_fails_on[2] = true;
    fixture.request.find_scope = unsafe;
    assert_promotes(EXIT_CODE_NEEDS_PERSON,
                    "the scenarios failed; it cannot be taken back: a column is gone", "2");
    struct release_answer answer = release_fixture_run(&fixture, true);
    assert_int_equal(answer.code, EXIT_CODE_NO);
    assert_true(text_is(answer.reason, "release '2' cannot be rolled back: a column is gone"));
    fixture.request.goes_back_anyway = true;
    fixture.request.wish = (struct target_wish){ 0 };
    answer = release_fixture_run(&fixture, true);
    assert_int_equal(answer.code, EXIT_CODE_YES);
    assert_true(text_is(release_fixture_live(&fixture), "1"));
}

static void a_command_that_fails_before_the_switch_leaves_everything_as_it_was(void **state)
{
    (void)state;
    again_with("  before_switch: [[sh, -c, \"echo locked >&2; exit 3\"]]\n");
    assert_promotes(EXIT_CODE_ENVIRONMENT, "before the switch 1: sh: failed with code 3", "1");
    assert_false(release_fixture_is_suspended(&fixture));
    assert_int_equal(release_fixture_last_outcome(&fixture), OPERATION_ABANDONED);
    again_with("  before_switch: [[/nowhere/program]]\n");
    assert_promotes(EXIT_CODE_ENVIRONMENT,
                    "cannot start '/nowhere/program': No such file or directory", "1");
    again_with("  command_limit: 5 s\n  before_switch: [[sleep, \"1000\"]]\n");
    assert_promotes(EXIT_CODE_ENVIRONMENT,
                    "before the switch 1: sleep: did not end in time and was killed", "1");
}

static void what_is_shown_first_is_what_is_done(void **state)
{
    (void)state;
    fixture.request.is_dry_run = true;
    struct release_answer answer = release_fixture_run(&fixture, false);
    struct text expected = arena_format(&fixture.arena,
                                        "  1. suspend omaha\n"
                                        "  2. before the switch 1: touch\n"
                                        "  3. point %s/arena/current at releases/2\n"
                                        "  4. after the switch 1: touch\n"
                                        "  5. scenarios: @smoke\n"
                                        "  6. resume omaha\n",
                                        fixture.folder);
    assert_true(text_equal(answer.plan, expected));
    assert_int_equal(answer.code, EXIT_CODE_YES);
    assert_false(file_exists(release_fixture_path(&fixture, "arena/.bddrun")));
    fixture.request.is_dry_run = false;
    assert_int_equal(release_fixture_run(&fixture, false).code, EXIT_CODE_YES);
    fixture.request.is_dry_run = true;
    answer = release_fixture_run(&fixture, true);
    assert_true(text_contains(answer.plan, TEXT("current at releases/1")));
    assert_true(text_is(release_fixture_live(&fixture), "2"));
}

static void outside_the_window_nothing_is_touched(void **state)
{
    (void)state;
    again_with("  windows: {zone: UTC, any: [{allow: \"2001-01-01\"}]}\n");
    struct release_answer answer = release_fixture_run(&fixture, false);
    assert_int_equal(answer.code, EXIT_CODE_NOT_NOW);
    assert_false(answer.has_opening);
    assert_true(text_starts_with(answer.reason, TEXT("the window is closed")));
    assert_false(file_exists(release_fixture_path(&fixture, "arena/.bddrun")));
    fixture.request.window_override = TEXT("an outage");
    assert_promotes(EXIT_CODE_YES, "", "2");
    assert_true(text_contains(release_fixture_read(&fixture, "arena/.bddrun/journal.jsonl"),
                              TEXT("\"windowOverride\":\"an outage\"")));
    again_with("  windows: {zone: Europe/Nowhere, any: [{allow: \"2001-01-01\"}]}\n");
    assert_int_equal(release_fixture_run(&fixture, false).code, EXIT_CODE_USAGE);
}

static void a_clock_that_jumps_makes_no_verdict_good(void **state)
{
    (void)state;
    struct clock jumped;
    uint64_t now_ns = clock_realtime_ns(clock_real());
    uint64_t days_ns = UINT64_C(2) * 86400 * NANOSECONDS_PER_SECOND;
    clock_freeze(&jumped, 1, now_ns - days_ns);
    fixture.request.clock = &jumped;
    struct release_answer answer = release_fixture_run(&fixture, false);
    assert_int_equal(answer.code, EXIT_CODE_NOTHING);
    assert_true(text_starts_with(answer.reason, TEXT("the verdict is from the future")));
    clock_freeze(&jumped, 1, now_ns + days_ns);
    answer = release_fixture_run(&fixture, false);
    assert_true(text_starts_with(answer.reason, TEXT("the verdict expired at")));
    assert_true(text_is(release_fixture_live(&fixture), "1"));
}

static void while_another_one_promotes_there_is_nothing_to_do(void **state)
{
    (void)state;
    struct journal journal;
    assert_int_equal(journal_open(&journal, release_fixture_path(&fixture, "arena/.bddrun"),
                                  true, clock_real(), NULL, &fixture.problems),
                     JOURNAL_OPEN);
    assert_promotes(EXIT_CODE_NOT_NOW, "another promotion is under way", "1");
    struct release_answer answer = release_fixture_run(&fixture, true);
    assert_int_equal(answer.code, EXIT_CODE_NOT_NOW);
    journal_release(&journal);
    release_fixture_write(&fixture, "arena/deploy.lock", "");
    answer = release_fixture_run(&fixture, false);
    assert_int_equal(answer.code, EXIT_CODE_NOT_NOW);
}

static void without_trust_or_a_section_nothing_counts(void **state)
{
    (void)state;
    again_with("  max_age: 1 h\n  policy: [" VERDICT_POLICY
               "]\n  override_trust: [gate.pub]\n");
    struct release_answer answer = release_fixture_run(&fixture, false);
    assert_int_equal(answer.code, EXIT_CODE_USAGE); /* there is no such file here */
    again_with(
        "  policy: "
        "[\"sha256:4444444444444444444444444444444444444444444444444444444444444444\"]\n");
    answer = release_fixture_run(&fixture, false);
    assert_int_equal(answer.code, EXIT_CODE_NOTHING);
    assert_true(
        text_starts_with(answer.reason, TEXT("the verdict was made by another policy")));
    fixture.request.verdict_path = TEXT_EMPTY;
    assert_promotes(EXIT_CODE_NOTHING, "there is no verdict", "1");
    struct config empty;
    config_init(&empty, NULL);
    assert_true(
        config_read(&empty, TEXT("bddrun.yaml"), TEXT("version: 1\n"), &fixture.problems));
    fixture.request.config = &empty;
    assert_promotes(EXIT_CODE_USAGE, "bddrun.yaml has no section 'deploy'", "1");
    config_release(&empty);
}

/* As much as the limit lets it write; then the disk is full. */
static void promote_on_a_disk_of(rlim_t size_bytes)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = { size_bytes, size_bytes };
        signal(SIGXFSZ, SIG_IGN);
        (void)!setrlimit(RLIMIT_FSIZE, &limit);
        (void)release_fixture_run(&fixture, false);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void a_disk_that_is_full_leaves_one_of_two_and_a_journal_that_can_be_read(void **state)
{
    (void)state;
    for (rlim_t size = 1; size < 5000; size += 150) {
        release_fixture_release(&fixture);
        release_fixture_init(&fixture);
        promote_on_a_disk_of(size);
        struct text live = release_fixture_live(&fixture);
        assert_true(text_is(live, "1") || text_is(live, "2"));
        (void)release_fixture_last_outcome(&fixture);
        fixture.request.repaired = TEXT("the disk has room again");
        assert_int_equal(release_fixture_run(&fixture, false).code, EXIT_CODE_YES);
        assert_true(text_is(release_fixture_live(&fixture), "2"));
        assert_false(release_fixture_is_suspended(&fixture));
    }
}

static void status_shows_what_is_live_and_what_happened(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 1 << 20);
    fixture.smoke_fails_on[3] = true;
    assert_promotes(EXIT_CODE_YES, "", "2");
    release_fixture_ask(&fixture, 3);
    assert_promotes(EXIT_CODE_TAKEN_BACK, "the scenarios failed", "2");
    assert_int_equal(
        release_status(&fixture.request, false, &fixture.arena, &out, &fixture.problems),
        EXIT_CODE_YES);
    assert_true(text_contains(buffer_text(&out), TEXT("/arena: 2\nwindow: open\nlock: free")));
    assert_true(text_contains(buffer_text(&out), TEXT("promoted 2 by ann\n")));
    assert_true(
        text_contains(buffer_text(&out), TEXT("taken_back 3 by ann: the scenarios failed\n")));
    buffer_clear(&out);
    assert_int_equal(
        release_status(&fixture.request, true, &fixture.arena, &out, &fixture.problems),
        EXIT_CODE_YES);
    assert_true(text_contains(buffer_text(&out), TEXT("\"live\":\"2\"")));
    assert_true(text_contains(buffer_text(&out), TEXT("\"outcome\":\"taken_back\"")));
    release_fixture_write(&fixture, "arena/.bddrun/journal.jsonl", "{}\n");
    assert_int_equal(
        release_status(&fixture.request, true, &fixture.arena, &out, &fixture.problems),
        EXIT_CODE_USAGE);
    buffer_release(&out);
}

static void a_promotion_that_waits_for_a_person_is_in_the_status(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 1 << 20);
    fixture.smoke_fails_on[1] = fixture.smoke_fails_on[2] = true;
    assert_int_equal(release_fixture_run(&fixture, false).code, EXIT_CODE_NEEDS_PERSON);
    assert_int_equal(
        release_status(&fixture.request, false, &fixture.arena, &out, &fixture.problems),
        EXIT_CODE_NEEDS_PERSON);
    assert_true(
        text_contains(buffer_text(&out), TEXT("waits for a person: the scenarios failed")));
    buffer_release(&out);
}

static void releases_beyond_those_to_keep_are_removed(void **state)
{
    (void)state;
    again_with("  target: {tree: \"%s/arena\", keep: 2}\n");
    const struct timespec old[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
    release_fixture_write(&fixture, "arena/releases/0/REVISION", "x\n");
    release_fixture_write(&fixture, "arena/releases/00/REVISION", "x\n");
    static const char *const aged[] = { "arena/releases/0", "arena/releases/00" };
    for (size_t i = 0; i < ARRAY_SIZE(aged); i++) {
        struct text path = release_fixture_path(&fixture, aged[i]);
        assert_int_equal(utimensat(AT_FDCWD, path.at, old, 0), 0);
    }
    assert_promotes(EXIT_CODE_YES, "", "2");
    assert_false(file_exists(release_fixture_path(&fixture, "arena/releases/0")));
    assert_false(file_exists(release_fixture_path(&fixture, "arena/releases/00")));
    assert_true(file_exists(release_fixture_path(&fixture, "arena/releases/1")));
    assert_true(file_exists(release_fixture_path(&fixture, "arena/releases/2")));
}

static void say(void *context, struct text line)
{
    struct buffer *said = context;
    buffer_add(said, line);
    buffer_add_byte(said, '\n');
}

static void each_step_is_said(void **state)
{
    (void)state;
    struct buffer said;
    buffer_init(&said, 1 << 20);
    fixture.request.say = say;
    fixture.request.say_context = &said;
    fixture.smoke_fails_on[2] = true;
    assert_promotes(EXIT_CODE_TAKEN_BACK, "the scenarios failed", "1");
    assert_true(
        text_starts_with(buffer_text(&said), TEXT("suspend omaha\nbefore the switch 1")));
    assert_true(text_contains(buffer_text(&said), TEXT("taking back: the scenarios failed\n")));
    assert_true(text_ends_with(buffer_text(&said), TEXT("resume omaha\n")));
    buffer_release(&said);
}

static void a_tree_that_was_never_promoted_to_is_rolled_back_by_its_own_rule(void **state)
{
    (void)state;
    struct text link = release_fixture_path(&fixture, "arena/current");
    static const char *const folders[] = { "arena/releases/1", "arena/releases/2",
                                           "arena/releases/3" };
    for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
        const struct timespec times[2] = { { .tv_sec = 1000000000 + (time_t)i },
                                           { .tv_sec = 1000000000 + (time_t)i } };
        struct text path = release_fixture_path(&fixture, folders[i]);
        assert_int_equal(utimensat(AT_FDCWD, path.at, times, 0), 0);
    }
    assert_int_equal(unlink(link.at), 0);
    assert_int_equal(symlink("releases/3", link.at), 0);
    assert_int_equal(release_fixture_run(&fixture, true).code, EXIT_CODE_YES);
    assert_true(text_is(release_fixture_live(&fixture), "2"));
    struct release_request request = fixture.request;
    request.wish = (struct target_wish){ .release = TEXT("9") };
    struct release_answer answer =
        release_rollback(&request, &fixture.arena, &fixture.problems);
    assert_int_equal(answer.code, EXIT_CODE_ENVIRONMENT);
    request.wish.release = TEXT("2");
    answer = release_rollback(&request, &fixture.arena, &fixture.problems);
    assert_true(answer.was_live_already);
    assert_int_equal(answer.code, EXIT_CODE_YES);
}

static void without_a_key_that_is_trusted_no_verdict_counts(void **state)
{
    (void)state;
    struct config other;
    static const struct {
        const char *lines;
        const char *reason;
    } untrusted[] = {
        { "", "deploy trusts no key, so no verdict counts" },
        { "trust: [/nowhere/gate.pub], ",
          "cannot read '/nowhere/gate.pub': No such file or directory" },
    };
    const struct config *own = fixture.request.config;
    for (size_t i = 0; i < ARRAY_SIZE(untrusted); i++) {
        struct text yaml =
            arena_format(&fixture.arena, "deploy: {%starget: {tree: \"%s/arena\"}}\n",
                         untrusted[i].lines, fixture.folder);
        config_init(&other, NULL);
        assert_true(config_read(&other, TEXT("bddrun.yaml"), yaml, &fixture.problems));
        fixture.request.config = &other;
        assert_promotes(EXIT_CODE_USAGE, untrusted[i].reason, "1");
        problems_clear(&fixture.problems);
        fixture.request.config = own;
        config_release(&other);
    }
}

/* A site that serves the commit of the live release. */
static bool serve(struct raw_connection *connection, const char *path)
{
    char answer[200];
    char revision[41] = "";
    if (text_is(text_of(path), "/idle")) {
        char suspended[200];
        snprintf(suspended, sizeof(suspended), "%s/suspended", fixture.folder);
        raw_send(connection, access(suspended, F_OK) == 0
                                 ? "HTTP/1.1 204 X\r\n\r\n"
                                 : "HTTP/1.1 409 X\r\nContent-Length: 0\r\n\r\n");
        return true;
    }
    if (text_is(text_of(path), "/busy")) {
        raw_send(connection, "HTTP/1.1 200 X\r\nContent-Length: 28\r\n\r\n"
                             "{\"idle\": false, \"active\": 3}");
        return true;
    }
    if (text_is(text_of(path), "/404")) {
        raw_send(connection, "HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n");
        return true;
    }
    char name[200];
    snprintf(name, sizeof(name), "%s/arena/current/REVISION", fixture.folder);
    FILE *file = fopen(name, "r");
    if (file) {
        (void)!fread(revision, 1, 40, file);
        fclose(file);
    }
    if (text_is(text_of(path), "/stale")) {
        memset(revision, '1', 40);
    }
    snprintf(
        answer, sizeof(answer),
        "HTTP/1.1 200 X\r\nContent-Length: 54\r\nX-Release: %s\r\n\r\n{\"commit\": \"%s\"}",
        revision, revision);
    raw_send(connection, answer);
    return true;
}

/* The server knows the folder of when it was started. */
static struct release_answer promote_shown_by(const struct config_revision *revision,
                                              const char *deploy_lines)
{
    struct raw_server server;
    struct config_environment environment = { .name = TEXT("production"),
                                              .revision = *revision };
    again_with(deploy_lines);
    raw_server_start(&server, &(struct raw_server_options){ .handler = serve });
    environment.url = arena_format(&fixture.arena, "http://127.0.0.1:%d", server.port);
    fixture.request.environment = &environment;
    struct release_answer answer = release_fixture_run(&fixture, false);
    raw_server_stop(&server);
    return answer;
}

static void the_marker_is_seen_in_json_or_a_header(void **state)
{
    (void)state;
    static const struct config_revision revisions[] = {
        { .at = TEXT_STATIC("/v"), .json = TEXT_STATIC("$.commit") },
        { .at = TEXT_STATIC("/v"), .header = TEXT_STATIC("X-Release") },
    };
    for (size_t i = 0; i < ARRAY_SIZE(revisions); i++) {
        struct release_answer answer =
            promote_shown_by(&revisions[i], "  verify: {marker: 3, within: 1 min}\n");
        assert_int_equal(answer.code, EXIT_CODE_YES);
        assert_true(text_is(release_fixture_live(&fixture), "2"));
    }
}

static void what_is_stale_or_shows_nothing_is_taken_back(void **state)
{
    (void)state;
    static const struct {
        struct config_revision revision;
        const char *reason;
    } stale[] = {
        { { .at = TEXT_STATIC("/stale"), .header = TEXT_STATIC("X-Release") },
          "serves '" RELEASE_COMMIT_1 "', not '" RELEASE_COMMIT_2 "'" },
        { { .at = TEXT_STATIC("/v"), .json = TEXT_STATIC("$.nothing") },
          "nothing at $.nothing" },
        { { .at = TEXT_STATIC("/v"), .header = TEXT_STATIC("X-No") }, "no header X-No" },
        { { .at = TEXT_STATIC("/404") }, "it answers 404" },
        { { .at = TEXT_STATIC("http://127.0.0.1:1/v") },
          "no revision at 'http://127.0.0.1:1/v'" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(stale); i++) {
        struct release_answer answer =
            promote_shown_by(&stale[i].revision, "  verify: {marker: 3, within: 1 ms}\n");
        assert_true(answer.code == EXIT_CODE_TAKEN_BACK ||
                    answer.code == EXIT_CODE_NEEDS_PERSON);
        assert_true(text_contains(answer.reason, text_of(stale[i].reason)));
        assert_true(text_is(release_fixture_live(&fixture), "1"));
    }
}

/* The component as it is, but asked for at this path. */
static struct release_answer promote_idle_at(const char *path, bool can_suspend)
{
    struct raw_server server;
    struct config_environment environment = { .name = TEXT("production") };
    again_with("  idle_limit: 1 ms\n");
    struct config_component component = *fixture.component;
    component.suspend.idle = text_of(path);
    if (!can_suspend) {
        component.suspend.command.count = 0;
    }
    fixture.component = &component;
    raw_server_start(&server, &(struct raw_server_options){ .handler = serve });
    environment.url = arena_format(&fixture.arena, "http://127.0.0.1:%d", server.port);
    fixture.request.environment = &environment;
    struct release_answer answer = release_fixture_run(&fixture, false);
    raw_server_stop(&server);
    return answer;
}

static void what_is_suspended_is_waited_for_until_it_is_idle(void **state)
{
    (void)state;
    assert_int_equal(promote_idle_at("/idle", true).code, EXIT_CODE_YES);
    struct release_answer answer = promote_idle_at("/busy", true);
    assert_int_equal(answer.code, EXIT_CODE_NOT_NOW);
    assert_true(text_is(answer.reason, "idle omaha: 3 still at work"));
    assert_true(text_is(release_fixture_live(&fixture), "1"));
    assert_false(release_fixture_is_suspended(&fixture));
}

static void what_cannot_be_suspended_must_be_idle_before(void **state)
{
    (void)state;
    struct release_answer answer = promote_idle_at("/busy", false);
    assert_int_equal(answer.code, EXIT_CODE_NOT_NOW);
    assert_true(text_is(answer.reason, "component 'omaha' is not idle: 3 at work"));
    assert_false(file_exists(release_fixture_path(&fixture, "arena/.bddrun")));
    assert_int_equal(promote_idle_at("/404", false).code, EXIT_CODE_ENVIRONMENT);
    assert_int_equal(promote_idle_at("http://127.0.0.1:1/", false).code, EXIT_CODE_ENVIRONMENT);
}

static void killed(void *context, const char *place)
{
    (void)context;
    if (text_is(text_of(place), "the link is renamed")) {
        kill(getpid(), SIGKILL);
    }
}

static void what_was_cut_off_is_not_settled_at_other_targets(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct fault fault = { killed, NULL };
        fixture.request.fault = &fault;
        (void)release_fixture_run(&fixture, false);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    struct config other;
    struct text yaml = arena_format(&fixture.arena,
                                    "deploy: {trust: [\"%s/gate.pub\"], target: [{tree: "
                                    "\"%s/arena\"}, {command: [\"true\"]}]}\n",
                                    fixture.folder, fixture.folder);
    config_init(&other, NULL);
    assert_true(config_read(&other, TEXT("bddrun.yaml"), yaml, &fixture.problems));
    const struct config *own = fixture.request.config;
    fixture.request.config = &other;
    struct release_answer answer = release_fixture_run(&fixture, false);
    assert_int_equal(answer.code, EXIT_CODE_NEEDS_PERSON);
    assert_true(text_ends_with(answer.reason,
                               TEXT("was cut off, and bddrun.yaml has other targets now")));
    fixture.request.config = own;
    struct release_answer back = release_fixture_run(&fixture, true);
    assert_int_equal(back.code, EXIT_CODE_YES); /* settled by the way back */
    assert_true(text_is(release_fixture_live(&fixture), "1"));
    config_release(&other);
}

static void a_target_without_a_way_back_needs_a_person(void **state)
{
    (void)state;
    again_with("  target: {command: [\"true\"]}\n  journal: \"%s/arena/.bddrun\"\n"
               "  after_switch: [[\"false\"]]\n");
    fixture.request.wish = (struct target_wish){ .commit = TEXT(RELEASE_COMMIT_2) };
    struct release_answer answer = release_fixture_run(&fixture, false);
    assert_int_equal(answer.code, EXIT_CODE_NEEDS_PERSON);
    assert_true(text_contains(answer.reason, TEXT("there is no way back")));
    answer = release_fixture_run(&fixture, true);
    assert_int_equal(answer.code, EXIT_CODE_NO);
    assert_true(text_is(answer.reason, "command true has no way back"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_promoted_is_live_checked_and_in_the_journal),
        TEST(a_release_that_fails_its_scenarios_is_taken_back),
        TEST(where_the_way_back_fails_too_a_person_is_needed),
        TEST(what_cannot_be_taken_back_stays_and_needs_a_person),
        TEST(a_command_that_fails_before_the_switch_leaves_everything_as_it_was),
        TEST(what_is_shown_first_is_what_is_done),
        TEST(outside_the_window_nothing_is_touched),
        TEST(a_clock_that_jumps_makes_no_verdict_good),
        TEST(while_another_one_promotes_there_is_nothing_to_do),
        TEST(without_trust_or_a_section_nothing_counts),
        TEST(a_disk_that_is_full_leaves_one_of_two_and_a_journal_that_can_be_read),
        TEST(status_shows_what_is_live_and_what_happened),
        TEST(a_promotion_that_waits_for_a_person_is_in_the_status),
        TEST(releases_beyond_those_to_keep_are_removed),
        TEST(what_is_suspended_is_waited_for_until_it_is_idle),
        TEST(what_cannot_be_suspended_must_be_idle_before),
        TEST(what_was_cut_off_is_not_settled_at_other_targets),
        TEST(a_target_without_a_way_back_needs_a_person),
        TEST(each_step_is_said),
        TEST(a_tree_that_was_never_promoted_to_is_rolled_back_by_its_own_rule),
        TEST(without_a_key_that_is_trusted_no_verdict_counts),
        TEST(the_marker_is_seen_in_json_or_a_header),
        TEST(what_is_stale_or_shows_nothing_is_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
