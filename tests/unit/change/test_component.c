/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "change/component.h"

static struct config config;
static struct problems problems;
static struct arena arena;
static const struct config_component *components;
static size_t component_count;

static int set_up(void **state)
{
    static const char *const none[] = { NULL };
    (void)state;
    config_init(&config, none);
    problems_init(&problems);
    arena_init(&arena);
    assert_true(config_read(&config, TEXT("bddrun.yaml"),
                            TEXT("version: 1\n"
                                 "components:\n"
                                 "  omaha: {paths: [app/Omaha/**], tags: '@omaha'}\n"
                                 "  holdem: {paths: [app/Holdem/**], tags: '@holdem or @all'}\n"
                                 "  papers: {paths: ['**/*.md']}\n"),
                            &problems));
    components = config_components(&config, &component_count);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    config_release(&config);
    problems_release(&problems);
    arena_release(&arena);
    return 0;
}

static struct git_file file(const char *path)
{
    return (struct git_file){ .status = GIT_MODIFIED,
                              .path = text_of(path),
                              .old_path = text_of(path),
                              .lines_added = 2,
                              .lines_deleted = 1 };
}

static struct components_touched touch(struct git_file *files, size_t count)
{
    struct git_diff diff = { .files = files, .file_count = count };
    return components_touch(components, component_count, &diff, &arena);
}

static void assert_tags(const struct components_touched *touched, const char *expected)
{
    struct buffer tags;
    buffer_init(&tags, 200);
    buffer_add_string(&tags, "");
    components_print_tags(&tags, touched);
    assert_int_equal(tags.size, strlen(expected));
    assert_memory_equal(tags.at, expected, tags.size);
    buffer_release(&tags);
}

static void only_what_owns_a_changed_file_is_touched(void **state)
{
    (void)state;
    struct git_file files[] = { file("app/Omaha/a.php"), file("app/Omaha/b.php") };
    struct components_touched touched = touch(files, 2);
    assert_int_equal(touched.count, 1);
    assert_string_equal(touched.list[0].component->name.at, "omaha");
    assert_int_equal(touched.list[0].file_count, 2);
    assert_int_equal(touched.list[0].lines, 6);
    assert_int_equal(touched.unmapped_count, 0);
    assert_false(touched.is_all);
    assert_true(components_touched_has(&touched, TEXT("omaha")));
    assert_false(components_touched_has(&touched, TEXT("holdem")));
    assert_tags(&touched, "@omaha");
}

static void a_renamed_file_touches_where_it_was_and_where_it_is(void **state)
{
    (void)state;
    struct git_file files[] = { file("app/Omaha/a.php") };
    files[0].status = GIT_RENAMED;
    files[0].old_path = TEXT("app/Holdem/a.php");
    struct components_touched touched = touch(files, 1);
    assert_int_equal(touched.count, 2);
    assert_tags(&touched, "(@omaha) or (@holdem or @all)");
}

static void a_file_of_nobody_concerns_all_and_is_named(void **state)
{
    (void)state;
    struct git_file files[] = { file("app/Omaha/a.php"), file("composer.json") };
    struct components_touched touched = touch(files, 2);
    assert_int_equal(touched.count, 3);
    assert_true(touched.is_all);
    assert_int_equal(touched.unmapped_count, 1);
    assert_string_equal(touched.unmapped[0]->path.at, "composer.json");
    assert_int_equal(touched.list[1].file_count, 0);
    assert_tags(&touched, "");
}

static void a_component_without_tags_means_all_scenarios(void **state)
{
    (void)state;
    struct git_file files[] = { file("app/Omaha/a.php"), file("README.md") };
    struct components_touched touched = touch(files, 2);
    assert_int_equal(touched.count, 2);
    assert_tags(&touched, "");
    touched = touch(files, 0);
    assert_int_equal(touched.count, 0);
    assert_tags(&touched, "");
}

static void a_component_is_found_by_its_name(void **state)
{
    (void)state;
    assert_ptr_equal(component_find(components, component_count, TEXT("papers")),
                     &components[2]);
    assert_null(component_find(components, component_count, TEXT("nothing")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_what_owns_a_changed_file_is_touched),
        TEST(a_renamed_file_touches_where_it_was_and_where_it_is),
        TEST(a_file_of_nobody_concerns_all_and_is_named),
        TEST(a_component_without_tags_means_all_scenarios),
        TEST(a_component_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
