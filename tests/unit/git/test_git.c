/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "git/commit.h"
#include "git/git.h"
#include "support/git_fixture.h"

static struct git_fixture fixture;

static int set_up(void **state)
{
    (void)state;
    git_fixture_init(&fixture);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    git_fixture_release(&fixture);
    return 0;
}

static void a_repository_is_found_from_a_folder_within(void **state)
{
    (void)state;
    git_fixture_shell(&fixture, "git init -q r; mkdir -p r/a/b");
    git_fixture_open(&fixture, "r/a/b");
    char expected[160];
    snprintf(expected, sizeof(expected), "%s/r/a/b/../../", fixture.folder);
    assert_string_equal(fixture.git.top.at, expected);
    snprintf(expected, sizeof(expected), "%s/r/.git", fixture.folder);
    assert_string_equal(fixture.git.own_folder.at, expected);
    assert_false(fixture.git.is_shallow);
    assert_false(fixture.git.is_bare);
    assert_int_equal(fixture.git.hash_digits, 40);
}

static void a_bare_repository_with_sha256_is_one_too(void **state)
{
    (void)state;
    git_fixture_shell(&fixture, "git init -q --bare --object-format=sha256 r.git");
    git_fixture_open(&fixture, "r.git");
    assert_true(fixture.git.is_bare);
    assert_int_equal(fixture.git.hash_digits, 64);
    assert_true(text_equal(fixture.git.top, fixture.git.own_folder));
}

static void a_folder_in_no_repository_is_a_problem(void **state)
{
    (void)state;
    struct git git;
    assert_false(
        git_open(&git, text_of(fixture.folder), fixture.environment, &fixture.problems));
    git_release(&git);
    char expected[160];
    snprintf(expected, sizeof(expected), "'%s' is in no git repository", fixture.folder);
    assert_string_equal(git_fixture_problem(&fixture), expected);
    assert_int_equal(fixture.problems.list[0].kind, PROBLEM_ENVIRONMENT);
}

static void a_repository_of_somebody_else_is_named_so(void **state)
{
    (void)state;
    struct git git;
    git_fixture_shell(&fixture, "git init -q r");
    const char *environment[17] = { "GIT_TEST_ASSUME_DIFFERENT_OWNER=1" };
    memcpy(environment + 1, fixture.environment, sizeof(fixture.environment));
    char folder[160];
    snprintf(folder, sizeof(folder), "%s/r", fixture.folder);
    /* Like every other GIT_ variable it is taken out: so git is asked for its owner by a program. */
    assert_true(git_open(&git, text_of(folder), environment, &fixture.problems));
    git_release(&git);
    git_fixture_shell(&fixture, "mkdir bin; printf '#!/bin/sh\\necho \"fatal: detected dubious "
                                "ownership in repository\" >&2; exit 128' >bin/git; "
                                "chmod +x bin/git");
    char path[160];
    snprintf(path, sizeof(path), "PATH=%s/bin:/usr/bin:/bin", fixture.folder);
    const char *before = getenv("PATH");
    char *kept = strdup(before ? before : "");
    setenv("PATH", path + 5, 1);
    bool is_open = git_open(&git, text_of(folder), environment, &fixture.problems);
    setenv("PATH", kept, 1);
    free(kept);
    git_release(&git);
    assert_false(is_open);
    char expected[300];
    snprintf(expected, sizeof(expected), "the repository of '%s' belongs to somebody else",
             folder);
    assert_string_equal(git_fixture_problem(&fixture), expected);
}

static void without_git_a_problem_says_so(void **state)
{
    (void)state;
    struct git git;
    const char *before = getenv("PATH");
    char *kept = strdup(before ? before : "");
    setenv("PATH", "/nowhere", 1);
    bool is_open = git_open(&git, TEXT("/"), fixture.environment, &fixture.problems);
    setenv("PATH", kept, 1);
    free(kept);
    git_release(&git);
    assert_false(is_open);
    assert_string_equal(git_fixture_problem(&fixture),
                        "cannot start 'git': No such file or directory");
}

static void what_a_hook_is_given_does_not_bend_it(void **state)
{
    (void)state;
    git_fixture_shell(&fixture, "git init -q r; git init -q other");
    char git_dir[160];
    char prefix[] = "GIT_PREFIX=sub/";
    char parameters[] = "GIT_CONFIG_PARAMETERS='core.bare'='true'";
    char language[] = "LANGUAGE=sv";
    char key[] = "GIT_CONFIG_KEY_0=user.name";
    snprintf(git_dir, sizeof(git_dir), "GIT_DIR=%s/other/.git", fixture.folder);
    const char *environment[24] = {
        git_dir, prefix, parameters, language, key, "LC_ALL=sv_SE"
    };
    memcpy(environment + 6, fixture.environment, sizeof(fixture.environment));
    char folder[160];
    snprintf(folder, sizeof(folder), "%s/r", fixture.folder);
    struct git git;
    assert_true(git_open(&git, text_of(folder), environment, &fixture.problems));
    assert_true(text_contains(git.own_folder, TEXT("/r/.git")));
    bool has_key = false;
    for (size_t i = 0; git.environment[i]; i++) {
        has_key = has_key || strcmp(git.environment[i], key) == 0;
        assert_string_not_equal(git.environment[i], git_dir);
        assert_string_not_equal(git.environment[i], language);
        assert_string_not_equal(git.environment[i], "LC_ALL=sv_SE");
    }
    assert_true(has_key);
    git_release(&git);
}

static void what_does_not_end_in_time_is_a_problem(void **state)
{
    (void)state;
    git_fixture_shell(&fixture, "git init -q r; cd r; git config alias.wait '!sleep 60'");
    git_fixture_open(&fixture, "r");
    fixture.git.timeout_ms = 50;
    static const char *const words[] = { "wait", NULL };
    struct git_answer answer;
    assert_false(git_ask(&fixture.git, words, TEXT_EMPTY, &answer, &fixture.problems));
    assert_string_equal(git_fixture_problem(&fixture), "'git wait' did not end in time");
}

static void gits_own_first_line_says_why_it_cannot(void **state)
{
    (void)state;
    git_fixture_shell(&fixture, "git init -q r");
    git_fixture_open(&fixture, "r");
    static const char *const words[] = { "cat-file", "-t", "HEAD", NULL };
    struct git_answer answer;
    assert_false(git_must(&fixture.git, words, "look at it", &answer, &fixture.problems));
    assert_string_equal(git_fixture_problem(&fixture),
                        "git cannot look at it: fatal: Not a valid object name HEAD");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_repository_is_found_from_a_folder_within),
        TEST(a_bare_repository_with_sha256_is_one_too),
        TEST(a_folder_in_no_repository_is_a_problem),
        TEST(a_repository_of_somebody_else_is_named_so),
        TEST(without_git_a_problem_says_so),
        TEST(what_a_hook_is_given_does_not_bend_it),
        TEST(what_does_not_end_in_time_is_a_problem),
        TEST(gits_own_first_line_says_why_it_cannot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
