/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/loop.h"
#include "base/process.h"
#include "cli/console.h"
#include "cli/release/release_command.h"

enum { OUTPUT_LIMIT_BYTES = 16 << 20 };

bool release_run_smoke(void *context, struct text tags, uint64_t within_ms,
                       struct problems *problems)
{
    struct invocation *invocation = context;
    struct arena *arena = &invocation->arena;
    const struct deploy_settings *deploy = deploy_settings(&invocation->config);
    const char *words[] = { "/proc/self/exe",
                            "run",
                            "--config",
                            arena_string(arena, invocation->config.source.name),
                            "--environment",
                            arena_string(arena, deploy->environment),
                            "--tags",
                            arena_string(arena, tags),
                            NULL };
    CLEANUP(loop_release) struct loop loop = { 0 };
    if (!loop_init(&loop, clock_real(), problems)) {
        return false;
    }
    CLEANUP(process_release) struct process process = { 0 };
    struct process_request request = { .words = words,
                                       .environment = invocation->process_environment,
                                       .output_limit_bytes = OUTPUT_LIMIT_BYTES };
    enum loop_result result;
    uint64_t deadline_ns = loop_now_ns(&loop) + within_ms * NANOSECONDS_PER_MILLISECOND;
    if (!process_run(&process, &request, &loop, deadline_ns, &result, problems)) {
        return false;
    }
    if (result == LOOP_DONE && process_exit_code(&process) == 0) {
        return true;
    }
    console_note(buffer_text(&process.output));
    if (result != LOOP_DONE) {
        problems_add(problems, PROBLEM_WARNING, span_none(), "`within` of `verify`",
                     "the scenarios '%.*s' did not end in time", TEXT_ARG(tags));
    } else {
        problems_add(problems, PROBLEM_WARNING, span_none(), "their report stands above",
                     "the scenarios '%.*s' failed against production with code %d",
                     TEXT_ARG(tags), process_exit_code(&process));
    }
    return false;
}
