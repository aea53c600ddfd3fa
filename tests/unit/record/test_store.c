/* SPDX-License-Identifier: MIT */
#include "record/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/file_write.h"
#include "support/feature.h"

static const struct store store = { TEXT_STATIC("recordings"), TEXT_STATIC(".") };

struct named {
    const char *name;
    const char *slug;
};

static void a_name_becomes_a_slug(void **state)
{
    static const struct named cases[] = {
        { "The lobby opens", "the-lobby-opens" },
        { "  100 % \"sure\" -- really?  ", "100-sure-really" },
        { "../../etc/passwd", "etc-passwd" },
        { "..", "scenario" },
        { "", "scenario" },
        { "Größe \xe2\x80\xae 卓球", "größe-卓球" },
        { "a\xff"
          "b\x01"
          "c",
          "a-b-c" },
        { "~2.har", "2-har" },
    };
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct store_key key = { .feature = TEXT("x.feature"),
                                 .scenario = text_of(cases[i].name) };
        struct text expected = arena_format(&arena, "recordings/x/%s.har", cases[i].slug);
        assert_string_equal(store_key_path(&store, &arena, &key, 1).at, expected.at);
    }
    arena_release(&arena);
}

static void long_names_are_cut_and_stay_different(void **state)
{
    char names[2][301];
    struct text paths[2];
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < 300; k += 2) {
            names[i][k] = '\xc3';
            names[i][k + 1] = '\xa9';
        }
        names[i][300] = '\0';
        if (i == 1) {
            names[i][299] = '\xa8';
        }
        struct store_key key = { .feature = TEXT("x.feature"), .scenario = text_of(names[i]) };
        paths[i] = store_key_path(&store, &arena, &key, 1);
        assert_true(paths[i].size < 130);
    }
    assert_false(text_equal(paths[0], paths[1]));
    arena_release(&arena);
}

static void twins_rows_and_samples_have_their_own_paths(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct store_key key = { TEXT("a/b.feature"), TEXT("x"), 2, 3, 14 };
    assert_string_equal(store_key_path(&store, &arena, &key, 5).at,
                        "recordings/a/b/x~2~row3-14.5.har");
    arena_release(&arena);
}

#define TWINS                                                                                  \
    TEXT("Feature: f\n"                                                                        \
         "  Scenario: Same name\n"                                                             \
         "    * a\n"                                                                           \
         "  Scenario Outline: same <x>\n"                                                      \
         "    * a <x>\n"                                                                       \
         "    Examples:\n"                                                                     \
         "      | x |\n"                                                                       \
         "      | 1 |\n"                                                                       \
         "      | 2 |\n"                                                                       \
         "    Examples:\n"                                                                     \
         "      | x |\n"                                                                       \
         "      | 1 |\n"                                                                       \
         "  Rule: r\n"                                                                         \
         "    Scenario: same name!\n"                                                          \
         "      * a\n"                                                                         \
         "    Scenario: other\n"                                                               \
         "      * a\n"                                                                         \
         "  Rule: s\n"                                                                         \
         "    Scenario: same-name\n"                                                           \
         "      * a\n")

static void scenarios_of_a_feature_never_share_a_path(void **state)
{
    static const char *const expected[] = {
        "recordings/f/same-name.har",     "recordings/f/same-x~row1-1.har",
        "recordings/f/same-x~row1-2.har", "recordings/f/same-x~row2-1.har",
        "recordings/f/same-name~2.har",   "recordings/f/other.har",
        "recordings/f/same-name~3.har",
    };
    (void)state;
    struct feature_fixture fixture;
    struct arena arena;
    arena_init(&arena);
    feature_init(&fixture, TWINS);
    assert_int_equal(fixture.pickles.count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(
            store_path(&store, &arena, TEXT("f.feature"), &fixture.pickles.list[i], 1).at,
            expected[i]);
    }
    feature_release(&fixture);
    arena_release(&arena);
}

/* A folder with project/game/lobby.feature and stray.feature. */
struct tree {
    struct arena arena;
    struct text root;
    struct text project;
    struct text lobby;
    struct text stray;
};

