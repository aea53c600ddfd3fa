/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/config.h"
#include "git/commit.h"
#include "hook/pre_push.h"
#include "support/git_fixture.h"

static struct git_fixture fixture;
static struct config config;
static struct clock frozen;
static struct pre_push_request request;
static struct pushed_ref ref;

/* What the runner was asked, and what it answers. */
static struct {
    struct buffer log;
    const char *listed_all; /* lines "path name" */
    const char *listed_paths;
    const char *listed_tags;
    bool cannot_list;
    enum problem_kind list_problem;
    enum exit_code codes[4];
    size_t runs;
    bool is_late;
    uint64_t takes_ns;
} runner;

static bool fake_list(void *context, struct text folder, const struct text *paths,
                      size_t path_count, struct text tags, struct arena *arena,
                      struct hook_scenarios *ret_scenarios, struct problems *problems)
{
    (void)context;
    (void)folder;
    const char *lines = path_count > 0  ? runner.listed_paths
                        : tags.size > 0 ? runner.listed_tags
                                        : runner.listed_all;
    if (runner.cannot_list) {
        problems_add(problems, runner.list_problem, span_none(), NULL, "no list");
        return false;
    }
    if (path_count > 0) {
        buffer_add_format(&runner.log, "list %.*s\n", TEXT_ARG(paths[0]));
    }
    if (tags.size > 0) {
        buffer_add_format(&runner.log, "list %.*s\n", TEXT_ARG(tags));
    }
    struct hook_scenarios scenarios = { .list = ARENA_ARRAY(arena, 100, struct hook_scenario) };
    struct text line;
    for (struct text rest = text_of(lines); text_take_until(&rest, '\n', &line);) {
        size_t blank = text_find_byte(line, ' ', 0);
        if (blank < line.size) {
            scenarios.list[scenarios.count++] =
                (struct hook_scenario){ text_slice(line, 0, blank),
                                        text_from(line, blank + 1) };
        }
    }
    *ret_scenarios = scenarios;
    return true;
}

static enum exit_code fake_run(void *context, struct text folder, const struct text *paths,
                               size_t path_count, uint64_t within_ms, bool *ret_is_late)
{
    (void)context;
    (void)folder;
    (void)within_ms;
    buffer_add_string(&runner.log, "run");
    for (size_t i = 0; i < path_count; i++) {
        buffer_add_format(&runner.log, " %.*s", TEXT_ARG(paths[i]));
    }
    buffer_add_byte(&runner.log, '\n');
    clock_advance(&frozen, runner.takes_ns);
    *ret_is_late = runner.is_late;
    return runner.codes[runner.runs++];
}

static void fake_say(void *context, struct text line)
{
    (void)context;
    buffer_add_format(&runner.log, "%.*s\n", TEXT_ARG(line));
}

static const struct hook_runner fake = { NULL, fake_list, fake_run, fake_say };

static int set_up(void **state)
{
    static const char *const none[] = { NULL };
    (void)state;
    git_fixture_init(&fixture);
    config_init(&config, none);
    assert_true(config_read(&config, TEXT("bddrun.yaml"),
                            TEXT("version: 1\n"
                                 "components:\n"
                                 "  omaha: {paths: [omaha/**], tags: '@omaha'}\n"
                                 "  all: {paths: [all/**]}\n"),
                            &fixture.problems));
    clock_freeze(&frozen, 1, 1);
    memset(&runner, 0, sizeof(runner));
    buffer_init(&runner.log, 10000);
    buffer_add_string(&runner.log, "");
    runner.listed_all = "a:1 One\na:2 Two\nb:3 The pot, split\n";
    runner.listed_paths = "";
    runner.listed_tags = "a:1 One\n";
    request = (struct pre_push_request){ .git = &fixture.git,
                                         .runner = &fake,
                                         .clock = &frozen,
                                         .hook = config_hook(&config),
                                         .push = { .remote = TEXT("origin"), .refs = &ref } };
    request.components = config_components(&config, &request.component_count);
    git_fixture_shell(&fixture, "git init -q -b main r; cd r; mkdir omaha all features;"
                                "echo 1 >omaha/a; echo 1 >all/a; echo >features/x.feature;"
                                "git add .; git commit -qm One; git branch live");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buffer_release(&runner.log);
    config_release(&config);
    git_fixture_release(&fixture);
    return 0;
}

