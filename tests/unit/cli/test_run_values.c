/* SPDX-License-Identifier: MIT */
#include "cli/options/run_values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/problem_text.h"

static struct invocation invocation;
static struct run_values values;
static struct options_found found;

static int set_up(void **state)
{
    (void)state;
    invocation = (struct invocation){ 0 };
    values = (struct run_values){ 0 };
    arena_init(&invocation.arena);
    problems_init(&invocation.problems);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&invocation.arena);
    problems_release(&invocation.problems);
    return 0;
}

static const struct run_options *parse(const char *const *arguments)
{
    bool is_parsed = options_parse(run_option_table, arguments, &invocation.arena, &values,
                                   &found, &invocation.problems);
    assert_problems(&invocation.problems, "");
    assert_true(is_parsed);
    invocation.words = found.words;
    assert_true(run_values_finish(&values, &invocation));
    return &values.options;
}

#define ARGUMENTS(...)                                                                         \
    (const char *const[])                                                                      \
    {                                                                                          \
        __VA_ARGS__, NULL                                                                      \
    }

static void every_option_reaches_its_member(void **state)
{
    (void)state;
    const struct run_options *options = parse(
        ARGUMENTS("a", "-t", "@x", "--tags=@y", "-nfoo", "b.feature:3", "-j4", "--order",
                  "random:77", "--shard", "2/5", "-estaging", "--base-url", "http://x", "-D",
                  "a=b", "-Dc=d", "--config", "f.yaml", "-f", "junit:x.xml",
                  "--format=terminal", "--dry-run", "--list", "--max-failures=3", "--retry",
                  "0", "--fail-on-flaky", "--step-timeout", "250ms", "--scenario-timeout=2s",
                  "--run-timeout", "1 min", "-vv", "--color=always", "--", "-c"));
    assert_int_equal(options->path_count, 3);
    assert_true(text_is(options->paths[1], "b.feature:3"));
    assert_true(text_is(options->paths[2], "-c"));
    assert_int_equal(options->tag_count, 2);
    assert_true(text_is(options->tags[1], "@y"));
    assert_true(text_is(options->names[0], "foo"));
    assert_int_equal(values.configured.jobs, 4);
    assert_int_equal(options->order, RUN_ORDER_RANDOM);
    assert_true(options->has_seed);
    assert_int_equal(options->seed, 77);
    assert_int_equal(options->shard_index, 2);
    assert_int_equal(options->shard_count, 5);
    assert_true(text_is(values.configured.environment, "staging"));
    assert_true(text_is(values.configured.base_url, "http://x"));
    assert_int_equal(values.configured.definitions.count, 2);
    assert_true(text_is(values.configured.config, "f.yaml"));
    assert_int_equal(options->format_count, 2);
    assert_true(options->is_dry_run && options->is_list && options->fails_on_flaky);
    assert_int_equal(options->max_failures, 3);
    assert_true(options->has_retry);
    assert_int_equal(options->retry, 0);
    assert_int_equal(options->step_timeout_ms, 250);
    assert_int_equal(options->scenario_timeout_ms, 2000);
    assert_int_equal(options->run_timeout_ms, 60000);
    assert_int_equal(options->verbosity, RUN_HEADS);
    assert_true(options->with_colour);
}

static void variables_say_what_options_do_not(void **state)
{
    (void)state;
    static const char *const none[] = { NULL };
    static const char *const said[] = { "BDDRUN_ARTEFACT=app.tar.gz", "BDDRUN_ATTEMPT=3",
                                        NULL };
    static const char *const empty[] = { "BDDRUN_ARTEFACT=", "BDDRUN_ATTEMPT=", NULL };
    invocation.process_environment = said;
    const struct run_options *options = parse(none);
    assert_int_equal(options->artefact_count, 1);
    assert_true(text_is(options->artefacts[0], "app.tar.gz"));
    assert_int_equal(options->attempt, 3);
    values = (struct run_values){ 0 };
    options = parse(ARGUMENTS("--artefact", "a", "--artefact=b", "--attempt", "2"));
    assert_int_equal(options->artefact_count, 2);
    assert_true(text_is(options->artefacts[0], "a"));
    assert_int_equal(options->attempt, 2);
    values = (struct run_values){ 0 };
    invocation.process_environment = empty;
    options = parse(none);
    assert_int_equal(options->artefact_count, 0);
    assert_int_equal(options->attempt, 0);
}

