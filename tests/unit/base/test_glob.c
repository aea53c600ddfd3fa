/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buffer.h"
#include "base/glob.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct glob parsed(const char *pattern)
{
    struct glob glob;
    const char *reason = "";
    if (!glob_parse(text_of(pattern), &arena, &glob, &reason)) {
        fail_msg("%s: %s", pattern, reason);
    }
    return glob;
}

static void patterns_match_whole_paths(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        const char *path;
        bool matches;
    } rows[] = {
        { "a", "a", true },
        { "a", "b", false },
        { "a", "ab", false },
        { "a", "a/b", false },
        { "a/b", "a", false },
        { "*.php", "a.php", true },
        { "*.php", "x/a.php", false },
        { "*.php", ".php", true },
        { "*", "", true },
        { "a*b*c", "aXbYbZc", true },
        { "a*b*c", "aXbYbZ", false },
        { "**/*.php", "a.php", true },
        { "**/*.php", "x/y/a.php", true },
        { "**/*.php", "x/y/a.phpx", false },
        { "app/**", "app/a", true },
        { "app/**", "app/x/y/a", true },
        { "app/**", "app", false },
        { "app/**", "apple/a", false },
        { "app/", "app/x/y", true },
        { "app/", "app", false },
        { "./app/", "app/x", true },
        { "**", "a/b", true },
        { "app/**/x/**/*.js", "app/a/x/b/c/d.js", true },
        { "app/**/x/**/*.js", "app/x/d.js", true },
        { "app/**/x/**/*.js", "app/a/y/d.js", false },
        { "app/**/x/y", "app/x/z/x/y", true },
        { "**/a/b", "a/a/b", true },
        { "**/a/b", "a/b/c", false },
        { "a/*/c", "a/b/c", true },
        { "a/*/c", "a/b/b/c", false },
        { "a?c", "abc", true },
        { "a?c", "a\303\251c", true },
        { "a?c", "ac", false },
        { "a?c", "a/c", false },
        { "[0-9][0-9]_*.py", "01_x.py", true },
        { "[0-9][0-9]_*.py", "0x_x.py", false },
        { "[!a]", "b", true },
        { "[!a]", "a", false },
        { "[^a]", "b", true },
        { "[]a]", "]", true },
        { "[a-]", "-", true },
        { "[!]]", "a", true },
        { "[!]]", "]", false },
        { "x*[0-9]", "xa1", true },
        { "{V,U,R,B}*__*.sql", "V1__a.sql", true },
        { "{V,U,R,B}*__*.sql", "X1__a.sql", false },
        { "a{,b}c", "ac", true },
        { "a{,b}c", "abc", true },
        { "{a,b{c,d}}e", "bde", true },
        { "{a,b{c,d}}e", "ce", false },
        { "{a,b}/{c,d}", "b/c", true },
        { "a\\*b", "a*b", true },
        { "a\\*b", "axb", false },
        { "\\{a,b\\}", "{a,b}", true },
        { "a\\,{b\\,c,d}", "a,b,c", true },
        { "a,b", "a,b", true },
        { "a}", "a}", true },
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct glob glob = parsed(rows[i].pattern);
        if (glob_matches(&glob, text_of(rows[i].path)) != rows[i].matches) {
            fail_msg("'%s' and '%s'", rows[i].pattern, rows[i].path);
        }
    }
}

static void an_exception_takes_out_what_came_before_it(void **state)
{
    (void)state;
    struct glob list[] = { parsed("app/**"), parsed("!app/Games/**"),
                           parsed("app/Games/Omaha/**") };
    struct globs globs = { list, 3 };
    assert_true(globs_match(&globs, TEXT("app/Http/a.php")));
    assert_false(globs_match(&globs, TEXT("app/Games/a.php")));
    assert_true(globs_match(&globs, TEXT("app/Games/Omaha/a.php")));
    assert_false(globs_match(&globs, TEXT("b")));
    assert_true(list[1].is_exception);
    assert_string_equal(list[1].written.at, "!app/Games/**");
}

static void what_is_no_pattern_has_a_reason(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "", "an empty pattern" },
        { "!", "an empty pattern" },
        { "/etc", "a path from the root of the disk" },
        { "a{b", "a '{' without its '}'" },
        { "{a,{b}", "a '{' without its '}'" },
        { "a[b", "a '[' without its ']'" },
        { "a[!]", "a '[' without its ']'" },
        { "a[", "a '[' without its ']'" },
        { "a\\", "a backslash with nothing behind it" },
        { "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
          "braces with more than 256 combinations" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct glob glob;
        const char *reason = NULL;
        assert_false(glob_parse(text_of(rows[i][0]), &arena, &glob, &reason));
        assert_string_equal(reason, rows[i][1]);
    }
}

static void many_stars_are_no_burden(void **state)
{
    (void)state;
    struct buffer path;
    buffer_init(&path, 1 << 20);
    for (int i = 0; i < 2000; i++) {
        buffer_add_string(&path, "aaaaaaaaaa/");
    }
    buffer_add_string(&path, "b");
    struct glob glob = parsed("**/*a*a*a*a*c/**/*a*a*a*c/**/a/**/c");
    assert_false(glob_matches(&glob, buffer_text(&path)));
    buffer_release(&path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(patterns_match_whole_paths),
        TEST(an_exception_takes_out_what_came_before_it),
        TEST(what_is_no_pattern_has_a_reason),
        TEST(many_stars_are_no_burden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
