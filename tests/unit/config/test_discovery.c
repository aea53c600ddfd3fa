/* SPDX-License-Identifier: MIT */
#include "config/discovery.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/attribute.h"

static char root[100];
static char kept[4096];
static struct arena arena;

static void make_folder(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", root, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void make_file(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", root, name);
    int descriptor = open(path, O_CREAT | O_WRONLY, 0600);
    assert_true(descriptor >= 0);
    close(descriptor);
}

static void remove_path(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", root, name);
    remove(path);
}

/* root/out/in/deep, root/out/in/a.feature */
static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    snprintf(root, sizeof root, "/tmp/bddrun-test-XXXXXX");
    assert_non_null(mkdtemp(root));
    assert_non_null(getcwd(kept, sizeof kept));
    make_folder("out");
    make_folder("out/in");
    make_folder("out/in/deep");
    make_file("out/in/a.feature");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    assert_int_equal(chdir(kept), 0);
    static const char *const names[] = {
        "out/in/deep/bddrun.yaml",
        "out/in/bddrun.yaml",
        "out/bddrun.yaml",
        "bddrun.yaml",
        "out/in/deep",
        "out/in/a.feature",
        "out/in/.git",
        "out/in",
        "out/.git",
        "out",
        ".git",
        "",
    };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        remove_path(names[i]);
    }
    arena_release(&arena);
    return 0;
}

static void go(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", root, name);
    assert_int_equal(chdir(path), 0);
}

/* expected: NULL for none; a leading '/' stands for root. */
static void assert_found(const char *first_path, const char *expected)
{
    struct text path = TEXT("untouched");
    bool is_found = config_discover(&arena, text_of(first_path), &path);
    if (!expected) {
        assert_false(is_found);
        assert_true(text_is(path, "untouched"));
        return;
    }
    char whole[300];
    snprintf(whole, sizeof whole, "%s%s", expected[0] == '/' ? root : "", expected);
    assert_true(is_found);
    assert_string_equal(arena_string(&arena, path), whole);
}

static void it_lies_beside_or_above_the_scenarios(void **state)
{
    (void)state;
    make_file("out/in/bddrun.yaml");
    go("out");
    assert_found("in", "in/bddrun.yaml");
    assert_found("in/", "in/bddrun.yaml");
    assert_found("in/a.feature", "in/bddrun.yaml");
    assert_found("in/a.feature:12", "in/bddrun.yaml");
    assert_found("in/a.feature:12:40", "in/bddrun.yaml");
    assert_found("@in/rerun.txt", "in/bddrun.yaml");
    assert_found("in/deep", "in/bddrun.yaml");
    assert_found("", NULL);
    assert_found("-", NULL);
    assert_found("gone/b.feature", NULL);
    go("out/in");
    assert_found("", "bddrun.yaml");
    assert_found("-", "bddrun.yaml");
    assert_found("a.feature", "bddrun.yaml");
    assert_found("deep", "bddrun.yaml");
}

static void the_nearest_one_counts(void **state)
{
    (void)state;
    make_file("out/bddrun.yaml");
    make_file("out/in/deep/bddrun.yaml");
    go("");
    assert_found("out/in/deep", "out/in/deep/bddrun.yaml");
    assert_found("out/in", "out/bddrun.yaml");
}

static void outside_of_a_repository_nothing_above_is_trusted(void **state)
{
    (void)state;
    make_file("bddrun.yaml");
    go("out/in");
    assert_found("", NULL);
    assert_found("a.feature", NULL);
    make_folder("out/.git");
    assert_found("a.feature", NULL);
    remove_path("out/.git");
    make_folder(".git");
    assert_found("a.feature", "/bddrun.yaml");
}

static void the_root_of_the_repository_is_the_end(void **state)
{
    (void)state;
    make_file("out/bddrun.yaml");
    make_folder("out/in/.git");
    go("out");
    assert_found("in", NULL);
    assert_found("", "bddrun.yaml");
    make_file("out/in/bddrun.yaml");
    assert_found("in", "in/bddrun.yaml");
}

static void scenarios_elsewhere_bring_their_own(void **state)
{
    (void)state;
    make_file("out/in/bddrun.yaml");
    go("out/in/deep");
    assert_found("..", "/out/in/bddrun.yaml");
    assert_found("../a.feature:3", "/out/in/bddrun.yaml");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_lies_beside_or_above_the_scenarios),
        TEST(the_nearest_one_counts),
        TEST(outside_of_a_repository_nothing_above_is_trusted),
        TEST(the_root_of_the_repository_is_the_end),
        TEST(scenarios_elsewhere_bring_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
