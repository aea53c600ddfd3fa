/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/process.h"
#include "support/refused.h"

struct fixture {
    struct loop loop;
    struct problems problems;
    struct process process;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    memset(&fixture, 0, sizeof(fixture));
    problems_init(&fixture.problems);
    assert_true(loop_init(&fixture.loop, clock_real(), &fixture.problems));
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    process_release(&fixture->process);
    loop_release(&fixture->loop);
    problems_release(&fixture->problems);
    return 0;
}

static uint64_t in_ms(struct fixture *fixture, uint64_t ms)
{
    return loop_now_ns(&fixture->loop) + ms * NANOSECONDS_PER_MILLISECOND;
}

static enum loop_result run_shell(struct fixture *fixture, const char *script,
                                  uint64_t limit_ms)
{
    const char *const words[] = { "sh", "-c", script, NULL };
    struct process_request request = { .words = words, .output_limit_bytes = 1000 };
    enum loop_result result = LOOP_CANCELLED;
    assert_true(process_run(&fixture->process, &request, &fixture->loop,
                            in_ms(fixture, limit_ms), &result, &fixture->problems));
    return result;
}

static void assert_output(const struct fixture *fixture, const char *expected)
{
    assert_string_equal(fixture->process.output.at ? fixture->process.output.at : "", expected);
}

static void both_outputs_and_the_exit_code_are_kept(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(run_shell(fixture, "echo one; echo two >&2; exit 3", 5000), LOOP_DONE);
    assert_output(fixture, "one\ntwo\n");
    assert_int_equal(process_exit_code(&fixture->process), 3);
}

static void input_is_empty(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(run_shell(fixture, "cat; echo end", 5000), LOOP_DONE);
    assert_output(fixture, "end\n");
}

static void what_it_is_given_it_reads(void **state)
{
    struct fixture *fixture = *state;
    enum { MEGABYTE = 1 << 20 };
    struct buffer input;
    buffer_init(&input, MEGABYTE);
    buffer_add_repeated(&input, 'x', MEGABYTE);
    const char *const words[] = { "sh", "-c", "wc -c; echo oops >&2; exit 4", NULL };
    struct process_request request = { .words = words,
                                       .input = buffer_text(&input),
                                       .has_errors_apart = true,
                                       .output_limit_bytes = 1000 };
    enum loop_result result;
    assert_true(process_run(&fixture->process, &request, &fixture->loop, in_ms(fixture, 60000),
                            &result, &fixture->problems));
    assert_int_equal(result, LOOP_DONE);
    assert_output(fixture, "1048576\n");
    assert_string_equal(fixture->process.errors.at, "oops\n");
    assert_int_equal(process_exit_code(&fixture->process), 4);
    buffer_release(&input);
}

static void a_signal_is_an_exit_code_over_128(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(run_shell(fixture, "kill -TERM $$", 5000), LOOP_DONE);
    assert_int_equal(process_exit_code(&fixture->process), 128 + SIGTERM);
}

static void output_over_the_limit_is_dropped_and_said(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(run_shell(fixture, "head -c 100000 /dev/zero | tr '\\0' x", 5000),
                     LOOP_DONE);
    assert_int_equal(fixture->process.output.size, 1000);
    assert_true(fixture->process.output.is_over_limit);
}

static void what_does_not_end_is_killed_with_its_children_at_the_deadline(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(run_shell(fixture, "sleep 60 & echo $!; wait", 200), LOOP_DEADLINE);
    assert_int_equal(process_exit_code(&fixture->process), 128 + SIGKILL);
    int child = 0;
    assert_int_equal(sscanf(fixture->process.output.at, "%d", &child), 1);
    for (int i = 0; i < 200 && kill(child, 0) == 0; i++) {
        char path[64];
        char state_letter = 'Z';
        snprintf(path, sizeof(path), "/proc/%d/stat", child);
        FILE *file = fopen(path, "r");
        if (file) {
            assert_int_equal(fscanf(file, "%*d (sleep) %c", &state_letter), 1);
            fclose(file);
        }
        if (state_letter == 'Z') {
            return; /* dead; whoever adopted it has not reaped it yet */
        }
        usleep(10000);
    }
    assert_int_not_equal(kill(child, 0), 0);
}