static void an_attempt_in_a_variable_is_a_count(void **state)
{
    (void)state;
    static const char *const zero[] = { "BDDRUN_ATTEMPT=0", NULL };
    static const char *const second[] = { "BDDRUN_ATTEMPT=second", NULL };
    invocation.process_environment = zero;
    assert_false(run_values_finish(&values, &invocation));
    values = (struct run_values){ 0 };
    invocation.process_environment = second;
    assert_false(run_values_finish(&values, &invocation));
    assert_problems(&invocation.problems,
                    "bddrun: error: BDDRUN_ATTEMPT is '0', which is no attempt\n"
                    "  hint: write a whole number above 0\n"
                    "bddrun: error: BDDRUN_ATTEMPT is 'second', which is no attempt\n"
                    "  hint: write a whole number above 0\n");
}

static void without_options_everything_is_unset(void **state)
{
    (void)state;
    static const char *const none[] = { NULL };
    const struct run_options *options = parse(none);
    assert_int_equal(options->path_count, 0);
    assert_int_equal(options->order, RUN_ORDER_DEFINED);
    assert_false(options->has_seed || options->has_retry || options->is_dry_run);
    assert_int_equal(options->max_failures, 0);
    assert_int_equal(options->verbosity, RUN_NORMAL);
}

static void random_without_a_seed_gets_one_later(void **state)
{
    (void)state;
    const struct run_options *options = parse(ARGUMENTS("--order=random"));
    assert_int_equal(options->order, RUN_ORDER_RANDOM);
    assert_false(options->has_seed);
}

static void the_last_order_counts(void **state)
{
    (void)state;
    const struct run_options *options =
        parse(ARGUMENTS("--order=random:3", "--order", "defined", "--fail-fast"));
    assert_int_equal(options->order, RUN_ORDER_DEFINED);
    assert_false(options->has_seed);
    assert_int_equal(options->max_failures, 1);
}

static void verbosity_is_clamped(void **state)
{
    (void)state;
    assert_int_equal(parse(ARGUMENTS("-vvvvv"))->verbosity, RUN_BODIES);
    values = (struct run_values){ 0 };
    assert_int_equal(parse(ARGUMENTS("-qq", "--quiet"))->verbosity, RUN_QUIET);
    values = (struct run_values){ 0 };
    assert_int_equal(parse(ARGUMENTS("-qv"))->verbosity, RUN_NORMAL);
}

static void many_words_are_kept_in_order(void **state)
{
    (void)state;
    const struct run_options *options =
        parse(ARGUMENTS("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "-", "k"));
    assert_int_equal(options->path_count, 12);
    assert_true(text_is(options->paths[8], "i"));
    assert_true(text_is(options->paths[10], "-"));
}

static void help_is_seen_before_everything_but_not_behind_two_dashes(void **state)
{
    (void)state;
    parse(ARGUMENTS("--nonsense", "-h"));
    assert_true(found.asks_help);
    parse(ARGUMENTS("--", "--help"));
    assert_false(found.asks_help);
    assert_true(text_is(values.options.paths[0], "--help"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_option_reaches_its_member),
        TEST(variables_say_what_options_do_not),
        TEST(an_attempt_in_a_variable_is_a_count),
        TEST(without_options_everything_is_unset),
        TEST(random_without_a_seed_gets_one_later),
        TEST(the_last_order_counts),
        TEST(verbosity_is_clamped),
        TEST(many_words_are_kept_in_order),
        TEST(help_is_seen_before_everything_but_not_behind_two_dashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
