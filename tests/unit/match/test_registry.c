/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "match/registry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "match/parameter_type.h"

static const struct parameter_pattern patterns[] = {
    { "actor", "[a-zA-Z]+", false, "bob" },
    { "duration", "[0-9]+ ?m?s", false, "1 s" },
    { "step", ".+", false, "I rest" },
    { "bad", "(a+)+", false, "a" },
};

static const struct step_definition definitions[] = {
    { .id = "1", .expression = "{actor} wait(s) {duration}" },
    { .id = "2", .expression = "{actor} receive(s) {string}", .is_timed = true },
    { .id = "3", .expression = "afterwards {step}", .takes = TAKES_AS_THE_STEP },
    { .id = "4", .expression = "{actor} say(s) {string}" },
    { .id = "5", .expression = "bob says {string}" },
    { .id = "6", .expression = "within reach of {actor}" },
    { .id = "7", .expression = "hang {bad}" },
};

static struct parameter_types *types;
static struct registry *registry;

static int set_up(void **state)
{
    struct expression_error error;
    (void)state;
    types = parameter_types_new();
    parameter_types_add(types, patterns, ARRAY_SIZE(patterns));
    registry = registry_new(types);
    return registry_add(registry, definitions, ARRAY_SIZE(definitions), &error) ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    registry_release(&registry);
    parameter_types_free(types);
    return 0;
}

/* The ids of the definitions that fit, each with a blank behind it. */
static void assert_found(const char *text, const char *ids)
{
    char found[64] = "";
    const struct step_matches *matches = registry_match(registry, text_of(text));
    size_t size = 0;
    for (size_t i = 0; i < matches->count; i++) {
        size += (size_t)snprintf(found + size, sizeof found - size, "%s ",
                                 matches->list[i].definition->id);
    }
    assert_string_equal(found, ids);
}

static void none_one_or_several_fit(void **state)
{
    (void)state;
    assert_found("I wait 1 s", "1 ");
    assert_found("I dance", "");
    assert_found("alice says \"x\"", "4 ");
    assert_found("bob says \"x\"", "4 5 ");
}

static void arguments_have_places_and_groups(void **state)
{
    (void)state;
    const struct step_matches *matches =
        registry_match(registry, TEXT("within 2 s bob receives \"a\\\"b\""));
    assert_int_equal(matches->count, 1);
    const struct step_match *match = &matches->list[0];
    assert_string_equal(match->definition->id, "2");
    assert_true(text_is(match->within, "2 s"));
    assert_int_equal(match->within_start, 7);
    assert_int_equal(match->argument_count, 2);
    assert_true(text_is(match->arguments[0].text, "bob"));
    assert_int_equal(match->arguments[0].start, 11);
    assert_string_equal(match->arguments[1].type_name, "string");
    assert_true(text_is(match->arguments[1].text, "\"a\\\"b\""));
    const struct match_group *group = &match->arguments[1].group;
    assert_int_equal(group->start, match->arguments[1].start);
    assert_int_equal(group->child_count, 2);
    assert_true(text_is(group->children[0].value, "a\\\"b"));
    assert_int_equal(group->children[0].start, group->start + 1);
    assert_int_equal(group->children[0].child_count, 1);
    assert_false(group->children[1].is_set);
}

static void a_deadline_stands_before_timed_steps_only(void **state)
{
    (void)state;
    assert_found("within 2 s I wait 1 s", "");
    assert_found("within 2 s within 2 s bob receives \"x\"", "");
    assert_found("within reach of bob", "6 ");
    assert_found("within 2 s", "");
}

static void afterwards_needs_one_step_behind_it(void **state)
{
    (void)state;
    const struct step_matches *matches =
        registry_match(registry, TEXT("afterwards within 2 s bob receives \"x\""));
    assert_int_equal(matches->count, 1);
    const struct step_match *match = &matches->list[0];
    assert_string_equal(match->definition->id, "3");
    assert_string_equal(match->inner->definition->id, "2");
    assert_int_equal(match->inner_start, 11);
    assert_true(text_is(match->inner->text, "within 2 s bob receives \"x\""));
    assert_true(text_is(match->inner->arguments[0].text, "bob"));
    assert_found("afterwards I dance", "");
    assert_found("afterwards afterwards I wait 1 s", "");
    assert_found("afterwards bob says \"x\"", "4 5 ");
}

static void what_backtracks_without_end_is_too_complex(void **state)
{
    (void)state;
    const struct step_matches *matches =
        registry_match(registry, TEXT("hang aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"));
    assert_int_equal(matches->count, 0);
    assert_true(matches->is_too_complex);
    matches = registry_match(registry,
                             TEXT("afterwards hang aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"));
    assert_true(matches->is_too_complex);
}

