/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "hook/install.h"
#include "support/git_fixture.h"

static struct git_fixture fixture;
static enum hook_change change;
static struct text path;

static int set_up(void **state)
{
    (void)state;
    git_fixture_init(&fixture);
    git_fixture_shell(&fixture, "git init -q r");
    git_fixture_open(&fixture, "r");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    git_fixture_release(&fixture);
    return 0;
}

static bool install(void)
{
    return hook_install(&fixture.git, TEXT("/opt/it's here/bddrun"), &change, &path,
                        &fixture.problems);
}

static bool uninstall(void)
{
    return hook_uninstall(&fixture.git, &change, &path, &fixture.problems);
}

static void it_is_put_where_git_looks_and_taken_out_again(void **state)
{
    (void)state;
    assert_true(install());
    assert_int_equal(change, HOOK_INSTALLED);
    git_fixture_shell(&fixture, "test -x r/.git/hooks/pre-push; sh -n r/.git/hooks/pre-push;"
                                "grep -q \"'/opt/it'.''s here/bddrun'\" r/.git/hooks/pre-push");
    assert_true(install());
    assert_int_equal(change, HOOK_RENEWED);
    assert_true(uninstall());
    assert_int_equal(change, HOOK_REMOVED);
    git_fixture_shell(&fixture, "test ! -e r/.git/hooks/pre-push");
    assert_true(uninstall());
    assert_int_equal(change, HOOK_NOT_THERE);
}

static void one_that_is_there_is_kept_and_comes_back(void **state)
{
    (void)state;
    git_fixture_shell(&fixture, "mkdir -p r/.git/hooks; echo other >r/.git/hooks/pre-push");
    assert_true(install());
    assert_int_equal(change, HOOK_CHAINED);
    assert_true(uninstall());
    assert_int_equal(change, HOOK_RESTORED);
    git_fixture_shell(&fixture, "grep -q other r/.git/hooks/pre-push");
    git_fixture_shell(&fixture, "echo old >r/.git/hooks/pre-push.before-bddrun");
    assert_false(install());
    assert_non_null(strstr(git_fixture_problem(&fixture), "are both there"));
}

static void core_hooks_path_is_minded(void **state)
{
    (void)state;
    git_fixture_shell(&fixture, "cd r; git config core.hooksPath .githooks");
    assert_true(install());
    git_fixture_shell(&fixture, "test -x r/.githooks/pre-push");
    git_fixture_shell(&fixture, "cd r; git config core.hooksPath .husky/_");
    assert_false(install());
    assert_false(uninstall());
    assert_string_equal(fixture.problems.list[0].hint.at,
                        "add the line `bddrun hook pre-push \"$@\"` to .husky/pre-push");
}

static void what_cannot_be_written_is_a_problem(void **state)
{
    (void)state;
    git_fixture_shell(&fixture, "rm -rf r/.git/hooks; echo >r/.git/hooks");
    assert_false(install());
    assert_int_equal(fixture.problems.list[0].kind, PROBLEM_ENVIRONMENT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_put_where_git_looks_and_taken_out_again),
        TEST(one_that_is_there_is_kept_and_comes_back),
        TEST(core_hooks_path_is_minded),
        TEST(what_cannot_be_written_is_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
