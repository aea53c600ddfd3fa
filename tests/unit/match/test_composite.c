/* SPDX-License-Identifier: MIT */
#include "match/composite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "gherkin/parse.h"
#include "steps/vocabulary.h"

enum { OUT_LIMIT_BYTES = 65536, FILES = 2 };

/* Files of composite steps, loaded beside the vocabulary. */
struct loaded {
    struct arena arena;
    struct parameter_types *types;
    struct registry *registry;
    struct problems problems;
    struct source sources[FILES];
    struct composites composites;
    bool is_well;
};

static void load_two(struct loaded *loaded, const char *first, const char *second)
{
    const char *contents[FILES] = { first, second };
    const char *names[FILES] = { "a.steps.feature", "b.steps.feature" };
    const struct document *documents[FILES];
    size_t count = 0;
    arena_init(&loaded->arena);
    problems_init(&loaded->problems);
    loaded->types = vocabulary_types_new();
    loaded->registry = vocabulary_registry_new(loaded->types);
    for (; count < FILES && contents[count]; count++) {
        source_init(&loaded->sources[count], text_of(names[count]), text_of(contents[count]));
        assert_true(gherkin_parse(&loaded->sources[count], &loaded->arena, &documents[count],
                                  &loaded->problems));
    }
    loaded->is_well = composites_load(documents, count, loaded->registry, &loaded->arena,
                                      &loaded->composites, &loaded->problems);
    assert_int_equal(loaded->is_well, loaded->problems.count == 0);
}

static void load(struct loaded *loaded, const char *content)
{
    load_two(loaded, content, NULL);
}

static void unload(struct loaded *loaded)
{
    for (size_t i = 0; i < FILES; i++) {
        source_release(&loaded->sources[i]);
    }
    registry_free(loaded->registry);
    parameter_types_free(loaded->types);
    problems_release(&loaded->problems);
    arena_release(&loaded->arena);
}

/* Each problem as "line:column message (hint) [line:column note]", one a line. */
static void assert_problems_of(const char *first, const char *second, const char *expected)
{
    struct loaded loaded = { 0 };
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, OUT_LIMIT_BYTES);
    load_two(&loaded, first, second);
    for (size_t i = 0; i < loaded.problems.count; i++) {
        const struct problem *problem = &loaded.problems.list[i];
        span_print(&out, problem->at);
        buffer_add_format(&out, " %.*s", TEXT_ARG(problem->message));
        if (problem->hint.size > 0) {
            buffer_add_format(&out, " (%.*s)", TEXT_ARG(problem->hint));
        }
        if (problem->related.source) {
            buffer_add_string(&out, " [");
            span_print(&out, problem->related);
            buffer_add_format(&out, " %.*s]", TEXT_ARG(problem->related_note));
        }
        buffer_add_byte(&out, '\n');
    }
    assert_string_equal(buffer_text(&out).at, expected);
    unload(&loaded);
}

static void assert_problems(const char *content, const char *expected)
{
    assert_problems_of(content, NULL, expected);
}

#define LOBBY                                                                                  \
    "Feature: Steps of the lobby\n"                                                            \
    "\n"                                                                                       \
    "  @in:email,password @out:player\n"                                                       \
    "  Scenario: {actor} log(s) in as {string} with password {string}\n"                       \
    "    When I send GET \"/login\"\n"                                                         \
    "    And I submit the form at \"//form[@id='login']\" with:\n"                             \
    "      | email    | ${email}    |\n"                                                       \
    "      | password | ${password} |\n"                                                       \
    "    Then the status is 302\n"                                                             \
    "    And I save the JSON at \"$.id\" as \"player\"\n"                                      \
    "\n"                                                                                       \
    "  Rule: In the lobby\n"                                                                   \
    "    @out:player\n"                                                                        \
    "    Scenario: {actor} is/am/are logged in\n"                                              \
    "      When I log in as \"${email}\" with password \"${player_password}\"\n"               \
    "\n"                                                                                       \
    "    @in:guest,table @out:invitation\n"                                                    \
    "    Scenario: {actor} invite(s) {actor} to table {number} saying:\n"                      \
    "      When I send POST \"/api/tables/${table}/invitations\" with JSON:\n"                 \
    "        \"\"\"json\n"                                                                     \
    "        {\"player\": \"${guest}\", \"text\": \"${argument}\"}\n"                          \
    "        \"\"\"\n"                                                                         \
    "      And afterwards ${guest} sends GET \"/logout\"\n"                                    \
    "      When at the same time:\n"                                                           \
    "        | ${guest} is logged in |\n"                                                      \
    "        | I wait 1 s            |\n"

