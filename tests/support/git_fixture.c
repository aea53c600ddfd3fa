/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/git_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/process.h"

#define SHELL_LIMIT_NS (UINT64_C(120) * NANOSECONDS_PER_SECOND)

void git_fixture_init(struct git_fixture *fixture)
{
    memset(fixture, 0, sizeof(*fixture));
    problems_init(&fixture->problems);
    snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/bddrun-git-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->home, sizeof(fixture->home), "HOME=%s", fixture->folder);
    const char *const environment[] = {
        "PATH=/usr/local/bin:/usr/bin:/bin",
        fixture->home,
        "GIT_CONFIG_GLOBAL=/dev/null",
        "GIT_CONFIG_NOSYSTEM=1",
        "GIT_AUTHOR_NAME=Ann Author",
        "GIT_AUTHOR_EMAIL=ann@example.test",
        "GIT_AUTHOR_DATE=2026-11-20T10:00:00Z",
        "GIT_COMMITTER_NAME=Ann Author",
        "GIT_COMMITTER_EMAIL=ann@example.test",
        "GIT_COMMITTER_DATE=2026-11-20T10:00:00Z",
        NULL,
    };
    memcpy(fixture->environment, environment, sizeof(environment));
}

static void run_shell(struct git_fixture *fixture, const char *script, const char *folder)
{
    struct loop loop;
    assert_true(loop_init(&loop, clock_real(), &fixture->problems));
    const char *const words[] = { "sh", "-ec", script, NULL };
    struct process_request request = { .words = words,
                                       .environment = fixture->environment,
                                       .folder = folder,
                                       .output_limit_bytes = 1 << 20 };
    struct process process = { 0 };
    enum loop_result result;
    assert_true(process_run(&process, &request, &loop, loop_now_ns(&loop) + SHELL_LIMIT_NS,
                            &result, &fixture->problems));
    if (result != LOOP_DONE || process_exit_code(&process) != 0) {
        fail_msg("%s\n%.*s", script, TEXT_ARG(buffer_text(&process.output)));
    }
    process_release(&process);
    loop_release(&loop);
}

void git_fixture_shell(struct git_fixture *fixture, const char *script)
{
    run_shell(fixture, script, fixture->folder);
}

void git_fixture_open(struct git_fixture *fixture, const char *name)
{
    char folder[160];
    snprintf(folder, sizeof(folder), "%s/%s", fixture->folder, name);
    git_release(&fixture->git);
    assert_true(
        git_open(&fixture->git, text_of(folder), fixture->environment, &fixture->problems));
}

const char *git_fixture_problem(struct git_fixture *fixture)
{
    assert_int_equal(fixture->problems.count, 1);
    return fixture->problems.list[0].message.at;
}

void git_fixture_release(struct git_fixture *fixture)
{
    char script[128];
    git_release(&fixture->git);
    snprintf(script, sizeof(script), "rm -rf '%s'", fixture->folder);
    run_shell(fixture, script, "/");
    problems_release(&fixture->problems);
}
