/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "git/diff.h"
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

/* "M path +3-5,9 b": the status, the path (old>new), changed lines, binary. */
static void print_diff(const struct git_diff *diff, char *out, size_t size)
{
    size_t at = 0;
    for (size_t i = 0; i < diff->file_count; i++) {
        const struct git_file *file = &diff->files[i];
        at += (size_t)snprintf(out + at, size - at, "%c %.*s", (char)file->status,
                               TEXT_ARG(file->old_path));
        if (!text_equal(file->old_path, file->path)) {
            at += (size_t)snprintf(out + at, size - at, ">%.*s", TEXT_ARG(file->path));
        }
        for (size_t l = 0; l < file->changed_count; l++) {
            at += (size_t)snprintf(out + at, size - at, " %zu-%zu", file->changed[l].first,
                                   file->changed[l].last);
        }
        at += (size_t)snprintf(
            out + at, size - at, "%s%s%s%s +%zu -%zu\n", file->is_binary ? " binary" : "",
            file->is_submodule ? " submodule" : "", file->is_link ? " link" : "",
            file->has_content ? "" : " same", file->lines_added, file->lines_deleted);
    }
}

static void assert_diff(const char *older, const char *newer, const char *expected)
{
    struct git_diff diff;
    char printed[2000] = "";
    git_fixture_open(&fixture, "r");
    assert_true(
        git_diff_read(&fixture.git, text_of(older), text_of(newer), &diff, &fixture.problems));
    print_diff(&diff, printed, sizeof(printed));
    assert_string_equal(printed, expected);
}

static void every_kind_of_change_is_told_with_its_lines(void **state)
{
    (void)state;
    git_fixture_shell(
        &fixture,
        "git init -q r; cd r; echo a >mode; printf 'x\\0y' >binary; ln -s a kind; seq 20 "
        ">renamed;"
        "seq 30 >moved; echo gone >gone; : >'quo\"ted'; printf 'no end' >ended; seq 9 >lines;"
        "git add .; git commit -qm One;"
        "chmod +x mode; printf 'x\\0z' >binary; rm kind gone; echo f >kind; git mv renamed new;"
        "git mv moved 'mo ved'; sed -i '3d; 5s/.*/five/' new; echo n >>'quo\"ted'; : >empty;"
        "echo >>ended; printf '1\\n\\n3\\n4\\n5\\n--- a/x\\n+++ b/y\\n8\\n9' >lines;"
        "printf 'tab' >\"$(printf 'ta\\tb\\303\\251')\"; ln -s mode link; git add -A;"
        "git commit -qm Two");
    assert_diff("HEAD~1", "HEAD",
                "M binary binary +0 -0\n"
                "A empty +0 -0\n"
                "M ended 1-1 +1 -1\n"
                "D gone +0 -1\n"
                "M kind 1-1 +1 -1\n"
                "M lines 2-2 6-7 9-9 +4 -4\n"
                "A link 1-1 link +1 -0\n"
                "R moved>mo ved same +0 -0\n"
                "M mode same +0 -0\n"
                "R renamed>new 4-4 +1 -2\n"
                "M quo\"ted 1-1 +1 -0\n"
                "A ta\tb\303\251 1-1 +1 -0\n");
}

static void the_settings_of_the_user_change_nothing(void **state)
{
    (void)state;
    git_fixture_shell(
        &fixture,
        "git init -q r; cd r; seq 9 >b; seq 9 >a; git add .; git commit -qm One;"
        "sed -i 2d a; sed -i '5a new' a; echo 10 >>b; git mv b c; git commit -qam Two;"
        "git config diff.noprefix true; git config diff.mnemonicPrefix true;"
        "git config diff.renames false; git config color.ui always; git config diff.context 9;"
        "git config diff.external /bin/false; git config diff.interHunkContext 9;"
        "git config diff.submodule log; echo 'c' >order; git config diff.orderFile order;"
        "git config diff.relative true; git config core.quotePath false");
    assert_diff("HEAD~1", "HEAD", "M a 6-6 +1 -1\nR b>c 10-10 +1 -0\n");
}

static void a_submodule_is_marked(void **state)
{
    (void)state;
    git_fixture_shell(&fixture,
                      "git init -q r; cd r; git commit -q --allow-empty -m One;"
                      "git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),sub;"
                      "git commit -qm Two");
    assert_diff("HEAD~1", "HEAD", "A sub 1-1 submodule +1 -0\n");
}

static void everything_is_new_against_nothing(void **state)
{
    (void)state;
    git_fixture_shell(&fixture,
                      "for f in sha1 sha256; do rm -rf r; git init -q --object-format=$f r;"
                      "(cd r; seq 3 >a; git add a; git commit -qm One); done");
    assert_diff("", "HEAD", "A a 1-3 +3 -0\n");
    git_fixture_shell(&fixture, "rm -rf r; git init -q r; cd r; seq 3 >a; git add a;"
                                "git commit -qm One");
    assert_diff("", "HEAD", "A a 1-3 +3 -0\n");
    assert_diff("HEAD", "HEAD", "");
}

static void unchanged_lines_are_found_where_they_stood(void **state)
{
    (void)state;
    struct git_diff diff;
    git_fixture_shell(&fixture, "git init -q r; cd r; seq 9 >a; git add .; git commit -qm One;"
                                "sed -i 2d a; sed -i '5a new' a; git commit -qam Two");
    git_fixture_open(&fixture, "r");
    assert_true(
        git_diff_read(&fixture.git, TEXT("HEAD~1"), TEXT("HEAD"), &diff, &fixture.problems));
    static const size_t old[] = { 1, 3, 4, 5, 6, 0, 7, 8, 9 };
    for (size_t i = 0; i < ARRAY_SIZE(old); i++) {
        assert_int_equal(git_file_old_line(&diff.files[0], i + 1), old[i]);
    }
}

