/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attribute.h"
#include "deploy/program.h"
#include "support/http_fixture.h"
#include "support/problem_text.h"

enum { LONG_MS = 60000 };

struct fixture {
    struct arena arena;
    struct loop loop;
    struct problems problems;
    struct text output;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){ 0 };
    arena_init(&fixture.arena);
    problems_init(&fixture.problems);
    assert_true(loop_init(&fixture.loop, clock_real(), &fixture.problems));
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    loop_release(&fixture->loop);
    problems_release(&fixture->problems);
    arena_release(&fixture->arena);
    return 0;
}

static bool run(struct fixture *fixture, const char *script, uint64_t limit_ms)
{
    static const char *const environment[] = { "PATH=/usr/bin:/bin", "A=old", "B=kept", NULL };
    struct text words[] = { TEXT("sh"), TEXT("-c"), text_of(script) };
    struct config_pair pair = { .name = TEXT("A"), .value = TEXT("new") };
    struct program program = { .words = { words, ARRAY_SIZE(words) },
                               .variables = { &pair, 1 },
                               .process_environment = environment,
                               .input = TEXT("given"),
                               .limit_ms = limit_ms };
    return program_run(&program, &fixture->loop, &fixture->arena, &fixture->output,
                       &fixture->problems);
}

static void it_gets_variables_and_input(void **state)
{
    struct fixture *fixture = *state;
    assert_true(run(fixture, "cat; echo \" $A $B\"", LONG_MS));
    assert_text(fixture->output, "given new kept\n");
    assert_problems(&fixture->problems, "");
}

static void an_exit_code_is_a_problem_with_its_last_line(void **state)
{
    struct fixture *fixture = *state;
    assert_false(run(fixture, "echo first; echo no disk >&2; exit 3", LONG_MS));
    assert_problems(&fixture->problems, "bddrun: error: 'sh' ended with exit code 3: no disk\n"
                                        "  hint: run it by hand to see all that it says\n");
    problems_clear(&fixture->problems);
    assert_false(run(fixture, "exit 4", LONG_MS));
    assert_problems(&fixture->problems, "bddrun: error: 'sh' ended with exit code 4\n"
                                        "  hint: run it by hand to see all that it says\n");
}

static void what_hangs_is_killed(void **state)
{
    struct fixture *fixture = *state;
    assert_false(run(fixture, "exec sleep 600", 20));
    assert_problems(&fixture->problems,
                    "bddrun: error: 'sh' did not end within 20 ms and was killed\n"
                    "  hint: see why it hangs, or give it more time\n");
}

static void what_is_not_there_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    struct text word = TEXT("/no/such/program");
    struct program program = { .words = { &word, 1 }, .limit_ms = LONG_MS };
    assert_false(
        program_run(&program, &fixture->loop, &fixture->arena, NULL, &fixture->problems));
    assert_int_equal(fixture->problems.count, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_gets_variables_and_input),
        TEST(an_exit_code_is_a_problem_with_its_last_line),
        TEST(what_hangs_is_killed),
        TEST(what_is_not_there_is_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
