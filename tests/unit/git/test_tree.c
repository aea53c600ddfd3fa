/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "git/tree.h"
#include "support/git_fixture.h"

static struct git_fixture fixture;

static int set_up(void **state)
{
    (void)state;
    git_fixture_init(&fixture);
    git_fixture_shell(&fixture,
                      "git init -q r; cd r; mkdir 'a b'; echo one >'a b/one two'; : >empty;"
                      "printf 'x\\0y\\n\\n' >\"$(printf 'q\"\\303\\251')\"; ln -s empty link;"
                      "git add .; git commit -qm One; echo new >new; git add new");
    git_fixture_open(&fixture, "r/a b");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    git_fixture_release(&fixture);
    return 0;
}

static void assert_paths(const char *revision, const char *expected)
{
    struct git_paths paths;
    char printed[200] = "";
    assert_true(git_list_files(&fixture.git, text_of(revision), &paths, &fixture.problems));
    for (size_t i = 0; i < paths.count; i++) {
        size_t used = strlen(printed);
        snprintf(printed + used, sizeof(printed) - used, "%s|", paths.list[i].at);
    }
    assert_string_equal(printed, expected);
}

static void files_of_a_commit_and_of_the_work_tree_are_listed_from_the_top(void **state)
{
    (void)state;
    assert_paths("HEAD", "a b/one two|empty|link|q\"\303\251|");
    assert_paths("", "a b/one two|empty|link|new|q\"\303\251|");
    struct git_paths paths;
    assert_false(git_list_files(&fixture.git, TEXT("nope"), &paths, &fixture.problems));
}

static void a_file_is_shown_byte_for_byte(void **state)
{
    (void)state;
    struct source *source;
    assert_true(git_show_file(&fixture.git, TEXT("HEAD"), TEXT("q\"\303\251"), &source,
                              &fixture.problems));
    assert_int_equal(source->bytes.size, 5);
    assert_memory_equal(source->bytes.at, "x\0y\n\n", 5);
    assert_string_equal(source->name.at, "q\"\303\251");
    assert_true(
        git_show_file(&fixture.git, TEXT("HEAD"), TEXT("link"), &source, &fixture.problems));
    assert_string_equal(source->bytes.at, "empty");
}

static void several_are_shown_at_once_and_what_is_not_there_is_none(void **state)
{
    (void)state;
    const struct text paths[] = { TEXT("empty"), TEXT("not there"), TEXT("a b"),
                                  TEXT("a b/one two") };
    struct source *sources[4];
    assert_true(
        git_show_files(&fixture.git, TEXT("HEAD"), paths, 4, sources, &fixture.problems));
    assert_int_equal(sources[0]->bytes.size, 0);
    assert_null(sources[1]);
    assert_null(sources[2]); /* a folder */
    assert_string_equal(sources[3]->bytes.at, "one\n");
    assert_true(git_show_files(&fixture.git, TEXT("HEAD"), NULL, 0, NULL, &fixture.problems));
}

static void what_cannot_be_shown_is_a_problem(void **state)
{
    (void)state;
    struct source *source;
    assert_false(
        git_show_file(&fixture.git, TEXT("HEAD"), TEXT("new"), &source, &fixture.problems));
    assert_string_equal(git_fixture_problem(&fixture), "the commit 'HEAD' has no file 'new'");
    problems_clear(&fixture.problems);
    assert_false(
        git_show_file(&fixture.git, TEXT("HEAD"), TEXT("a\nb"), &source, &fixture.problems));
    assert_string_equal(git_fixture_problem(&fixture),
                        "the path of a file holds a line break: 'a\nb'");
    problems_clear(&fixture.problems);
    assert_false(
        git_show_file(&fixture.git, TEXT("nope"), TEXT("a"), &source, &fixture.problems));
}

static void what_git_does_not_have_or_says_strangely_is_a_problem(void **state)
{
    (void)state;
    struct source *source;
    git_fixture_shell(&fixture,
                      "cd r; id=$(git rev-parse HEAD:empty); chmod -R u+w .git/objects;"
                      "echo bad >.git/objects/$(echo $id | sed 's,..,&/,')");
    assert_false(
        git_show_file(&fixture.git, TEXT("HEAD"), TEXT("empty"), &source, &fixture.problems));
    problems_clear(&fixture.problems);
    git_fixture_shell(&fixture,
                      "mkdir bin; git=$(command -v git);"
                      "printf '#!/bin/sh\\ncase \"$*\" in *cat-file*) echo hello; echo;;"
                      "*) exec '$git' \"$@\";; esac' >bin/git; chmod +x bin/git");
    char path[160];
    snprintf(path, sizeof(path), "%s/bin:/usr/local/bin:/usr/bin:/bin", fixture.folder);
    char *kept = strdup(getenv("PATH"));
    setenv("PATH", path, 1);
    bool is_shown =
        git_show_file(&fixture.git, TEXT("HEAD"), TEXT("empty"), &source, &fixture.problems);
    setenv("PATH", kept, 1);
    free(kept);
    assert_false(is_shown);
    assert_string_equal(git_fixture_problem(&fixture), "git cannot show 'empty'");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_of_a_commit_and_of_the_work_tree_are_listed_from_the_top),
        TEST(a_file_is_shown_byte_for_byte),
        TEST(several_are_shown_at_once_and_what_is_not_there_is_none),
        TEST(what_cannot_be_shown_is_a_problem),
        TEST(what_git_does_not_have_or_says_strangely_is_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