static void tree_init(struct tree *tree)
{
    char root[] = "/tmp/bddrun-store-XXXXXX";
    struct problems problems;
    problems_init(&problems);
    arena_init(&tree->arena);
    assert_non_null(mkdtemp(root));
    tree->root = arena_text(&tree->arena, text_of(root));
    tree->project = path_join(&tree->arena, tree->root, TEXT("project"));
    tree->lobby = path_join(&tree->arena, tree->project, TEXT("game/lobby.feature"));
    tree->stray = path_join(&tree->arena, tree->root, TEXT("stray.feature"));
    assert_true(file_replace(tree->lobby, TEXT("Feature: x\n"), &problems));
    assert_true(file_replace(tree->stray, TEXT("Feature: x\n"), &problems));
    problems_release(&problems);
}

static void tree_release(struct tree *tree)
{
    unlink(tree->lobby.at);
    unlink(tree->stray.at);
    rmdir(path_join(&tree->arena, tree->project, TEXT("game")).at);
    rmdir(tree->project.at);
    rmdir(tree->root.at);
    arena_release(&tree->arena);
}

static void a_feature_is_named_from_the_projects_folder(void **state)
{
    (void)state;
    struct tree tree;
    tree_init(&tree);
    struct store here = { path_join(&tree.arena, tree.project, TEXT("recordings")),
                          tree.project };
    struct text roundabout =
        arena_format(&tree.arena, "%.*s/game/../game/lobby.feature", TEXT_ARG(tree.project));
    assert_string_equal(store_feature(&here, &tree.arena, tree.lobby).at, "game/lobby.feature");
    assert_string_equal(store_feature(&here, &tree.arena, roundabout).at, "game/lobby.feature");
    tree_release(&tree);
}

static void a_feature_outside_of_the_project_stays_inside_the_recordings(void **state)
{
    (void)state;
    struct tree tree;
    tree_init(&tree);
    struct store here = { path_join(&tree.arena, tree.project, TEXT("recordings")),
                          tree.project };
    struct text name = store_feature(&here, &tree.arena, tree.stray);
    assert_true(text_starts_with(name, TEXT("outside/stray-")));
    name = store_feature(&here, &tree.arena, TEXT("no/../../such.feature"));
    assert_true(text_starts_with(name, TEXT("outside/such-")));
    name = store_feature(&here, &tree.arena, TEXT("plain.feature"));
    assert_string_equal(name.at, "plain.feature");
    tree_release(&tree);
}

static void samples_are_counted_without_gaps(void **state)
{
    (void)state;
    struct tree tree;
    struct problems problems;
    problems_init(&problems);
    tree_init(&tree);
    struct store here = { path_join(&tree.arena, tree.root, TEXT("r")), tree.project };
    struct store_key key = { .feature = tree.lobby, .scenario = TEXT("x") };
    assert_int_equal(store_samples(&here, &tree.arena, &key), 0);
    for (unsigned i = 1; i <= 2; i++) {
        assert_true(
            file_replace(store_key_path(&here, &tree.arena, &key, i), TEXT("{}"), &problems));
    }
    assert_int_equal(store_samples(&here, &tree.arena, &key), 2);
    for (unsigned i = 1; i <= 2; i++) {
        unlink(store_key_path(&here, &tree.arena, &key, i).at);
    }
    rmdir(path_join(&tree.arena, here.folder, TEXT("game/lobby")).at);
    rmdir(path_join(&tree.arena, here.folder, TEXT("game")).at);
    rmdir(here.folder.at);
    tree_release(&tree);
    problems_release(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_becomes_a_slug),
        cmocka_unit_test(long_names_are_cut_and_stay_different),
        cmocka_unit_test(twins_rows_and_samples_have_their_own_paths),
        cmocka_unit_test(scenarios_of_a_feature_never_share_a_path),
        cmocka_unit_test(a_feature_is_named_from_the_projects_folder),
        cmocka_unit_test(a_feature_outside_of_the_project_stays_inside_the_recordings),
        cmocka_unit_test(samples_are_counted_without_gaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
