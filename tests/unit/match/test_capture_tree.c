/* SPDX-License-Identifier: MIT */
#include "match/capture_tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"

static struct arena arena;

/* "(a(b)())" for groups in groups. */
static void print_group(struct buffer *out, const struct match_group *group)
{
    buffer_add_byte(out, '(');
    buffer_add(out, group->is_set ? group->value : TEXT("-"));
    for (size_t i = 0; i < group->child_count; i++) {
        print_group(out, &group->children[i]);
    }
    buffer_add_byte(out, ')');
}

static const char *groups_of(const char *pattern, const char *subject)
{
    struct regex *regex CLEANUP(regex_release) = NULL;
    struct buffer out CLEANUP(buffer_release);
    struct regex_capture captures[16];
    struct capture_tree tree;
    struct match_group whole;
    buffer_init(&out, 1024);
    assert_true(regex_compile(text_of(pattern), 0, &regex, NULL));
    capture_tree_make(text_of(pattern), &arena, &tree);
    assert_int_equal(tree.count, regex_group_count(regex) + 1);
    assert_int_equal(regex_match(regex, text_of(subject), 0, captures, 16), REGEX_MATCHED);
    capture_tree_group(&tree, 0, text_of(subject), captures, &arena, &whole);
    print_group(&out, &whole);
    return arena_string(&arena, buffer_text(&out));
}

static void groups_stand_in_the_groups_around_them(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        { "a", "xa", "(a)" },
        { "(a)(b)?", "a", "(a(a)(-))" },
        { "((a)(b(c)))(d)", "abcd", "(abcd(abc(a)(bc(c)))(d))" },
        { "(?:(a)|(b))(?=c)", "bc", "(b(-)(b))" },
        { "\\((a)\\)[(](b)[^()\\]]", "(a)(b!", "((a)(b!(a)(b))" },
        { "(?<n>a)(?'m'b)(?P<o>c)(?<!x)(?<=c)", "abc", "(abc(a)(b)(c))" },
        { "[]()](a)[^]()](b)", ")axb", "()axb(a)(b))" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        assert_string_equal(groups_of(rows[i][0], rows[i][1]), rows[i][2]);
    }
}

static void offsets_are_bytes_of_the_subject(void **state)
{
    (void)state;
    struct capture_tree tree;
    struct match_group group;
    struct regex_capture captures[] = { { 1, 6 }, { 2, 4 }, { REGEX_UNSET, REGEX_UNSET } };
    capture_tree_make(TEXT("x(y)(z)?"), &arena, &tree);
    capture_tree_group(&tree, 1, TEXT("abcdefg"), captures, &arena, &group);
    assert_int_equal(group.start, 2);
    assert_int_equal(group.end, 4);
    assert_true(text_is(group.value, "cd"));
    capture_tree_group(&tree, 2, TEXT("abcdefg"), captures, &arena, &group);
    assert_false(group.is_set);
    assert_int_equal(group.value.size, 0);
}

static void broken_patterns_do_no_harm(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "(", "[", "[^", "[]", "a\\", "))((", "(?", "(*VERB)"
    };
    for (size_t i = 0; i < ARRAY_SIZE(patterns); i++) {
        struct capture_tree tree;
        capture_tree_make(text_of(patterns[i]), &arena, &tree);
        assert_true(tree.count >= 1);
    }
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_stand_in_the_groups_around_them),
        cmocka_unit_test(offsets_are_bytes_of_the_subject),
        cmocka_unit_test(broken_patterns_do_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