static void the_same_text_gives_the_same_result(void **state)
{
    (void)state;
    char text[] = "I wait 5 s";
    const struct step_matches *first = registry_match(registry, text_of(text));
    assert_ptr_equal(registry_match(registry, TEXT("I wait 5 s")), first);
    text[7] = '6';
    assert_true(text_is(first->list[0].arguments[1].text, "5 s"));
    for (int i = 0; i < 2000; i++) {
        char other[32];
        (void)snprintf(other, sizeof other, "I wait %d s", i);
        assert_int_equal(registry_match(registry, text_of(other))->count, 1);
    }
    assert_ptr_equal(registry_match(registry, TEXT("I wait 5 s")), first);
}

static void what_is_added_later_is_found_too(void **state)
{
    (void)state;
    static const struct step_definition more[] = { { .id = "8", .expression = "I hum {word}" },
                                                   { .id = "9", .expression = "I {" } };
    struct expression_error error;
    assert_found("I hum loudly", "");
    const struct step_matches *before = registry_match(registry, TEXT("I wait 1 s"));
    assert_false(registry_add(registry, more, 2, &error));
    assert_true(text_is(error.expression, "I {"));
    assert_int_equal(registry_count(registry), ARRAY_SIZE(definitions) + 1);
    assert_found("I hum loudly", "8 ");
    assert_string_equal(before->list[0].definition->id, "1");
    assert_string_equal(registry_definition(registry, 7)->id, "8");
    assert_string_equal(registry_expression(registry, 7)->parameters[0]->name, "word");
    assert_true(registry_fits(registry, 7, TEXT("I hum x")));
    assert_false(registry_fits(registry, 7, TEXT("I hum x y")));
}

static void a_pattern_too_large_for_pcre2_is_too_complex(void **state)
{
    (void)state;
    struct buffer source CLEANUP(buffer_release);
    struct expression_error error;
    buffer_init(&source, 8192);
    buffer_add_string(&source, "I list");
    for (int i = 0; i < 300; i++) {
        buffer_add_string(&source, " {string}");
    }
    struct step_definition definition = { .id = "10", .expression = source.at };
    size_t index = registry_count(registry);
    assert_true(registry_add(registry, &definition, 1, &error));
    assert_false(registry_prepare(registry, index));
    assert_false(registry_prepare(registry, index));
    struct buffer text CLEANUP(buffer_release);
    buffer_init(&text, 8192);
    buffer_add_string(&text, "I list");
    for (int i = 0; i < 300; i++) {
        buffer_add_string(&text, " \"x\"");
    }
    assert_true(registry_match(registry, buffer_text(&text))->is_too_complex);
}

static void more_candidates_than_usual_are_all_tried(void **state)
{
    (void)state;
    enum { MANY = 100 };
    static char expressions[MANY][32];
    static struct step_definition many[MANY];
    struct expression_error error;
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(expressions[i], sizeof expressions[i], "{actor} jump(s) {string}");
        many[i] = (struct step_definition){ .id = "j", .expression = expressions[i] };
    }
    assert_true(registry_add(registry, many, MANY, &error));
    assert_int_equal(registry_match(registry, TEXT("bob jumps \"x\""))->count, MANY);
}

static void without_a_type_for_durations_there_is_no_within(void **state)
{
    (void)state;
    struct expression_error error;
    struct parameter_types *plain CLEANUP(parameter_types_release) = parameter_types_new();
    struct registry *bare CLEANUP(registry_release) = registry_new(plain);
    static const struct step_definition timed = { .id = "1",
                                                  .expression = "I receive",
                                                  .is_timed = true };
    assert_true(registry_add(bare, &timed, 1, &error));
    assert_int_equal(registry_match(bare, TEXT("I receive"))->count, 1);
    assert_int_equal(registry_match(bare, TEXT("within 1 s I receive"))->count, 0);
    registry_free(NULL);
}

static bool is_kept_after_looking(const char *text, struct arena *arena)
{
    const struct step_matches *matches = registry_look(registry, text_of(text), arena);
    assert_int_equal(matches->count, 1);
    assert_string_equal(matches->list[0].definition->id, "4");
    return matches->list[0].is_kept;
}

static void what_is_looked_at_again_is_kept_unless_a_new_pass_began(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena);
    assert_false(is_kept_after_looking("ann says \"once\"", &arena));
    assert_false(is_kept_after_looking("ann says \"twice\"", &arena));
    assert_true(is_kept_after_looking("ann says \"twice\"", &arena));
    registry_settle(registry);
    assert_true(is_kept_after_looking("ann says \"twice\"", &arena));
    assert_false(is_kept_after_looking("ann says \"once\"", &arena));
    assert_true(is_kept_after_looking("ann says \"once\"", &arena));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_looked_at_again_is_kept_unless_a_new_pass_began,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(none_one_or_several_fit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(arguments_have_places_and_groups, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_deadline_stands_before_timed_steps_only, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(afterwards_needs_one_step_behind_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_backtracks_without_end_is_too_complex, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_same_text_gives_the_same_result, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_added_later_is_found_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pattern_too_large_for_pcre2_is_too_complex, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(more_candidates_than_usual_are_all_tried, set_up,
                                        tear_down),
        cmocka_unit_test(without_a_type_for_durations_there_is_no_within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
