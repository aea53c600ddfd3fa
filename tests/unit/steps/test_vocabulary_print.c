/* SPDX-License-Identifier: MIT */
#include "steps/vocabulary_print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "format/json.h"
#include "steps/vocabulary.h"

enum { OUT_LIMIT_BYTES = 1 << 20 };

static struct buffer out;

static int set_up(void **state)
{
    (void)state;
    buffer_init(&out, OUT_LIMIT_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buffer_release(&out);
    return 0;
}

static void assert_has(const char *part)
{
    if (!text_contains(buffer_text(&out), text_of(part))) {
        fail_msg("'%s' is not in:\n%s", part, out.at);
    }
}

static size_t count_steps(void)
{
    size_t count = 0;
    for (size_t i = 0; vocabulary[i]; i++) {
        count += vocabulary[i]->count;
    }
    return count;
}

static void the_page_has_types_and_tables(void **state)
{
    (void)state;
    vocabulary_print_markdown(&out);
    assert_has("```types\nVAR          = \\$\\{[^{}]+\\}\n");
    assert_has("\n{actor}      = <ACTOR>\n");
    assert_has("\n### B. Requests\n| id | step | takes | example |\n|---|---|---|---|\n");
    assert_has("| B2 | `{actor} send(s) {method} {string} with JSON:` | JSON | "
               "`When alice sends POST \"/api/tables/7/join\" with JSON:` |\n");
    assert_has(
        "| B12 | `{actor} repeat(s) the request until {value} {comparison}` \u23F1 | | `And");
    assert_has("| `afterwards {step}` | as the step | `And ");
}

static void the_list_has_every_step_with_its_example(void **state)
{
    (void)state;
    assert_int_equal(vocabulary_print_list(&out, TEXT_EMPTY), count_steps());
    assert_has("A. Actors, groups, sessions\n");
    assert_has("  B2   {actor} send(s) {method} {string} with JSON:\n"
               "       sends a request with a JSON body; takes JSON (doc string)");
    assert_has("; takes pairs (table)");
    assert_has("  I1   [within {duration}] {receiver} receive(s) {event}\n");
}

static void a_search_wants_all_words_in_any_case(void **state)
{
    (void)state;
    assert_int_equal(vocabulary_print_list(&out, TEXT("COOKIE deletes")), 1);
    assert_has(
        "C. Headers and cookies of the actor\n  C4   {actor} delete(s) cookie {string}\n");
    buffer_clear(&out);
    assert_int_equal(vocabulary_print_list(&out, TEXT(" G7 ")), 1);
    assert_has("  G7   {actor} wait(s) {duration}\n");
}

static void a_search_that_finds_nothing_shows_what_is_near(void **state)
{
    (void)state;
    assert_int_equal(vocabulary_print_list(&out, TEXT("cokie dletes")), 1);
    assert_has("{actor} delete(s) cookie {string}\n");
    buffer_clear(&out);
    assert_true(vocabulary_print_list(&out, TEXT("I wiat 3 s")) > 0);
    assert_has("{actor} wait(s) {duration}\n");
    buffer_clear(&out);
    assert_int_equal(vocabulary_print_list(&out, TEXT("qqq zzz")), 0);
    assert_int_equal(out.size, 0);
}

static void the_json_has_every_step_and_type(void **state)
{
    (void)state;
    struct arena arena CLEANUP(arena_release);
    const struct json_value *root = NULL;
    arena_init(&arena);
    vocabulary_print_json(&out);
    assert_true(json_parse_text(buffer_text(&out), &arena, &root));
    const struct json_value *groups = json_member_named(root, "groups");
    size_t count = 0;
    for (size_t i = 0; i < groups->count; i++) {
        count += json_member_named(json_item(groups, i), "steps")->count;
    }
    assert_int_equal(count, count_steps());
    const struct json_value *first =
        json_item(json_member_named(json_item(groups, 0), "steps"), 0);
    assert_true(text_is(json_text(json_member_named(first, "id")), "A1"));
    assert_true(text_is(json_text(json_member_named(first, "takes")), "people"));
    assert_true(json_is(json_member_named(first, "timed"), JSON_FALSE));
    const struct json_value *types = json_member_named(root, "types");
    assert_true(
        text_is(json_text(json_member_named(types, "auth")), "basic|digest|NTLM|Negotiate"));
    assert_null(json_member_named(types, "VAR"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_page_has_types_and_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_list_has_every_step_with_its_example, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_search_wants_all_words_in_any_case, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_search_that_finds_nothing_shows_what_is_near, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_json_has_every_step_and_type, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
