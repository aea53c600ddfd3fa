/* SPDX-License-Identifier: MIT */
#include "format/regex.h"
#include "support/refused.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buffer.h"

static struct regex *make(const char *pattern, unsigned flags)
{
    struct regex *regex = NULL;
    assert_true(regex_compile(text_of(pattern), flags, &regex, NULL));
    return regex;
}

static enum regex_result once(const char *pattern, unsigned flags, const char *subject)
{
    struct regex *regex = make(pattern, flags);
    enum regex_result result = regex_match(regex, text_of(subject), 0, NULL, 0);
    regex_free(regex);
    return result;
}

static void finds_the_leftmost_match_and_its_groups(void **state)
{
    (void)state;
    struct regex *regex CLEANUP(regex_release) = make("(b)(x)?(c)", 0);
    struct regex_capture captures[6];
    assert_int_equal(regex_group_count(regex), 3);
    assert_int_equal(regex_match(regex, TEXT("abcbc"), 0, captures, 6), REGEX_MATCHED);
    assert_int_equal(captures[0].start, 1);
    assert_int_equal(captures[0].end, 3);
    assert_true(captures[2].start == REGEX_UNSET && captures[2].end == REGEX_UNSET);
    assert_int_equal(captures[3].start, 2);
    assert_true(captures[4].start == REGEX_UNSET && captures[5].end == REGEX_UNSET);
    assert_int_equal(regex_match(regex, TEXT("abcbc"), 2, captures, 1), REGEX_MATCHED);
    assert_int_equal(captures[0].start, 3);
    assert_int_equal(regex_match(regex, TEXT("abcbc"), 4, captures, 1), REGEX_NO_MATCH);
    assert_int_equal(regex_match(regex, TEXT("abc"), 4, captures, 1), REGEX_NO_MATCH);
}

static void flags_change_what_matches(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        unsigned flags;
        const char *subject;
        enum regex_result result;
    } rows[] = {
        { "abc", 0, "ABC", REGEX_NO_MATCH },
        { "abc", REGEX_IGNORE_CASE, "xABC", REGEX_MATCHED },
        { "\xC3\xA9", REGEX_IGNORE_CASE, "\xC3\x89", REGEX_MATCHED },
        { "^b$", 0, "a\nb\nc", REGEX_NO_MATCH },
        { "^b$", REGEX_MULTI_LINE, "a\nb\nc", REGEX_MATCHED },
        { "b$", 0, "b\n", REGEX_NO_MATCH },
        { "a.b", 0, "a\nb", REGEX_NO_MATCH },
        { "a.b", REGEX_DOT_ALL, "a\nb", REGEX_MATCHED },
        { "a b # c", REGEX_EXTENDED, "ab", REGEX_MATCHED },
        { "a|ab", REGEX_WHOLE, "ab", REGEX_MATCHED },
        { "a", REGEX_WHOLE, "ab", REGEX_NO_MATCH },
        { "^.$", 0, "\xF0\x9F\x98\x80", REGEX_MATCHED },
        { "", 0, "", REGEX_MATCHED },
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        assert_int_equal(once(rows[i].pattern, rows[i].flags, rows[i].subject), rows[i].result);
    }
}

static void empty_texts_without_memory_are_fine(void **state)
{
    (void)state;
    struct regex *regex CLEANUP(regex_release) = NULL;
    struct text nothing = { NULL, 0 };
    assert_true(regex_compile(nothing, REGEX_WHOLE, &regex, NULL));
    assert_int_equal(regex_match(regex, nothing, 0, NULL, 0), REGEX_MATCHED);
}

static void letters_become_flags_each_at_most_once(void **state)
{
    (void)state;
    unsigned flags = 99;
    assert_true(regex_flags(TEXT("xsmi"), &flags));
    assert_int_equal(flags,
                     REGEX_IGNORE_CASE | REGEX_MULTI_LINE | REGEX_DOT_ALL | REGEX_EXTENDED);
    assert_true(regex_flags(TEXT_EMPTY, &flags));
    assert_int_equal(flags, 0);
    assert_false(regex_flags(TEXT("ii"), &flags));
    assert_false(regex_flags(TEXT("g"), &flags));
}

static void a_bad_pattern_is_told_with_its_place(void **state)
{
    (void)state;
    struct regex *regex = NULL;
    struct regex_error error;
    assert_false(regex_compile(TEXT("ab(c"), 0, &regex, &error));
    assert_int_equal(error.offset, 4);
    assert_string_equal(error.message, "missing closing parenthesis");
    assert_false(regex_compile(TEXT("a**+?{2}["), 0, &regex, NULL));
    assert_false(regex_compile(TEXT("a\xFF"), 0, &regex, &error));
    assert_null(regex);
}

static void a_pattern_too_long_or_too_deep_is_refused(void **state)
{
    (void)state;
    struct regex *regex = NULL;
    struct regex_error error;
    size_t size = REGEX_PATTERN_LIMIT_BYTES + 1;
    char *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, 'a', size);
    assert_false(regex_compile(text_make(bytes, size), 0, &regex, &error));
    assert_string_equal(error.message, "the regular expression is too long");
    memset(bytes, '(', 2000);
    assert_false(regex_compile(text_make(bytes, 2000), 0, &regex, &error));
    free(bytes);
}

