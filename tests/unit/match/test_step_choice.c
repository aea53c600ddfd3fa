/* SPDX-License-Identifier: MIT */
#include "match/step_choice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "match/parameter_type.h"
#include "steps/vocabulary.h"

static struct parameter_types *types;
static struct registry *registry;
static struct arena arena;

static void run_nothing(struct step *step)
{
    (void)step;
}

static const struct step_definition own[] = {
    { .id = "X1", .expression = "I dance {word}", .run = run_nothing },
    { .id = "X2", .expression = "I {word} tango", .run = run_nothing },
    { .id = "X3", .expression = "I take anything:", .takes = TAKES_ANY, .run = run_nothing },
    { .id = "X4", .expression = "I am later", .run = NULL },
};

static struct step_choice chosen(const char *text, bool has_doc_string, bool has_table)
{
    struct step_choice choice;
    step_choose(registry, text_of(text), has_doc_string, has_table, &arena, &choice);
    return choice;
}

static void a_text_that_fits_is_a_match(void **state)
{
    (void)state;
    struct step_choice choice = chosen("I wait 1 s", false, false);
    assert_int_equal(choice.fault, STEP_FITS);
    assert_string_equal(choice.match->definition->id, "G7");
    assert_string_equal(step_match_effective(choice.match)->id, "G7");
    choice = chosen("afterwards I send POST \"/\" with JSON:", true, false);
    assert_int_equal(choice.fault, STEP_FITS);
    assert_string_equal(choice.match->definition->id, "K1");
    assert_string_equal(step_match_effective(choice.match)->id, "B2");
}

static void an_undefined_step_gets_a_suggestion(void **state)
{
    (void)state;
    struct step_choice choice = chosen("I wiat 2 s", false, false);
    assert_int_equal(choice.fault, STEP_UNDEFINED);
    assert_null(choice.match);
    assert_string_equal(arena_string(&arena, choice.message), "undefined step 'I wiat 2 s'");
    assert_string_equal(arena_string(&arena, choice.hint), "did you mean 'I wait 200 ms'?");
}

static void an_ambiguous_step_names_all_that_fit(void **state)
{
    (void)state;
    struct step_choice choice = chosen("I dance tango", false, false);
    assert_int_equal(choice.fault, STEP_AMBIGUOUS);
    assert_string_equal(
        arena_string(&arena, choice.message),
        "ambiguous step 'I dance tango': it fits X1 'I dance {word}' and X2 'I {word} tango'");
}

static void a_colon_promises_one_doc_string_or_table(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool has_doc_string;
        bool has_table;
        const char *message; /* NULL: well */
    } rows[] = {
        { "I wait 1 s", true, false, "the step does not take a doc string: 'I wait 1 s'" },
        { "I wait 1 s", false, true, "the step does not take a table: 'I wait 1 s'" },
        { "the body is:", false, false,
          "the step ends in ':' but no doc string follows: 'the body is:'" },
        { "the body is:", false, true,
          "the step takes a doc string, not a table: 'the body is:'" },
        { "the body is:", true, true,
          "a step takes a doc string or a table, not both: 'the body is:'" },
        { "the body is:", true, false, NULL },
        { "at the same time:", false, false,
          "the step ends in ':' but no table follows: 'at the same time:'" },
        { "at the same time:", true, false,
          "the step takes a table, not a doc string: 'at the same time:'" },
        { "at the same time:", false, true, NULL },
        { "I take anything:", false, false,
          "the step ends in ':' but no doc string or table follows: 'I take anything:'" },
        { "I take anything:", false, true, NULL },
        { "I take anything:", true, false, NULL },
        { "afterwards at the same time:", false, false,
          "the step ends in ':' but no table follows: 'afterwards at the same time:'" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct step_choice choice =
            chosen(rows[i].text, rows[i].has_doc_string, rows[i].has_table);
        assert_int_equal(choice.fault, rows[i].message ? STEP_WRONG_ARGUMENT : STEP_FITS);
        assert_non_null(choice.match);
        assert_string_equal(arena_string(&arena, choice.message),
                            rows[i].message ? rows[i].message : "");
    }
}

static void a_forgotten_colon_is_shown(void **state)
{
    (void)state;
    struct step_choice choice = chosen("I send GET \"/\" with JSON {}", true, false);
    assert_int_equal(choice.hint.size, 0);
    static const struct step_definition pair[] = {
        { .id = "X5", .expression = "I sing" },
        { .id = "X6", .expression = "I sing:", .takes = TAKES_TEXT }
    };
    struct expression_error error;
    assert_true(registry_add(registry, pair, 2, &error));
    choice = chosen("I sing", true, false);
    assert_int_equal(choice.fault, STEP_WRONG_ARGUMENT);
    assert_string_equal(arena_string(&arena, choice.hint), "did you mean 'I sing:'?");
}

static void what_nothing_stands_behind_is_not_available(void **state)
{
    (void)state;
    assert_true(step_match_is_available(chosen("I dance x", false, false).match));
    assert_false(step_match_is_available(chosen("I am later", false, false).match));
    assert_false(step_match_is_available(chosen("afterwards I am later", false, false).match));
}

static void a_hostile_text_is_too_complex(void **state)
{
    (void)state;
    static const struct parameter_pattern patterns[] = { { "bad", "(a+)+", false, "a" } };
    static const struct step_definition hanging = { .id = "X7", .expression = "hang {bad}" };
    struct expression_error error;
    parameter_types_add(types, patterns, 1);
    assert_true(registry_add(registry, &hanging, 1, &error));
    struct step_choice choice =
        chosen("hang aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false, false);
    assert_int_equal(choice.fault, STEP_TOO_COMPLEX);
    assert_string_equal(arena_string(&arena, choice.message),
                        "the step's text is too complex to be matched");
}

static int set_up(void **state)
{
    struct expression_error error;
    (void)state;
    arena_init(&arena);
    types = vocabulary_types_new();
    registry = vocabulary_registry_new(types);
    return registry_add(registry, own, ARRAY_SIZE(own), &error) ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    registry_free(registry);
    parameter_types_free(types);
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_fits_is_a_match),
        cmocka_unit_test(an_undefined_step_gets_a_suggestion),
        cmocka_unit_test(an_ambiguous_step_names_all_that_fit),
        cmocka_unit_test(a_colon_promises_one_doc_string_or_table),
        cmocka_unit_test(a_forgotten_colon_is_shown),
        cmocka_unit_test(what_nothing_stands_behind_is_not_available),
        cmocka_unit_test(a_hostile_text_is_too_complex),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