static void it_is_over_though_a_grandchild_holds_its_output(void **state)
{
    struct fixture *fixture = *state;
    uint64_t start_ns = loop_now_ns(&fixture->loop);
    assert_int_equal(run_shell(fixture, "sleep 3 & echo started", 5000), LOOP_DONE);
    assert_true(loop_now_ns(&fixture->loop) - start_ns < 2 * NANOSECONDS_PER_SECOND);
    assert_output(fixture, "started\n");
}

static void ignored_and_blocked_signals_do_not_pass_through_exec(void **state)
{
    struct fixture *fixture = *state;
    sigset_t blocked;
    sigset_t before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    signal(SIGTERM, SIG_IGN);
    enum loop_result result = run_shell(fixture, "kill -TERM $$; echo survived", 5000);
    signal(SIGTERM, SIG_DFL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    assert_int_equal(result, LOOP_DONE);
    assert_output(fixture, "");
    assert_int_equal(process_exit_code(&fixture->process), 128 + SIGTERM);
}

static void no_descriptor_of_ours_is_inherited(void **state)
{
    struct fixture *fixture = *state;
    int leaky = dup(STDIN_FILENO); /* without CLOEXEC, as libcurl's sockets */
    int far = fcntl(leaky, F_DUPFD, 200);
    assert_int_equal(run_shell(fixture, "ls /proc/self/fd | tr '\\n' ' '", 5000), LOOP_DONE);
    close(leaky);
    if (far >= 0) {
        close(far);
    }
    assert_output(fixture, "0 1 2 3 "); /* 3 is the folder that ls reads */
}

static void it_gets_the_usual_limit_of_open_files(void **state)
{
    struct fixture *fixture = *state;
    struct rlimit before;
    getrlimit(RLIMIT_NOFILE, &before);
    struct rlimit raised = { before.rlim_max, before.rlim_max };
    setrlimit(RLIMIT_NOFILE, &raised);
    enum loop_result result = run_shell(fixture, "sleep 0.05; sh -c 'ulimit -S -n'", 5000);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_int_equal(result, LOOP_DONE);
    assert_output(fixture, "1024\n");
}

static void a_program_that_is_not_there_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    const char *const words[] = { "no-such-program", NULL };
    struct process_request request = { .words = words, .output_limit_bytes = 10 };
    assert_false(
        process_start(&fixture->process, &request, &fixture->loop, &fixture->problems));
    assert_int_equal(fixture->problems.count, 1);
    const struct problem *problem = &fixture->problems.list[0];
    assert_int_equal(problem->kind, PROBLEM_ENVIRONMENT);
    char expected[] = "cannot start 'no-such-program': No such file or directory";
    assert_true(text_is(problem->message, expected));
}

static void folder_and_environment_are_those_asked_for(void **state)
{
    struct fixture *fixture = *state;
    const char *const words[] = { "sh", "-c", "pwd; echo $COLOUR", NULL };
    const char *const environment[] = { "PATH=/usr/bin:/bin", "COLOUR=green", NULL };
    struct process_request request = { .words = words,
                                       .environment = environment,
                                       .folder = "/",
                                       .output_limit_bytes = 100,
                                       .is_foreground = true };
    enum loop_result result;
    assert_true(process_run(&fixture->process, &request, &fixture->loop, in_ms(fixture, 5000),
                            &result, &fixture->problems));
    assert_output(fixture, "/\ngreen\n");
    assert_false(fixture->process.has_group);
}

static void releasing_kills_what_still_runs(void **state)
{
    struct fixture *fixture = *state;
    const char *const words[] = { "sleep", "60", NULL };
    struct process_request request = { .words = words, .output_limit_bytes = 10 };
    assert_true(process_start(&fixture->process, &request, &fixture->loop, &fixture->problems));
    pid_t pid = fixture->process.pid;
    process_release(&fixture->process);
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
}

static bool ends_by_itself_and_at_the_deadline(void *context)
{
    struct fixture *fixture = context;
    bool is_well = run_shell(fixture, "sleep 0.05; echo end; exit 3", 5000) == LOOP_DONE &&
                   process_exit_code(&fixture->process) == 3 &&
                   text_is(buffer_text(&fixture->process.output), "end\n");
    process_release(&fixture->process);
    return is_well && run_shell(fixture, "sleep 60", 100) == LOOP_DEADLINE &&
           process_exit_code(&fixture->process) == 128 + SIGKILL;
}

static void a_kernel_without_pidfd_is_asked_from_time_to_time(void **state)
{
    assert_works_without(REFUSED_PIDFD, ends_by_itself_and_at_the_deadline, *state);
}

