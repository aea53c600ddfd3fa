/* SPDX-License-Identifier: MIT */
#include "run/casualty.h"

#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "event/failure.h"
#include "run/desk/note.h"

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

static void tell_steps(struct emitter *emitter, const struct pickle *pickle,
                       const struct casualty *casualty, const struct failure *failure)
{
    uint32_t under_way = casualty->step;
    for (uint32_t i = 0; i < pickle->step_count; i++) {
        bool is_it = i == under_way;
        enum status status = is_it           ? STATUS_FAILED
                             : i < under_way ? STATUS_PASSED
                                             : STATUS_SKIPPED;
        emitter_begin_step(emitter, i);
        emitter_end_line(emitter, status, is_it ? casualty->duration_ns : 0,
                         is_it ? failure : NULL, TEXT_EMPTY, step_span(pickle, i));
    }
}

struct casualty casualty_make(const struct crash *crash, uint64_t now_ns, struct arena *arena)
{
    return (struct casualty){
        .started = { crash->assignment.index, crash->assignment.attempt, crash->worker },
        .step = crash->step,
        .started_ns = now_ns - crash->duration_ns,
        .duration_ns = crash->duration_ns,
        .message = casualty_cause(crash, arena),
        .hint = hint_of(crash, arena),
        .output = arena_text(arena, crash->output),
    };
}

void casualty_print(const struct casualty *casualty, struct buffer *out)
{
    struct casualty plain = *casualty;
    plain.message = plain.hint = plain.output = plain.aftermath = TEXT_EMPTY;
    note_add_text(out, text_make((const char *)&plain, sizeof(plain)));
    note_add_text(out, casualty->message);
    note_add_text(out, casualty->hint);
    note_add_text(out, casualty->output);
    note_add_text(out, casualty->aftermath);
}

bool casualty_take(struct text *rest, struct casualty *ret_casualty)
{
    struct text bytes;
    struct casualty casualty;
    if (!note_take_text(rest, &bytes) || bytes.size != sizeof(casualty)) {
        return false;
    }
    memcpy(&casualty, bytes.at, sizeof(casualty));
    if (!note_take_text(rest, &casualty.message) || !note_take_text(rest, &casualty.hint) ||
        !note_take_text(rest, &casualty.output) || !note_take_text(rest, &casualty.aftermath)) {
        return false;
    }
    *ret_casualty = casualty;
    return true;
}

void casualty_tell(const struct casualty *casualty, struct emitter *emitter,
                   const struct pickle *pickle)
{
    struct failure failure = { .message = casualty->message, .hint = casualty->hint };
    bool is_in_step = casualty->step < pickle->step_count;
    tell_steps(emitter, pickle, casualty, &failure);
    if (!is_in_step) { /* in its teardown, or before its first step */
        emitter_say(emitter, casualty->message, casualty->hint);
    } else if (casualty->aftermath.size) {
        emitter_say(emitter, casualty->aftermath, TEXT_EMPTY);
    }
    if (casualty->output.size) {
        emitter_attach(emitter, TEXT("output of the worker"), TEXT("text/plain"),
                       casualty->output);
    }
}

const struct result *casualty_result(const struct casualty *casualty, struct emitter *emitter,
                                     const struct plan *plan)
{
    emitter_start(emitter, &casualty->started, casualty->started_ns);
    casualty_tell(casualty, emitter, plan->list[casualty->started.scenario].pickle);
    return emitter_finish(emitter, STATUS_FAILED, casualty->duration_ns,
                          casualty->may_be_retried);
}
