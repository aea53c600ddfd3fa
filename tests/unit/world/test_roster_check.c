/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "match/registry.h"
#include "steps/vocabulary.h"
#include "support/feature.h"
#include "world/roster.h"

/* The names in the steps of one scenario: "line message" for each problem. */
static const char *look_at(struct arena *arena, const char *steps, bool has_unknown)
{
    struct feature_fixture feature;
    struct roster roster;
    struct buffer out;
    struct parameter_types *types = vocabulary_types_new();
    struct registry *registry = vocabulary_registry_new(types);
    feature_init(&feature, arena_format(arena, "Feature: F\n  Scenario: S\n%s\n", steps));
    assert_true(feature.is_compiled);
    roster_init(&roster);
    roster.has_unknown = has_unknown;
    for (uint32_t i = 0; i < feature.pickles.list[0].step_count; i++) {
        struct pickle_step step = pickle_step(&feature.pickles.list[0], i);
        const struct step_matches *matches = registry_match(registry, step.text);
        assert_int_equal(matches->count, 1);
        roster_add(&roster, matches->list, step.span);
    }
    bool is_ok = roster_check(&roster, &feature.problems);
    assert_int_equal(is_ok, feature.problems.count == 0);
    buffer_init(&out, 1 << 16);
    for (size_t i = 0; i < feature.problems.count; i++) {
        const struct problem *problem = &feature.problems.list[i];
        buffer_add_format(&out, "%s%zu %.*s", i ? "\n" : "",
                          source_position(problem->at.source, problem->at.start).line,
                          TEXT_ARG(problem->message));
    }
    const char *printed = arena_string(arena, buffer_text(&out));
    buffer_release(&out);
    roster_release(&roster);
    feature_release(&feature);
    registry_free(registry);
    parameter_types_free(types);
    return printed;
}

#define SENT(who) "When " who " GET \"/\"\n"

static void names_that_never_act_or_are_mistyped_are_found(void **state)
{
    static const struct {
        const char *steps;
        const char *problems;
    } cases[] = {
        { SENT("alice sends") "Then alice's status is 200", "" },
        { SENT("alice sends") "Then bob's status is 200", "4 'bob' is checked but never acts" },
        { SENT("alice, bob and carol send") "Then carol's status is 200", "" },
        { SENT("alice sends") SENT("Alice sends"),
          "4 'alice' and 'Alice' differ only in case" },
        { "Given there are 2 players\n" SENT(
              "all players send") "Then all players' status is 200",
          "" },
        { "Given there are 2 players\n" SENT("players send"),
          "4 'players' is a group and is used as an actor" },
        { SENT("players send") "Given there are 2 players",
          "3 'players' is a group and is used as an actor" },
        { "Given there are 2 players\n" SENT(
              "all players send") "Then players-2's status is 200",
          "" },
        { "Given there are 2 players\n" SENT(
              "all players send") "Then guests-2's status is 200",
          "5 'guests-2' is checked but never acts" },
        { SENT("I send") "Then the status is 200\nAnd my status is 200", "" },
        { SENT("I send") "Then everyone's status is 200", "" },
        { SENT("everyone else sends"), "" },
        { "Given afterwards bob sends GET \"/\"\n" SENT("I send") "Then bob's status is 200",
          "" },
        { SENT("I send") "And I save bob's body as \"b\"",
          "4 'bob' is checked but never acts" },
        { "When bob opens a socket at \"/\"\nThen bob's \"a\" socket is open", "" },
        { SENT("I send") "When bob's \"a\" socket sends text \"x\"", "" },
        { SENT("I send") "When the socket sends text \"x\"", "" },
        { SENT("I send") "Then the JSON at \"$['a\\'s']\" is the same as bob's body",
          "4 'bob' is checked but never acts" },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct arena arena;
        arena_init(&arena);
        assert_string_equal(look_at(&arena, cases[i].steps, false), cases[i].problems);
        arena_release(&arena);
    }
}

static void where_anybody_may_have_acted_nobody_is_missed(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena);
    assert_string_equal(look_at(&arena, SENT("I send") "Then bob's status is 200", true), "");
    assert_string_equal(look_at(&arena, SENT("${who} sends") "Then bob's status is 200", false),
                        "");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_never_act_or_are_mistyped_are_found),
        cmocka_unit_test(where_anybody_may_have_acted_nobody_is_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