static void a_scenario_is_a_step(void **state)
{
    (void)state;
    struct loaded loaded = { 0 };
    load(&loaded, LOBBY);
    assert_true(loaded.is_well);
    assert_int_equal(loaded.composites.count, 3);
    const struct composite *login = &loaded.composites.list[0];
    assert_int_equal(login->step_count, 4);
    assert_int_equal(login->actor_argument, 0);
    assert_int_equal(login->input_count, 2);
    assert_true(text_is(login->inputs[0].name, "email"));
    assert_int_equal(login->inputs[0].argument, 1);
    assert_true(text_is(login->inputs[1].name, "password"));
    assert_int_equal(login->inputs[1].argument, 2);
    assert_int_equal(login->output_count, 1);
    assert_true(text_is(login->outputs[0], "player"));
    assert_false(login->takes_argument);
    assert_true(login->definition.is_check);
    assert_string_equal(login->steps[1].match->definition->id, "B14");
    assert_non_null(login->steps[1].pickle.table);
    unload(&loaded);
}

static void it_is_found_like_any_other_step(void **state)
{
    (void)state;
    struct loaded loaded = { 0 };
    load(&loaded, LOBBY);
    const struct step_matches *matches =
        registry_match(loaded.registry, TEXT("bob and carol are logged in"));
    assert_int_equal(matches->count, 1);
    assert_ptr_equal(matches->list[0].definition->composite, &loaded.composites.list[1]);
    assert_ptr_equal(loaded.composites.list[1].steps[0].match->definition,
                     &loaded.composites.list[0].definition);
    assert_true(loaded.composites.list[1].definition.is_check);
    matches = registry_match(loaded.registry, TEXT("alice invites bob to table 7 saying:"));
    assert_int_equal(matches->count, 1);
    const struct composite *invite = matches->list[0].definition->composite;
    assert_true(invite->takes_argument);
    assert_int_equal(matches->list[0].definition->takes, TAKES_ANY);
    assert_int_equal(invite->actor_argument, 0);
    assert_true(text_is(invite->inputs[0].name, "guest"));
    assert_int_equal(invite->inputs[0].argument, 1);
    assert_string_equal(invite->steps[1].match->inner->definition->id, "B1");
    matches = registry_match(loaded.registry, TEXT("within 2 s alice is logged in"));
    assert_int_equal(matches->count, 0);
    unload(&loaded);
}

static void without_an_actor_the_callers_i_acts(void **state)
{
    (void)state;
    struct loaded loaded = { 0 };
    load(&loaded, "Feature: f\n"
                  "  @in:n\n"
                  "  Scenario: the lobby has {number} tables\n"
                  "    When I send GET \"/x\"\n");
    assert_true(loaded.is_well);
    assert_int_equal(loaded.composites.list[0].actor_argument, COMPOSITE_NO_ACTOR);
    assert_false(loaded.composites.list[0].definition.is_check);
    unload(&loaded);
}

static void a_file_without_a_feature_has_no_steps(void **state)
{
    (void)state;
    struct loaded loaded = { 0 };
    load(&loaded, "# later\n");
    assert_true(loaded.is_well);
    assert_int_equal(loaded.composites.count, 0);
    unload(&loaded);
}

static void what_such_a_file_may_not_have_is_refused(void **state)
{
    (void)state;
    assert_problems(
        "@slow\n"
        "Feature: f\n"
        "  Background:\n"
        "    Given I wait 1 s\n"
        "  Scenario Outline: I dance <n>\n"
        "    Given I wait 1 s\n"
        "    Examples:\n"
        "      | n |\n"
        "      | 1 |\n"
        "  @in:x\n"
        "  Rule: r\n"
        "    Background:\n"
        "      Given I wait 1 s\n"
        "    Scenario: I sing\n"
        "      Given I wait 1 s\n",
        "a.steps.feature:1:1 a file of composite steps has no tags above its scenarios "
        "(tag the scenarios, with @in:a,b and @out:x,y only)\n"
        "a.steps.feature:3:3 a file of composite steps cannot have a background "
        "(put its steps into a composite step of their own)\n"
        "a.steps.feature:7:5 a composite step cannot have examples "
        "(give it parameters: {string}, {number}, \u2026)\n"
        "a.steps.feature:10:3 a file of composite steps has no tags above its scenarios "
        "(tag the scenarios, with @in:a,b and @out:x,y only)\n"
        "a.steps.feature:12:5 a file of composite steps cannot have a background "
        "(put its steps into a composite step of their own)\n");
}

