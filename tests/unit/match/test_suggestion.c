/* SPDX-License-Identifier: MIT */
#include "match/suggestion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "steps/vocabulary.h"

static struct parameter_types *types;
static struct registry *registry;
static struct arena arena;

static const char *suggested(const char *text)
{
    struct suggestions suggestions;
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 4096);
    suggestions_find(registry, text_of(text), &arena, &suggestions);
    suggestions_print(&out, &suggestions);
    return arena_string(&arena, buffer_text(&out));
}

static void small_slips_are_put_right(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "I wait 1 s ", "did you mean 'I wait 1 s'?" },
        { " I  wait\t1 s", "did you mean 'I wait 1 s'?" },
        { "Given I wait 1 s", "did you mean 'I wait 1 s'?" },
        { "The status is 200", "did you mean 'the status is 200'?" },
        { "The body is", "did you mean 'the body is:'?" },
        { "the status is 200:", "did you mean 'the status is 200'?" },
        { "alice sends POST \"/x\" with JSON",
          "did you mean 'alice sends POST \"/x\" with JSON:'?" },
        { "I send GET \"/a  b\"  # why", "did you mean 'I send GET \"/a  b\"'?" },
        { "within 2 seconds I wait 1 s", "did you mean 'I wait 1 s'?" },
        { "within 2s I wait 1 s", "did you mean 'I wait 1 s'?" },
        { "within 3 parsecs bob receives a message", "did you mean 'bob receives a message'?" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        assert_string_equal(suggested(rows[i][0]), rows[i][1]);
    }
}

static void the_nearest_steps_are_shown_by_their_examples(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "I wait", "did you mean 'I wait 200 ms'?" },
        { "I wiat 2 s", "did you mean 'I wait 200 ms'?" },
        { "afterwards I wiat 2 s", "did you mean 'I wait 200 ms'?" },
        { "alice status is 200", "did you mean 'the status is 201' or 'alice repeats the "
                                 "request until the status is 200'?" },
        { "I open a websocket at \"/x\"",
          "did you mean 'I open a socket at \"/realtime\"' or 'mallory cannot open a socket at "
          "\"/realtime\"'?" },
        { "zzz qqq", "`bddrun steps` lists all steps, `bddrun steps WORDS` searches them" },
        { "", "`bddrun steps` lists all steps, `bddrun steps WORDS` searches them" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        assert_string_equal(suggested(rows[i][0]), rows[i][1]);
    }
}

static void three_are_shown_at_most(void **state)
{
    (void)state;
    struct suggestions suggestions;
    suggestions_find(registry, TEXT("I send PSOT \"/x\""), &arena, &suggestions);
    assert_int_equal(suggestions.count, SUGGESTION_LIMIT);
    assert_string_equal(suggestions.steps[0]->id, "B1");
    assert_string_equal(
        suggested("I send PSOT \"/x\""),
        "did you mean 'I send GET \"/api/tables\"', 'I send POST \"/login\" with "
        "form:' or 'I send PATCH \"/api/me\" with:'?");
}

static void a_step_without_an_example_is_shown_by_its_expression(void **state)
{
    (void)state;
    static const struct step_definition own = { .id = "composite",
                                                .expression =
                                                    "{actor} dance(s) with {string}" };
    assert_true(text_is(step_definition_example(&own), "{actor} dance(s) with {string}"));
    assert_true(suggestion_likeness(&own, TEXT("bob dances with \"x\"")) > 0.8);
    assert_true(suggestion_likeness(&own, TEXT("nothing of it")) < 0.1);
}

static void a_long_text_is_no_trouble(void **state)
{
    (void)state;
    struct buffer text CLEANUP(buffer_release);
    buffer_init(&text, 100000);
    for (int i = 0; i < 5000; i++) {
        buffer_add_string(&text, "blah \"x ");
    }
    assert_string_equal(suggested(buffer_text(&text).at),
                        "`bddrun steps` lists all steps, `bddrun steps WORDS` searches them");
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    types = vocabulary_types_new();
    registry = vocabulary_registry_new(types);
    return 0;
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
        cmocka_unit_test(small_slips_are_put_right),
        cmocka_unit_test(the_nearest_steps_are_shown_by_their_examples),
        cmocka_unit_test(three_are_shown_at_most),
        cmocka_unit_test(a_step_without_an_example_is_shown_by_its_expression),
        cmocka_unit_test(a_long_text_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
