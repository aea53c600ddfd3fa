/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "git/commit.h"
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

static const char two_commits[] =
    "git init -q -b main r; cd r; seq 3 >a; git add .; git commit -qm 'One: the first';"
    "git tag -a -m tag v1; seq 2 5 >a; git commit -qam \"$(printf 'Two\\nlines\\n\\nbody')\"";

static void an_annotated_tag_is_the_commit_it_is_on(void **state)
{
    (void)state;
    struct git_commit by_tag;
    struct git_commit by_name;
    git_fixture_shell(&fixture, two_commits);
    git_fixture_open(&fixture, "r");
    assert_true(git_commit_find(&fixture.git, TEXT("v1"), &by_tag, &fixture.problems));
    assert_true(git_commit_find(&fixture.git, TEXT("main~1"), &by_name, &fixture.problems));
    assert_true(text_equal(by_tag.id, by_name.id));
    assert_int_equal(by_tag.id.size, 40);
    assert_int_equal(by_tag.tree.size, 40);
    assert_string_equal(by_tag.author.at, "Ann Author");
    assert_string_equal(by_tag.subject.at, "One: the first");
    assert_int_equal(by_tag.time_s, 1795168800);
}

static void a_repository_of_sha256_has_long_names(void **state)
{
    (void)state;
    struct git_commit commit;
    git_fixture_shell(&fixture, "git init -q --object-format=sha256 r; cd r;"
                                "git commit -q --allow-empty -m one");
    git_fixture_open(&fixture, "r");
    assert_true(git_commit_find(&fixture.git, TEXT("HEAD"), &commit, &fixture.problems));
    assert_int_equal(commit.id.size, 64);
    assert_true(git_has_object(&fixture.git, commit.id));
}

static void an_unknown_revision_is_a_problem(void **state)
{
    (void)state;
    static const char *const unknown[] = {
        "nope",   "-1",     "--all", "", "1111111111111111111111111111111111111111",
        "main:a", "HEAD~9",
    };
    git_fixture_shell(&fixture, two_commits);
    git_fixture_open(&fixture, "r");
    for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
        struct git_commit commit;
        char expected[200];
        assert_false(
            git_commit_find(&fixture.git, text_of(unknown[i]), &commit, &fixture.problems));
        snprintf(expected, sizeof(expected), "'%s' is no commit of the repository '%s/r'",
                 unknown[i], fixture.folder);
        assert_string_equal(git_fixture_problem(&fixture), expected);
        problems_clear(&fixture.problems);
    }
    assert_false(
        git_has_object(&fixture.git, TEXT("1111111111111111111111111111111111111111")));
    assert_false(git_has_object(&fixture.git, TEXT("--batch")));
}

static void the_merge_base_is_where_two_branches_part(void **state)
{
    (void)state;
    struct git_commit base;
    struct text found;
    bool is_ancestor = false;
    git_fixture_shell(&fixture, two_commits);
    git_fixture_shell(&fixture, "cd r; git checkout -q -b side main~1; echo b >b; git add b;"
                                "git commit -qm Side");
    git_fixture_open(&fixture, "r");
    assert_true(
        git_merge_base(&fixture.git, TEXT("main"), TEXT("side"), &found, &fixture.problems));
    assert_true(git_commit_find(&fixture.git, TEXT("v1"), &base, &fixture.problems));
    assert_true(text_equal(found, base.id));
    assert_true(git_is_ancestor(&fixture.git, TEXT("v1"), TEXT("side"), &is_ancestor,
                                &fixture.problems));
    assert_true(is_ancestor);
    assert_true(git_is_ancestor(&fixture.git, TEXT("main"), TEXT("side"), &is_ancestor,
                                &fixture.problems));
    assert_false(is_ancestor);
    assert_false(git_is_ancestor(&fixture.git, TEXT("main"), TEXT("nope"), &is_ancestor,
                                 &fixture.problems));
}