static void names_must_fit_the_parameters(void **state)
{
    (void)state;
    assert_problems(
        "Feature: f\n"
        "  Scenario: {actor} hug(s) {actor} and {string}\n"
        "    Given I wait 1 s\n"
        "  @in:a,b\n"
        "  Scenario: {actor} sing(s) {string}\n"
        "    Given I wait 1 s\n",
        "a.steps.feature:2:13 the expression has 2 parameters to be named, '@in:' has 0 names "
        "(the first {actor} has no name: it is who acts in the body)\n"
        "a.steps.feature:5:13 the expression has 1 parameter to be named, '@in:' has 2 names "
        "(the first {actor} has no name: it is who acts in the body) "
        "[a.steps.feature:4:3 the names]\n");
}

static void tags_must_be_in_and_out_once_with_good_names(void **state)
{
    (void)state;
    assert_problems("Feature: f\n"
                    "  @in:a @in:b @slow\n"
                    "  Scenario: {actor} sing(s) {string}\n"
                    "    Given I wait 1 s\n"
                    "  @in:1a,b,b,argument @out:\n"
                    "  Scenario: {actor} hum(s) {string} {string} {string} {string}\n"
                    "    Given I wait 1 s\n",
                    "a.steps.feature:2:9 a composite step has one '@in:' tag "
                    "[a.steps.feature:2:3 first here]\n"
                    "a.steps.feature:2:15 a composite step cannot have the tag '@slow' "
                    "(only @in:a,b and @out:x,y have a meaning)\n"
                    "a.steps.feature:5:3 '1a' is no name "
                    "(letters, digits, '_' and '-', a letter first, commas between)\n"
                    "a.steps.feature:5:3 the name 'b' stands here twice\n"
                    "a.steps.feature:5:3 'argument' is the doc string or table of the step "
                    "(name it differently)\n"
                    "a.steps.feature:5:23 '' is no name "
                    "(letters, digits, '_' and '-', a letter first, commas between)\n");
}

static void the_name_must_be_an_expression(void **state)
{
    (void)state;
    assert_problems(
        "Feature: f\n"
        "  Scenario: I {dance} here\n"
        "    Given I wait 1 s\n"
        "  Scenario: I sing (loud\n"
        "    Given I wait 1 s\n"
        "  Scenario:\n"
        "    Given I wait 1 s\n"
        "  Scenario: I rest\n",
        "a.steps.feature:2:15 this is no Cucumber Expression: Undefined parameter type "
        "'dance'. "
        "(Please register a ParameterType for 'dance')\n"
        "a.steps.feature:4:20 this is no Cucumber Expression: The '(' does not have a matching "
        "')'. (If you did not intend to use optional text you can use '\\(' to escape the "
        "optional text)\n"
        "a.steps.feature:6:3 the composite step has no name (its name is its expression: "
        "Scenario: {actor} is/are logged in)\n"
        "a.steps.feature:8:13 the composite step has no steps (say what it does)\n");
}

static void inner_steps_must_be_steps(void **state)
{
    (void)state;
    assert_problems(
        "Feature: f\n"
        "  Scenario: I dance\n"
        "    Given I wiat 2 s\n"
        "    And I send POST \"/x\" with JSON:\n"
        "    And I wait 1 s\n"
        "      | a |\n"
        "    And at the same time:\n"
        "      | I wiat 2 s |\n"
        "    And afterwards I wiat 2 s\n",
        "a.steps.feature:3:5 undefined step 'I wiat 2 s' (did you mean 'I wait 200 ms'?)\n"
        "a.steps.feature:4:5 the step ends in ':' but no doc string follows: "
        "'I send POST \"/x\" with JSON:'\n"
        "a.steps.feature:5:5 the step does not take a table: 'I wait 1 s'\n"
        "a.steps.feature:8:9 undefined step 'I wiat 2 s' (did you mean 'I wait 200 ms'?)\n"
        "a.steps.feature:9:5 undefined step 'afterwards I wiat 2 s' "
        "(did you mean 'I wait 200 ms'?)\n");
}