static void a_program_in_the_foreground_stays_in_our_group(void **state)
{
    struct fixture *fixture = *state;
    const char *const words[] = { "sh", "-c", "ps -o pgid= -p $$ | tr -d ' '", NULL };
    char ours[32];
    snprintf(ours, sizeof(ours), "%d\n", (int)getpgrp());
    for (int i = 0; i < 2; i++) {
        struct process_request request = { .words = words,
                                           .output_limit_bytes = 100,
                                           .is_foreground = i == 0 };
        enum loop_result result;
        assert_true(process_run(&fixture->process, &request, &fixture->loop,
                                in_ms(fixture, 5000), &result, &fixture->problems));
        bool is_ours = text_is(buffer_text(&fixture->process.output), ours);
        assert_int_equal(is_ours, request.is_foreground);
        process_release(&fixture->process);
    }
}

static void cancelling_the_loop_kills_it(void **state)
{
    struct fixture *fixture = *state;
    loop_cancel(&fixture->loop);
    assert_int_equal(run_shell(fixture, "sleep 60", 5000), LOOP_CANCELLED);
    assert_int_equal(process_exit_code(&fixture->process), 128 + SIGKILL);
    loop_resume(&fixture->loop);
}

static void too_few_descriptors_are_a_problem(void **state)
{
    struct fixture *fixture = *state;
    const char *const words[] = { "true", NULL };
    struct process_request request = { .words = words, .output_limit_bytes = 10 };
    struct rlimit before;
    getrlimit(RLIMIT_NOFILE, &before);
    struct rlimit none = { 3, before.rlim_max };
    setrlimit(RLIMIT_NOFILE, &none);
    bool is_started =
        process_start(&fixture->process, &request, &fixture->loop, &fixture->problems);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_false(is_started);
    assert_true(
        text_is(fixture->problems.list[0].message, "cannot start 'true': Too many open files"));
}

static void too_few_descriptors_for_input_and_errors_are_a_problem(void **state)
{
    struct fixture *fixture = *state;
    const char *const words[] = { "true", NULL };
    struct process_request request = {
        .words = words, .input = TEXT("x"), .has_errors_apart = true, .output_limit_bytes = 10
    };
    struct rlimit before;
    getrlimit(RLIMIT_NOFILE, &before);
    int first_free = dup(STDIN_FILENO);
    close(first_free);
    for (rlim_t left = 0; left < 5; left++) {
        struct rlimit few = { (rlim_t)first_free + left, before.rlim_max };
        setrlimit(RLIMIT_NOFILE, &few);
        bool is_started =
            process_start(&fixture->process, &request, &fixture->loop, &fixture->problems);
        setrlimit(RLIMIT_NOFILE, &before);
        assert_false(is_started);
        int next = dup(STDIN_FILENO);
        assert_int_equal(next, first_free); /* nothing was left open */
        close(next);
    }
    assert_int_equal(fixture->problems.count, 5);
}

static void a_folder_that_is_not_there_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    const char *const words[] = { "true", NULL };
    struct process_request request = { .words = words,
                                       .folder = "/no/such/folder",
                                       .output_limit_bytes = 10 };
    assert_false(
        process_start(&fixture->process, &request, &fixture->loop, &fixture->problems));
    assert_true(text_is(fixture->problems.list[0].message,
                        "cannot start 'true': No such file or directory"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_outputs_and_the_exit_code_are_kept, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(input_is_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_it_is_given_it_reads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_few_descriptors_for_input_and_errors_are_a_problem,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_signal_is_an_exit_code_over_128, set_up, tear_down),
        cmocka_unit_test_setup_teardown(output_over_the_limit_is_dropped_and_said, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            what_does_not_end_is_killed_with_its_children_at_the_deadline, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_over_though_a_grandchild_holds_its_output, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(ignored_and_blocked_signals_do_not_pass_through_exec,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_descriptor_of_ours_is_inherited, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_gets_the_usual_limit_of_open_files, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_program_that_is_not_there_is_a_problem, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(folder_and_environment_are_those_asked_for, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(releasing_kills_what_still_runs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_kernel_without_pidfd_is_asked_from_time_to_time,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_program_in_the_foreground_stays_in_our_group, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(cancelling_the_loop_kills_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_few_descriptors_are_a_problem, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_is_a_problem, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