static void invalid_utf8_in_the_subject_never_matches_and_never_fails(void **state)
{
    (void)state;
    assert_int_equal(once("b", 0,
                          "a\xFF"
                          "b"),
                     REGEX_MATCHED);
    assert_int_equal(once("a.b", 0,
                          "a\xFF"
                          "b"),
                     REGEX_NO_MATCH);
    struct regex *regex CLEANUP(regex_release) = make("b", 0);
    assert_int_equal(regex_match(regex,
                                 TEXT("\xC3\xA9"
                                      "b"),
                                 1, NULL, 0),
                     REGEX_MATCHED);
}

static void catastrophic_backtracking_ends_at_the_limit(void **state)
{
    (void)state;
    struct regex *regex CLEANUP(regex_release) = make("^(a+)+$", 0);
    for (int i = 0; i < 6; i++) { /* interpreted, then as machine code */
        assert_int_equal(
            regex_match(regex, TEXT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), 0, NULL, 0),
            REGEX_LIMIT);
    }
}

static void a_machine_stack_too_small_falls_back_to_the_interpreter(void **state)
{
    (void)state;
    size_t size = 200000;
    char *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, 'a', size);
    struct regex *regex CLEANUP(regex_release) = make("^(?:(a)|b)*$", 0);
    enum regex_result result = regex_match(regex, text_make(bytes, size), 0, NULL, 0);
    assert_true(result == REGEX_MATCHED || result == REGEX_LIMIT);
    free(bytes);
}

static void a_forked_child_matches_and_compiles(void **state)
{
    (void)state;
    struct regex *regex CLEANUP(regex_release) = make("a(b)c", 0);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(regex_match(regex, TEXT("abc"), 0, NULL, 0), REGEX_MATCHED);
    }
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct regex *own = NULL;
        bool is_well = regex_match(regex, TEXT("xabc"), 0, NULL, 0) == REGEX_MATCHED &&
                       regex_compile(TEXT("x+"), 0, &own, NULL);
        for (int i = 0; is_well && i < 6; i++) {
            is_well = regex_match(own, TEXT("axx"), 0, NULL, 0) == REGEX_MATCHED;
        }
        _exit(is_well ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static bool matches_often(void *context)
{
    struct regex *regex = context;
    for (int i = 0; i < 200; i++) {
        if (regex_match(regex, TEXT("a seat 7"), 0, NULL, 0) != REGEX_MATCHED ||
            regex_match(regex, TEXT("a seat"), 0, NULL, 0) != REGEX_NO_MATCH) {
            return false;
        }
    }
    return true;
}

static void a_host_that_forbids_machine_code_gets_an_interpreter(void **state)
{
    (void)state;
    struct regex *regex CLEANUP(regex_release) = make("seat (\\d+)$", 0);
    assert_works_without(REFUSED_EXECUTABLE_MEMORY, matches_often, regex);
}

static void more_groups_than_usual_are_all_captured(void **state)
{
    (void)state;
    struct buffer pattern CLEANUP(buffer_release);
    buffer_init(&pattern, 4096);
    for (int i = 0; i < 100; i++) {
        buffer_add_string(&pattern, "(a)");
    }
    struct regex *regex CLEANUP(regex_release) = make(buffer_text(&pattern).at, 0);
    char subject[100];
    memset(subject, 'a', sizeof subject);
    struct regex_capture captures[101];
    assert_int_equal(regex_match(regex, text_make(subject, sizeof subject), 0, captures, 101),
                     REGEX_MATCHED);
    assert_int_equal(captures[100].start, 99);
}

static void a_quoted_text_matches_only_itself(void **state)
{
    (void)state;
    static const char literal[] = "a.b*(c)[d]{2}^$|?+\\ #-/";
    struct buffer pattern CLEANUP(buffer_release);
    buffer_init(&pattern, 256);
    regex_quote(&pattern, text_of(literal));
    assert_int_equal(once(buffer_text(&pattern).at, REGEX_WHOLE, literal), REGEX_MATCHED);
    assert_int_equal(once(buffer_text(&pattern).at, REGEX_WHOLE | REGEX_EXTENDED, literal),
                     REGEX_MATCHED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_leftmost_match_and_its_groups),
        cmocka_unit_test(flags_change_what_matches),
        cmocka_unit_test(empty_texts_without_memory_are_fine),
        cmocka_unit_test(letters_become_flags_each_at_most_once),
        cmocka_unit_test(a_bad_pattern_is_told_with_its_place),
        cmocka_unit_test(a_pattern_too_long_or_too_deep_is_refused),
        cmocka_unit_test(invalid_utf8_in_the_subject_never_matches_and_never_fails),
        cmocka_unit_test(catastrophic_backtracking_ends_at_the_limit),
        cmocka_unit_test(a_machine_stack_too_small_falls_back_to_the_interpreter),
        cmocka_unit_test(a_forked_child_matches_and_compiles),
        cmocka_unit_test(a_host_that_forbids_machine_code_gets_an_interpreter),
        cmocka_unit_test(more_groups_than_usual_are_all_captured),
        cmocka_unit_test(a_quoted_text_matches_only_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