static void an_unknown_revision_is_a_problem(void **state)
{
    (void)state;
    struct git_diff diff;
    git_fixture_shell(&fixture, "git init -q r; cd r; git commit -q --allow-empty -m One");
    git_fixture_open(&fixture, "r");
    assert_false(
        git_diff_read(&fixture.git, TEXT("nope"), TEXT("HEAD"), &diff, &fixture.problems));
    assert_false(
        git_diff_read(&fixture.git, TEXT("HEAD"), TEXT("nope"), &diff, &fixture.problems));
    assert_int_equal(fixture.problems.count, 2);
}

static void changed_lines_and_files_are_found(void **state)
{
    (void)state;
    struct git_lines lines[] = { { 2, 2 }, { 6, 8 } };
    struct git_file files[] = {
        { .path = TEXT_STATIC("a"), .changed = lines, .changed_count = 2 },
        { .path = TEXT_STATIC("b") }
    };
    struct git_diff diff = { .files = files, .file_count = 2 };
    static const bool expected[] = { false, false, true, false, false,
                                     false, true,  true, true,  false };
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
        assert_int_equal(git_file_has_changed_line(&files[0], i), expected[i]);
    }
    assert_false(git_file_has_changed_line(&files[1], 1));
    assert_ptr_equal(git_diff_file(&diff, TEXT("b")), &files[1]);
    assert_null(git_diff_file(&diff, TEXT("c")));
}

#define RECORD ":100644 100644 1111111 2222222 M\0a\0"
#define HEAD "diff --git a/a b/a\nindex 1..2\n--- a/a\n+++ b/a\n"

static void what_is_cut_short_or_strange_is_refused(void **state)
{
    (void)state;
    static const struct text strange[] = {
        TEXT_STATIC(":100644"),
        TEXT_STATIC(":100644 100644 1111111 2222222 M"),
        TEXT_STATIC(":100644 100644 1111111 2222222 M\0a"),
        TEXT_STATIC(":100644 100644 1111111 2222222 X\0a\0"),
        TEXT_STATIC(":100644 100644 1111111 2222222 \0a\0"),
        TEXT_STATIC(":100644 100644 1111111 2222222 R100\0a\0b"),
        TEXT_STATIC(RECORD "\0"),
        TEXT_STATIC(RECORD "\0diff --git a/a b/a"),
        TEXT_STATIC(RECORD "\0" HEAD "@@ -1 +1 @@\n-a\n"),
        TEXT_STATIC(RECORD "\0" HEAD "@@ -1 +1 @@\n-a\n+b"),
        TEXT_STATIC(RECORD "\0" HEAD "@@ -1 +x @@\n-a\n+b\n"),
        TEXT_STATIC(RECORD "\0" HEAD "@@ -y +1 @@\n-a\n+b\n"),
        TEXT_STATIC(RECORD "\0" HEAD "@@ -1 1 @@\n-a\n+b\n"),
        TEXT_STATIC(RECORD "\0" HEAD "@@ -1,z +1 @@\n-a\n+b\n"),
        TEXT_STATIC(RECORD "\0" HEAD "@@ -1\n"),
        TEXT_STATIC(RECORD "\0" HEAD "@@ -1 +1 @@\n\n\n"),
        TEXT_STATIC(RECORD "\0" HEAD "@@ -1 +1 @@\n-a\n+b\n" HEAD),
        TEXT_STATIC("something else"),
    };
    struct arena arena;
    struct git_diff diff;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(strange); i++) {
        if (git_diff_parse(strange[i], &arena, &diff)) {
            fail_msg("taken: %zu", i);
        }
    }
    assert_true(git_diff_parse(TEXT(RECORD "\0" HEAD "@@ -1 +1 @@\n-a\n+b\n"), &arena, &diff));
    assert_true(git_diff_parse(TEXT_EMPTY, &arena, &diff));
    assert_int_equal(diff.file_count, 0);
    arena_release(&arena);
}

static void an_answer_of_another_program_is_refused(void **state)
{
    (void)state;
    struct git_diff diff;
    git_fixture_shell(&fixture,
                      "git init -q r; cd r; git commit -q --allow-empty -m One; mkdir ../bin;"
                      "git=$(command -v git);"
                      "printf '#!/bin/sh\\ncase \"$*\" in *diff-tree*) echo hello;;"
                      "*) exec '$git' \"$@\";; esac' >../bin/git; chmod +x ../bin/git");
    char path[160];
    snprintf(path, sizeof(path), "%s/bin:/usr/local/bin:/usr/bin:/bin", fixture.folder);
    git_fixture_open(&fixture, "r");
    char *kept = strdup(getenv("PATH"));
    setenv("PATH", path, 1);
    bool is_read =
        git_diff_read(&fixture.git, TEXT("HEAD"), TEXT("HEAD"), &diff, &fixture.problems);
    setenv("PATH", kept, 1);
    free(kept);
    assert_false(is_read);
    assert_string_equal(git_fixture_problem(&fixture), "git's comparison is not understood");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_change_is_told_with_its_lines),
        TEST(the_settings_of_the_user_change_nothing),
        TEST(a_submodule_is_marked),
        TEST(everything_is_new_against_nothing),
        TEST(unchanged_lines_are_found_where_they_stood),
        TEST(an_unknown_revision_is_a_problem),
        TEST(changed_lines_and_files_are_found),
        TEST(what_is_cut_short_or_strange_is_refused),
        TEST(an_answer_of_another_program_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
