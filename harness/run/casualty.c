/* SPDX-License-Identifier: MIT */
#include "run/casualty.h"

#include <string.h>
#include <sys/wait.h>

#include "event/failure.h"

struct text casualty_cause(const struct crash *crash, struct arena *arena)
{
    unsigned long long seconds = crash->duration_ns / NANOSECONDS_PER_SECOND;
    if (crash->is_forced) {
        return arena_text(arena, TEXT("interrupted: the worker was killed"));
    }
    if (crash->is_killed) {
        return arena_format(arena,
                            "the step did not end, and was killed after %llu s of the "
                            "scenario",
                            seconds);
    }
    if (WIFSIGNALED(crash->wait_status)) {
        return arena_format(arena, "the worker crashed: %s (signal %d)",
                            strsignal(WTERMSIG(crash->wait_status)),
                            WTERMSIG(crash->wait_status));
    }
    return arena_format(arena, "the worker ended with status %d",
                        WEXITSTATUS(crash->wait_status));
}

static struct text hint_of(const struct crash *crash, struct arena *arena)
{
    if (crash->is_forced) {
        return TEXT_EMPTY;
    }
    if (crash->is_killed) {
        return TEXT("it does not react to its time limit: a bug of the step");
    }
    struct text output = text_trim(crash->output);
    return output.size ? arena_format(arena, "it said: %.*s", TEXT_ARG(output))
                       : TEXT("a bug of the step: please report it with the scenario");
}

static struct span step_span(const struct pickle *pickle, uint32_t index)
{
    return pickle_step(pickle, index).span;
}

static void tell_steps(struct emitter *emitter, const struct pickle *pickle, uint32_t under_way,
                       const struct crash *crash, const struct failure *failure)
{
    for (uint32_t i = 0; i < pickle->step_count; i++) {
        bool is_it = i == under_way;
        enum status status = is_it           ? STATUS_FAILED
                             : i < under_way ? STATUS_PASSED
                                             : STATUS_SKIPPED;
        emitter_begin_step(emitter, i);
        emitter_end_line(emitter, status, is_it ? crash->duration_ns : 0,
                         is_it ? failure : NULL, TEXT_EMPTY, step_span(pickle, i));
    }
}

const struct result *casualty_result(struct emitter *emitter, const struct plan *plan,
                                     const struct crash *crash, uint64_t started_ns,
                                     bool will_be_retried)
{
    const struct pickle *pickle = plan->list[crash->assignment.index].pickle;
    struct scenario_started started = { crash->assignment.index, crash->assignment.attempt,
                                        crash->worker };
    struct arena arena;
    arena_init(&arena);
    emitter_start(emitter, &started, started_ns);
    struct failure failure = { .message = casualty_cause(crash, &arena),
                               .hint = hint_of(crash, &arena) };
    tell_steps(emitter, pickle, crash->step, crash, &failure);
    if (crash->step >= pickle->step_count) { /* in its teardown, or before its first step */
        emitter_say(emitter, failure.message, failure.hint);
    }
    if (crash->output.size) {
        emitter_attach(emitter, TEXT("output of the worker"), TEXT("text/plain"),
                       crash->output);
    }
    arena_release(&arena);
    return emitter_finish(emitter, STATUS_FAILED, crash->duration_ns, will_be_retried);
}