static void assert_push(const char *script, enum exit_code code, const char *expected)
{
    char whole[1000];
    snprintf(whole, sizeof(whole), "cd r; %s", script);
    git_fixture_shell(&fixture, whole);
    git_fixture_open(&fixture, "r");
    struct git_commit live;
    struct git_commit head;
    assert_true(git_commit_find(&fixture.git, TEXT("live"), &live, &fixture.problems));
    assert_true(git_commit_find(&fixture.git, TEXT("HEAD"), &head, &fixture.problems));
    ref = (struct pushed_ref){ .local_id = head.id, .remote_id = live.id };
    request.push.count = 1;
    enum exit_code found = pre_push(&request, &fixture.problems);
    char log[4000];
    snprintf(log, sizeof(log), "%.*s", TEXT_ARG(buffer_text(&runner.log)));
    assert_string_equal(log, expected);
    assert_int_equal(found, code);
}

#define CHANGE_OMAHA "echo 2 >omaha/a; git commit -qam Two"

static void what_is_concerned_is_run(void **state)
{
    (void)state;
    assert_push(CHANGE_OMAHA, EXIT_CODE_YES, "list (@omaha)\nbddrun: 1 scenario\nrun a:1\n");
}

static void nothing_concerned_is_said(void **state)
{
    (void)state;
    runner.listed_tags = "";
    assert_push(CHANGE_OMAHA, EXIT_CODE_YES,
                "list (@omaha)\nbddrun: the push changes nothing that a scenario covers: 0 "
                "scenarios selected\n");
}

static void a_failure_refuses(void **state)
{
    (void)state;
    runner.codes[0] = EXIT_CODE_NO;
    assert_push(
        CHANGE_OMAHA, EXIT_CODE_NO,
        "list (@omaha)\nbddrun: 1 scenario\nrun a:1\nbddrun: the push is refused; git push "
        "--no-verify lets it through\n");
}

static void a_component_without_tags_means_all(void **state)
{
    (void)state;
    assert_push("echo 2 >all/a; git commit -qam Two", EXIT_CODE_YES,
                "bddrun: 3 scenarios, all of them: a component that is touched has no tags\n"
                "run a:1 a:2 b:3\n");
}

static void changed_steps_mean_all(void **state)
{
    (void)state;
    assert_push("echo >omaha/x.steps.feature; git add .; git commit -qam Two", EXIT_CODE_YES,
                "bddrun: 3 scenarios, all of them: steps were changed\nrun a:1 a:2 b:3\n");
}

static void without_components_all_are_meant(void **state)
{
    (void)state;
    request.component_count = 0;
    assert_push(CHANGE_OMAHA, EXIT_CODE_YES,
                "bddrun: 3 scenarios, all of them: bddrun.yaml has no components\n"
                "run a:1 a:2 b:3\n");
}

static void what_failed_last_and_what_is_new_come_first(void **state)
{
    (void)state;
    char path[120];
    snprintf(path, sizeof(path), "%s/rerun.txt", fixture.folder);
    request.hook.failures = text_of(path);
    runner.listed_paths = "features/x.feature:2 New\n";
    runner.listed_all = "a:1 One\na:2 Two\nfeatures/x.feature:2 New\n";
    assert_push("printf 'a:2\\ngone:1\\n' >../rerun.txt; echo 2 >features/x.feature;"
                "git rm -q omaha/a; git commit -qam Two",
                EXIT_CODE_YES,
                "list features/x.feature\nlist (@omaha)\nbddrun: 3 scenarios\n"
                "run a:2 features/x.feature:2\nrun a:1\n");
}

static void declared_and_measured_cover_is_found(void **state)
{
    (void)state;
    char path[120];
    snprintf(path, sizeof(path), "%s/map.info", fixture.folder);
    request.hook.coverage = text_of(path);
    assert_push(
        "printf 'TN:The_pot__split\\nSF:omaha/a\\nDA:1,1\\nend_of_record\\n' >../map.info;"
        "printf '@covers:omaha/(a|*) @x\\n@covers:all/** @covers:omaha/**\\n"
        "@covers:omaha/**\\n@covers:a{b\\n' >features/y.feature; git add .;"
        "git commit -qm Two; git branch -f live; echo 2 >omaha/a; git commit -qam Three",
        EXIT_CODE_YES,
        "list (@omaha) or @covers:omaha/** or @covers:a{b\nbddrun: 2 scenarios\n"
        "run b:3 a:1\n");
}

