/* SPDX-License-Identifier: MIT */
#include "match/step_index.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "match/expression.h"
#include "match/syntax/expression_tree.h"

static struct arena arena;

static void add(struct step_index *index, const char *source)
{
    const struct expression_node *tree = NULL;
    struct expression_error error;
    assert_true(expression_parse(text_of(source), &arena, &tree, &error));
    step_index_add(index, tree);
}

/* The numbers of the candidates, each with a blank before it. */
static const char *found(struct step_index *index, const char *text)
{
    struct buffer out CLEANUP(buffer_release);
    size_t count = 0;
    buffer_init(&out, 1024);
    const size_t *numbers = step_index_find(index, text_of(text), &count);
    for (size_t i = 0; i < count; i++) {
        buffer_add_format(&out, " %zu", numbers[i]);
    }
    return arena_string(&arena, buffer_text(&out));
}

static void candidates_share_their_words_with_the_text(void **state)
{
    (void)state;
    static const char *const expressions[] = {
        "{actor} send(s) {method} {string}",            /* 0 */
        "{actor} send(s) {method} {string} with JSON:", /* 1 */
        "there is/are {count} tables",                  /* 2 */
        "{socket} is/are open(ed) now",                 /* 3 */
        "{int}st/nd try",                               /* 4: no word to find it by */
        "the lobby",                                    /* 5 */
        "{actor} is/are here",                          /* 6 */
        "a/b(c)/d {x}",                                 /* 7 */
        "{actor}",                                      /* 8: none either */
        "two\\ words {x}",                              /* 9: none either */
    };
    static const char *const rows[][2] = {
        { "bob sends GET \"/\"", " 0 8" },
        { "I send GET \"/\" with JSON:", " 0 1 8" },
        { "there are 3 tables", " 2 8" },
        { "there are 3 chairs", " 8" },
        { "is there a table", " 8" },
        { "bob is here", " 6 8" },
        { "the socket is opened now", " 3 8" },
        { "the lobby", " 5 8" },
        { "the lobby ", " 8" },
        { "bc x", " 7 8" },
        { "d x", " 7 8" },
        { "1st try", " 4 8" },
        { "two words x", " 8 9" },
        { "", " 8" },
    };
    struct step_index *index = step_index_new();
    for (size_t i = 0; i < ARRAY_SIZE(expressions); i++) {
        add(index, expressions[i]);
    }
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        assert_string_equal(found(index, rows[i][0]), rows[i][1]);
    }
    step_index_free(index);
}

static void too_many_first_words_are_no_trouble(void **state)
{
    (void)state;
    struct step_index *index = step_index_new();
    add(index, "(a)(b)(c)(d)(e)(f) x");
    add(index, "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r x");
    add(index, "(a)(b)/(c)(d)(e)(f) x");
    assert_string_equal(found(index, "ace x"), " 0 1 2");
    assert_string_equal(found(index, "r x"), " 0 1 2");
    step_index_free(index);
    step_index_free(NULL);
}

static void an_empty_index_finds_nothing(void **state)
{
    (void)state;
    struct step_index *index = step_index_new();
    assert_string_equal(found(index, "x"), "");
    add(index, "");
    assert_string_equal(found(index, ""), " 0");
    assert_string_equal(found(index, "x"), "");
    step_index_free(index);
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
        cmocka_unit_test(candidates_share_their_words_with_the_text),
        cmocka_unit_test(too_many_first_words_are_no_trouble),
        cmocka_unit_test(an_empty_index_finds_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