static void in_a_shallow_clone_the_hint_deepens_it(void **state)
{
    (void)state;
    struct text found;
    git_fixture_shell(&fixture, two_commits);
    git_fixture_shell(
        &fixture, "cd r; git checkout -q -b side main~1; echo b >b; git add b;"
                  "git commit -qm Side; cd ..;"
                  "git clone -q --no-local --depth=1 --no-single-branch \"file://$PWD/r\" s");
    git_fixture_open(&fixture, "s");
    assert_true(fixture.git.is_shallow);
    assert_false(git_merge_base(&fixture.git, TEXT("origin/main"), TEXT("origin/side"), &found,
                                &fixture.problems));
    assert_string_equal(git_fixture_problem(&fixture),
                        "'origin/main' and 'origin/side' have no common ancestor here");
    assert_string_equal(fixture.problems.list[0].hint.at,
                        "this clone is shallow: git fetch --deepen=200, or --unshallow");
    problems_clear(&fixture.problems);
    struct git_commit commit;
    assert_false(git_commit_find(&fixture.git, TEXT("HEAD~1"), &commit, &fixture.problems));
    assert_string_equal(fixture.problems.list[0].hint.at,
                        "this clone is shallow: git fetch --unshallow");
}

static void two_histories_have_no_merge_base(void **state)
{
    (void)state;
    struct text found;
    git_fixture_shell(&fixture, two_commits);
    git_fixture_shell(&fixture, "cd r; git checkout -q --orphan alone; git commit -qm Alone");
    git_fixture_open(&fixture, "r");
    assert_false(
        git_merge_base(&fixture.git, TEXT("main"), TEXT("alone"), &found, &fixture.problems));
    assert_string_equal(fixture.problems.list[0].hint.at, "name two commits of one history");
}

static void a_log_has_the_commits_of_the_range_with_their_lines(void **state)
{
    (void)state;
    struct git_log log;
    git_fixture_shell(&fixture, two_commits);
    git_fixture_shell(&fixture, "cd r; git checkout -q -b side v1; echo b >b; git add b;"
                                "git commit -qm Side; git checkout -q main;"
                                "git merge -q --no-ff -m Merge side");
    git_fixture_open(&fixture, "r");
    struct git_log_request request = { .older = TEXT("v1"),
                                       .younger = TEXT("main"),
                                       .with_lines = true };
    assert_true(git_log_read(&fixture.git, &request, &log, &fixture.problems));
    assert_int_equal(log.count, 3);
    assert_string_equal(log.list[0].subject.at, "Merge");
    assert_true(log.list[0].is_merge);
    for (size_t i = 1; i < 3; i++) {
        bool is_two = strcmp(log.list[i].subject.at, "Two lines") == 0;
        assert_int_equal(log.list[i].lines_added, is_two ? 2 : 1);
        assert_int_equal(log.list[i].lines_deleted, is_two ? 1 : 0);
    }
    request = (struct git_log_request){ .younger = TEXT("main") };
    assert_true(git_log_read(&fixture.git, &request, &log, &fixture.problems));
    assert_int_equal(log.count, 4);
    assert_int_equal(log.list[3].lines_added, 0);
    request.older = TEXT("main");
    assert_true(git_log_read(&fixture.git, &request, &log, &fixture.problems));
    assert_int_equal(log.count, 0);
    request.older = TEXT("nope");
    assert_false(git_log_read(&fixture.git, &request, &log, &fixture.problems));
}

static void what_a_remotes_branches_have_may_be_left_out(void **state)
{
    (void)state;
    struct git_log log;
    git_fixture_shell(&fixture, two_commits);
    git_fixture_shell(&fixture, "git clone -q r s; cd s; git commit -q --allow-empty -m Three");
    git_fixture_open(&fixture, "s");
    struct git_log_request request = { .younger = TEXT("HEAD"), .not_remote = "origin" };
    assert_true(git_log_read(&fixture.git, &request, &log, &fixture.problems));
    assert_int_equal(log.count, 1);
    assert_string_equal(log.list[0].subject.at, "Three");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_annotated_tag_is_the_commit_it_is_on),
        TEST(a_repository_of_sha256_has_long_names),
        TEST(an_unknown_revision_is_a_problem),
        TEST(the_merge_base_is_where_two_branches_part),
        TEST(in_a_shallow_clone_the_hint_deepens_it),
        TEST(two_histories_have_no_merge_base),
        TEST(a_log_has_the_commits_of_the_range_with_their_lines),
        TEST(what_a_remotes_branches_have_may_be_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