static void what_cannot_be_done_warns_or_refuses(void **state)
{
    (void)state;
    runner.codes[0] = EXIT_CODE_ENVIRONMENT;
    assert_push(
        CHANGE_OMAHA, EXIT_CODE_YES,
        "list (@omaha)\nbddrun: 1 scenario\nrun a:1\nbddrun: nothing answered: the push "
        "goes on unchecked\n");
    buffer_clear(&runner.log);
    runner.runs = 0;
    runner.codes[0] = EXIT_CODE_NOTHING;
    request.hook.when_unable = 1;
    assert_push(
        ":", EXIT_CODE_NO,
        "list (@omaha)\nbddrun: 1 scenario\nrun a:1\nbddrun: there was nothing to run: the "
        "push is refused (hook.when_unable)\n");
    buffer_clear(&runner.log);
    runner.cannot_list = true;
    runner.list_problem = PROBLEM_ENVIRONMENT;
    assert_push(
        ":", EXIT_CODE_NO,
        "bddrun: the scenarios cannot be listed: the push is refused (hook.when_unable)\n");
    buffer_clear(&runner.log);
    buffer_add_string(&runner.log, "");
    problems_clear(&fixture.problems);
    runner.list_problem = PROBLEM_INPUT;
    assert_push(":", EXIT_CODE_NO, "");
}

static void the_budget_ends_it(void **state)
{
    (void)state;
    runner.takes_ns = request.hook.budget_ms * NANOSECONDS_PER_MILLISECOND;
    runner.listed_paths = "features/x.feature:2 New\n";
    assert_push("echo 2 >features/x.feature; echo 2 >omaha/a; git commit -qam Two",
                EXIT_CODE_YES,
                "list features/x.feature\nlist (@omaha)\nbddrun: 2 scenarios\n"
                "run features/x.feature:2\nbddrun: the time is over (hook.budget): 1 of 2 "
                "scenarios were not run\n");
    buffer_clear(&runner.log);
    runner.is_late = true;
    assert_push(":", EXIT_CODE_YES,
                "list features/x.feature\nlist (@omaha)\nbddrun: 2 scenarios\n"
                "run features/x.feature:2\nbddrun: the time is over (hook.budget): 2 of 2 "
                "scenarios were not run\n");
}

static void another_commit_than_the_one_that_lies_about_has_its_own_tree(void **state)
{
    (void)state;
    assert_push(CHANGE_OMAHA "; echo 3 >omaha/a", EXIT_CODE_YES,
                "list (@omaha)\nbddrun: 1 scenario, in a work tree of the pushed commit\n"
                "run a:1\n");
    git_fixture_shell(&fixture, "cd r; test $(git worktree list | wc -l) = 1");
}

static void refs_of_one_commit_are_checked_once_and_new_ones_whole(void **state)
{
    (void)state;
    struct pushed_ref refs[3] = { { .local_ref = TEXT("a") } };
    git_fixture_shell(&fixture, "cd r; " CHANGE_OMAHA);
    git_fixture_open(&fixture, "r");
    struct git_commit head;
    assert_true(git_commit_find(&fixture.git, TEXT("HEAD"), &head, &fixture.problems));
    refs[0].local_id = refs[1].local_id = head.id;
    request.push.refs = refs;
    request.push.count = 2;
    assert_int_equal(pre_push(&request, &fixture.problems), EXIT_CODE_YES);
    assert_non_null(strstr(runner.log.at, "all of them: the remote has nothing of it yet\n"));
    assert_int_equal(runner.runs, 1);
    refs[0].local_id = TEXT("nope");
    assert_int_equal(pre_push(&request, &fixture.problems), EXIT_CODE_NO);
    request.hook.coverage = TEXT("/no/such/file");
    refs[0].local_id = head.id;
    assert_int_equal(pre_push(&request, &fixture.problems), EXIT_CODE_NO);
}

static void what_the_remote_has_is_not_run_again(void **state)
{
    (void)state;
    git_fixture_shell(&fixture, "git clone -q r s; cd s; git checkout -q -b side");
    git_fixture_open(&fixture, "s");
    struct git_commit head;
    assert_true(git_commit_find(&fixture.git, TEXT("HEAD"), &head, &fixture.problems));
    ref = (struct pushed_ref){ .local_id = head.id,
                               .remote_id = TEXT("1111111111111111111111111111111111111111") };
    request.push.count = 1;
    assert_int_equal(pre_push(&request, &fixture.problems), EXIT_CODE_YES);
    assert_string_equal(runner.log.at,
                        "bddrun: the push changes no file: 0 scenarios selected\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_concerned_is_run),
        TEST(nothing_concerned_is_said),
        TEST(a_failure_refuses),
        TEST(a_component_without_tags_means_all),
        TEST(changed_steps_mean_all),
        TEST(without_components_all_are_meant),
        TEST(what_failed_last_and_what_is_new_come_first),
        TEST(declared_and_measured_cover_is_found),
        TEST(what_cannot_be_done_warns_or_refuses),
        TEST(the_budget_ends_it),
        TEST(another_commit_than_the_one_that_lies_about_has_its_own_tree),
        TEST(refs_of_one_commit_are_checked_once_and_new_ones_whole),
        TEST(what_the_remote_has_is_not_run_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
