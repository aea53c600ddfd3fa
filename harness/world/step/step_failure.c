/* SPDX-License-Identifier: MIT */
/* How a step fails: the failure that steps fill and the emitter sends. */
#include <stdarg.h>

#include "event/failure.h"
#include "world/step.h"
#include "world/world.h"

static struct failure *failure_of(struct step *step)
{
    if (!step->failure) {
        step->failure = ARENA_NEW(&step->world->arena, struct failure);
        step->failure->at = span_none();
    }
    step->status = STATUS_FAILED;
    return step->failure;
}

static void fail(struct step *step, struct span at, const char *format, va_list arguments)
    PRINTF_LIKE(3, 0);

static void fail(struct step *step, struct span at, const char *format, va_list arguments)
{
    struct failure *failure = failure_of(step);
    if (failure->message.size == 0) {
        failure->message = arena_format_list(&step->world->arena, format, arguments);
        failure->at = at;
    }
}

void step_fail(struct step *step, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(step, step->at, format, arguments);
    va_end(arguments);
}

void step_fail_at(struct step *step, struct span at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(step, at, format, arguments);
    va_end(arguments);
}

void step_fail_cancelled(struct step *step)
{
    struct text cause = step->world->cancel_cause;
    step_fail(step, "%.*s", TEXT_ARG(cause.size ? cause : TEXT("interrupted")));
}

void step_fail_by(struct step *step, const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->list[i];
        if (problem->kind == PROBLEM_WARNING) {
            continue;
        }
        step_fail_at(step, problem->at.source ? problem->at : step->at, "%.*s",
                     TEXT_ARG(problem->message));
        step_hint(step, "%.*s", TEXT_ARG(problem->hint));
        return;
    }
}

void step_hint(struct step *step, const char *format, ...)
{
    struct failure *failure = failure_of(step);
    if (failure->hint.size) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    failure->hint = arena_format_list(&step->world->arena, format, arguments);
    va_end(arguments);
}

void step_detail(struct step *step, struct text lines)
{
    struct failure *failure = failure_of(step);
    if (failure->detail.size == 0) {
        failure->detail = arena_text(&step->world->arena, lines);
    }
}

void step_mismatch(struct step *step, struct text what, struct text expected,
                   struct text actual, struct span at)
{
    struct arena *arena = &step->world->arena;
    struct failure *failure = failure_of(step);
    struct mismatch mismatch = { .what = arena_text(arena, what),
                                 .expected = arena_text(arena, expected),
                                 .actual = arena_text(arena, actual),
                                 .at = at };
    failure_add_mismatch(failure, arena, &mismatch);
    if (failure->message.size == 0) {
        failure->message = arena_format(arena, "%.*s is not as expected", TEXT_ARG(what));
        failure->at = at.source ? at : step->at;
        failure->expected = mismatch.expected;
        failure->actual = mismatch.actual;
        failure->has_values = true;
    }
}

void step_stop(struct step *step, enum status status, struct text reason)
{
    step->status = status;
    step->reason = arena_text(&step->world->arena, reason);
}

bool step_has_failed(const struct step *step)
{
    return step->failure != NULL;
}

void step_show_exchange(struct step *step, const struct exchange *exchange)
{
    struct failure *failure = failure_of(step);
    if (!failure->exchange) {
        failure->exchange = shown_exchange_make(&step->world->arena, exchange);
    }
}
