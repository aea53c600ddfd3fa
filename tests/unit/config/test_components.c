/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "config/components.h"
#include "support/problem_text.h"

static struct config config;
static struct problems problems;

static int set_up(void **state)
{
    static const char *const none[] = { NULL };
    (void)state;
    config_init(&config, none);
    problems_init(&problems);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    config_release(&config);
    problems_release(&problems);
    return 0;
}

static bool read(const char *text)
{
    return config_read(&config, TEXT("bddrun.yaml"), text_of(text), &problems);
}

static void components_are_read_as_they_are_written(void **state)
{
    (void)state;
    assert_true(read("version: 1\n"
                     "components:\n"
                     "  omaha:\n"
                     "    paths: [app/Games/Omaha/**, '!**/*.md']\n"
                     "    tags: '@omaha'\n"
                     "    suspend: {command: [php, artisan, 'game:suspend'], resume: [php], "
                     "idle: /idle}\n"
                     "    after_switch: [pm2, reload, realtime]\n"
                     "    endpoints: GET /api/omaha\n"
                     "  site: {paths: app/}\n"));
    size_t count = 0;
    const struct config_component *list = config_components(&config, &count);
    assert_int_equal(count, 2);
    assert_string_equal(list[0].name.at, "omaha");
    assert_int_equal(list[0].paths.count, 2);
    assert_true(globs_match(&list[0].paths, TEXT("app/Games/Omaha/a.php")));
    assert_false(globs_match(&list[0].paths, TEXT("app/Games/Omaha/a.md")));
    assert_string_equal(list[0].tags.at, "@omaha");
    assert_int_equal(list[0].suspend.command.count, 3);
    assert_int_equal(list[0].suspend.resume.count, 1);
    assert_string_equal(list[0].suspend.idle.at, "/idle");
    assert_int_equal(list[0].after_switch.count, 3);
    assert_int_equal(list[0].endpoints.count, 1);
    assert_int_equal(list[1].suspend.command.count, 0);
    assert_int_equal(list[1].tags.size, 0);
}

static void there_need_not_be_any(void **state)
{
    (void)state;
    size_t count = 7;
    assert_true(read("version: 1\n"));
    assert_null(config_components(&config, &count));
    assert_int_equal(count, 0);
}

static void what_is_wrong_is_shown_at_its_place(void **state)
{
    (void)state;
    assert_false(read("version: 1\n"
                      "components:\n"
                      "  a: {tags: '@a'}\n"
                      "  b: {paths: []}\n"
                      "  c: {paths: ['a{b', /etc]}\n"
                      "  d: {paths: {a: b}}\n"
                      "  e: {paths: a, suspend: {command: [a]}, sleep: 1}\n"));
    assert_problems(
        &problems,
        "bddrun.yaml:3:3: error: key 'paths' is missing in a component\n"
        "    a: {tags: '@a'}\n"
        "    ^\n"
        "bddrun.yaml:4:14: error: expected patterns of paths such as 'app/Games/**', found a "
        "list\n"
        "    b: {paths: []}\n"
        "               ^\n"
        "bddrun.yaml:5:15: error: expected a pattern of paths, not a '{' without its '}', "
        "found 'a{b'\n"
        "    c: {paths: ['a{b', /etc]}\n"
        "                ^^^^^\n"
        "bddrun.yaml:5:22: error: expected a pattern of paths, not a path from the root of the "
        "disk, found '/etc'\n"
        "    c: {paths: ['a{b', /etc]}\n"
        "                       ^^^^\n"
        "bddrun.yaml:6:14: error: expected patterns of paths such as 'app/Games/**', found a "
        "map\n"
        "    d: {paths: {a: b}}\n"
        "               ^\n"
        "bddrun.yaml:7:17: error: key 'resume' is missing in suspend\n"
        "    e: {paths: a, suspend: {command: [a]}, sleep: 1}\n"
        "                  ^^^^^^^\n"
        "bddrun.yaml:7:42: error: unknown key 'sleep' in a component\n"
        "    e: {paths: a, suspend: {command: [a]}, sleep: 1}\n"
        "                                           ^^^^^\n"
        "  hint: a component has 'paths', 'tags', 'suspend', 'after_switch', 'endpoints'\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(components_are_read_as_they_are_written),
        TEST(there_need_not_be_any),
        TEST(what_is_wrong_is_shown_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