static void clashes_are_found_before_anything_is_run(void **state)
{
    (void)state;
    assert_problems_of(
        "Feature: f\n"
        "  @in:a\n"
        "  Scenario: {actor} wait(s) {duration}\n"
        "    Given I send GET \"/x\"\n"
        "  @in:a,b\n"
        "  Scenario: I send {word} {string}\n"
        "    Given I send GET \"/x\"\n"
        "  Scenario: {actor} dance(s)\n"
        "    Given I send GET \"/x\"\n",
        "Feature: f\n"
        "  Scenario: alice jump/jumps/dances\n"
        "    Given I send GET \"/x\"\n",
        "a.steps.feature:3:13 the composite step clashes with the built-in step G7 "
        "'{actor} wait(s) {duration}' (reword it: 'alice wait 2 seconds' fits both)\n"
        "a.steps.feature:6:13 the composite step clashes with the built-in step B1 "
        "'{actor} send(s) {method} {string}' (reword it: 'I send GET \"/api/tables\"' fits "
        "both)\n"
        "b.steps.feature:2:13 two composite steps fit the same text: 'alice dances' "
        "(reword it: 'alice dances' fits both) [a.steps.feature:8:13 the other "
        "one]\n");
}

static void an_ambiguous_inner_step_names_both(void **state)
{
    (void)state;
    assert_problems(
        "Feature: f\n"
        "  @in:a\n"
        "  Scenario: I dance {word}\n"
        "    Given I wait 1 s\n"
        "  @in:a\n"
        "  Scenario: I {word} tango\n"
        "    Given I dance tango\n",
        "a.steps.feature:7:5 ambiguous step 'I dance tango': it fits 'I dance {word}' of "
        "a.steps.feature:3:13 and 'I {word} tango' of a.steps.feature:6:13 "
        "(reword the step, or the expression of the composite step)\n");
}

static void a_step_that_runs_itself_is_refused(void **state)
{
    (void)state;
    assert_problems("Feature: f\n"
                    "  Scenario: I dance\n"
                    "    Given I sing\n"
                    "  Scenario: I sing\n"
                    "    Given at the same time:\n"
                    "      | afterwards I dance |\n"
                    "      | I wait 1 s         |\n"
                    "  Scenario: I hum\n"
                    "    Given I hum\n",
                    "a.steps.feature:5:5 the composite step 'I sing' runs itself "
                    "[a.steps.feature:2:13 which runs it]\n"
                    "a.steps.feature:9:5 the composite step 'I hum' runs itself "
                    "[a.steps.feature:8:13 which runs it]\n");
}

static const char *nested(struct arena *arena, int levels)
{
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, OUT_LIMIT_BYTES);
    buffer_add_string(&out, "Feature: f\n");
    for (int i = 1; i <= levels; i++) {
        buffer_add_format(&out, "  Scenario: I dance number %d\n", i);
        if (i < levels) {
            buffer_add_format(&out, "    Given I dance number %d\n", i + 1);
        } else {
            buffer_add_string(&out, "    Given I wait 1 s\n");
        }
    }
    return arena_string(arena, buffer_text(&out));
}

static void sixteen_levels_are_enough(void **state)
{
    (void)state;
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    assert_problems(nested(&arena, COMPOSITE_DEPTH_LIMIT), "");
    const char *problem = "composite steps are nested more than 16 levels deep "
                          "(call fewer composite steps from within each other)";
    assert_problems(nested(&arena, COMPOSITE_DEPTH_LIMIT + 1),
                    arena_format(&arena, "a.steps.feature:34:13 %s\n", problem).at);
    assert_problems(nested(&arena, 200),
                    arena_format(&arena, "a.steps.feature:34:13 %s\n", problem).at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_is_a_step),
        cmocka_unit_test(it_is_found_like_any_other_step),
        cmocka_unit_test(without_an_actor_the_callers_i_acts),
        cmocka_unit_test(a_file_without_a_feature_has_no_steps),
        cmocka_unit_test(what_such_a_file_may_not_have_is_refused),
        cmocka_unit_test(names_must_fit_the_parameters),
        cmocka_unit_test(tags_must_be_in_and_out_once_with_good_names),
        cmocka_unit_test(the_name_must_be_an_expression),
        cmocka_unit_test(inner_steps_must_be_steps),
        cmocka_unit_test(clashes_are_found_before_anything_is_run),
        cmocka_unit_test(an_ambiguous_inner_step_names_both),
        cmocka_unit_test(a_step_that_runs_itself_is_refused),
        cmocka_unit_test(sixteen_levels_are_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
