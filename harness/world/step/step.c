/* SPDX-License-Identifier: MIT */
#include "world/step.h"

#include "base/clock.h"
#include "base/loop.h"
#include "base/quantity.h"
#include "gherkin/pickle.h"
#include "world/expand.h"
#include "world/quoted.h"
#include "world/world.h"

/* --- arguments --- */

static const struct match_argument *argument_at(const struct step *step, size_t index)
{
    if (index >= step->match->argument_count) {
        BUG("step %s has no argument %zu", step->match->definition->id, index);
    }
    return &step->match->arguments[index];
}

struct text step_argument(const struct step *step, size_t index)
{
    return argument_at(step, index)->text;
}

struct span step_argument_span(const struct step *step, size_t index)
{
    const struct match_argument *argument = argument_at(step, index);
    return step_text_span(step, argument->start, argument->end);
}

struct span step_text_span(const struct step *step, size_t start, size_t end)
{
    /* A row of an outline or a composite's argument makes a text that stands nowhere. */
    bool stands_there =
        step->at.source && step->at.end - step->at.start == step->match->text.size;
    return stands_there
               ? span_make(step->at.source, step->at.start + start, step->at.start + end)
               : step->at;
}

bool step_string(struct step *step, const struct actor *actor, size_t index, struct text *ret)
{
    return step_quoted(step, actor, step_argument(step, index), step_argument_span(step, index),
                       ret);
}

bool step_quoted(struct step *step, const struct actor *actor, struct text quoted,
                 struct span at, struct text *ret)
{
    struct text content = quoted_content(&step->world->arena, quoted);
    bool is_as_written = content.size + 2 == quoted.size && at.source;
    struct span inside = is_as_written ? span_make(at.source, at.start + 1, at.end - 1) : at;
    return expand(step, actor, content, inside, EXPAND_PLAIN, ret);
}

static bool expand_argument(struct step *step, const struct actor *actor, size_t index,
                            struct text *ret)
{
    return expand(step, actor, step_argument(step, index), step_argument_span(step, index),
                  EXPAND_PLAIN, ret);
}

bool step_count(struct step *step, const struct actor *actor, size_t index, uint64_t *ret)
{
    struct text digits;
    if (!expand_argument(step, actor, index, &digits)) {
        return false;
    }
    if (!text_to_uint64(digits, ret)) {
        step_fail_at(step, step_argument_span(step, index), "'%.*s' is not a whole number",
                     TEXT_ARG(digits));
        step_hint(step, "write digits only");
        return false;
    }
    return true;
}

bool step_duration(struct step *step, const struct actor *actor, size_t index, uint64_t *ret_ns)
{
    return step_duration_of(step, actor, step_argument(step, index),
                            step_argument_span(step, index), ret_ns);
}

bool step_duration_of(struct step *step, const struct actor *actor, struct text written,
                      struct span at, uint64_t *ret_ns)
{
    struct text plain;
    uint64_t duration_ms;
    if (!expand(step, actor, written, at, EXPAND_PLAIN, &plain)) {
        return false;
    }
    if (!quantity_duration_ms(plain, &duration_ms)) {
        step_fail_at(step, at, "'%.*s' is not a duration", TEXT_ARG(plain));
        step_hint(step, "write a number and a unit: 300 ms, 2 seconds, 5 min, 1 h, 3 days");
        return false;
    }
    *ret_ns = duration_ms * NANOSECONDS_PER_MILLISECOND;
    return true;
}

static struct source *doc_string_part(const struct step *step)
{
    struct source *part = ARENA_NEW(&step->world->arena, struct source);
    doc_string_source(step->at.source, step->pickle->doc_string, part);
    return part;
}

struct span step_doc_string_line(struct step *step, size_t line)
{
    struct source *part = doc_string_part(step);
    size_t start = 0;
    while (line > 1 && start < part->bytes.size) {
        start = text_find_byte(part->bytes, '\n', start) + 1;
        line--;
    }
    if (start > part->bytes.size) {
        start = part->bytes.size;
    }
    return span_make(part, start, text_find_byte(part->bytes, '\n', start));
}

bool step_doc_string(struct step *step, const struct actor *actor, struct text *ret_content)
{
    const struct doc_string *doc_string = step->pickle->doc_string;
    if (!doc_string) {
        step_fail(step, "the step wants a doc string");
        step_hint(step, "add one between \"\"\" lines below the step");
        return false;
    }
    enum expand_mode mode =
        step->match->definition->takes == TAKES_JSON ? EXPAND_JSON : EXPAND_PLAIN;
    return expand(step, actor, doc_string->content, span_all(doc_string_part(step)), mode,
                  ret_content);
}

/* Replacing shortens or lengthens lines, but keeps their number as long as values are of one line:
 * then positions are right to the line. */
struct source *step_doc_string_source(struct step *step, const struct actor *actor)
{
    struct text content;
    if (!step_doc_string(step, actor, &content)) {
        return NULL;
    }
    struct source *part = doc_string_part(step);
    part->bytes = content;
    return part;
}

bool step_cast(struct step *step, size_t index, struct cast *ret_cast)
{
    if (!cast_of_actor(step, step_argument(step, index), step_argument_span(step, index),
                       ret_cast)) {
        return false;
    }
    if (ret_cast->count == 0) {
        step_fail_at(step, step_argument_span(step, index), "nobody is meant by '%.*s'",
                     TEXT_ARG(step_argument(step, index)));
        step_hint(step, "let an actor act first, or name one");
        return false;
    }
    return true;
}

/* --- driving --- */

struct drive {
    struct step *const *steps;
    size_t count;
};

static bool is_any_ready(const void *context)
{
    const struct drive *drive = context;
    bool is_waiting = false;
    for (size_t i = 0; i < drive->count; i++) {
        const struct step *step = drive->steps[i];
        if (step->is_done && step->is_done(step)) {
            return true;
        }
        is_waiting = is_waiting || step->is_done != NULL;
    }
    return !is_waiting;
}

static uint64_t earliest_deadline(const struct drive *drive)
{
    uint64_t earliest = LOOP_NO_DEADLINE;
    for (size_t i = 0; i < drive->count; i++) {
        const struct step *step = drive->steps[i];
        if (step->is_done && step->deadline_ns && step->deadline_ns < earliest) {
            earliest = step->deadline_ns;
        }
    }
    return earliest;
}

static void finish(struct step *step, enum step_wait wait)
{
    step->is_done = NULL;
    step->finish(step, wait);
}

/* Finishes what is done, what is late, and, when cancelled, everything. */
static void finish_ready(const struct drive *drive, enum loop_result result, uint64_t now_ns)
{
    for (size_t i = 0; i < drive->count; i++) {
        struct step *step = drive->steps[i];
        if (!step->is_done) {
            continue;
        }
        if (step->is_done(step)) {
            finish(step, STEP_WAIT_DONE);
        } else if (result == LOOP_CANCELLED) {
            finish(step, STEP_WAIT_CANCELLED);
        } else if (step->deadline_ns && step->deadline_ns <= now_ns) {
            finish(step, STEP_WAIT_DEADLINE);
        }
    }
}

static bool is_waiting(const struct drive *drive)
{
    for (size_t i = 0; i < drive->count; i++) {
        if (drive->steps[i]->is_done) {
            return true;
        }
    }
    return false;
}

void steps_drive(struct step *const *steps, size_t count)
{
    struct drive drive = { steps, count };
    for (size_t i = 0; i < count; i++) {
        steps[i]->match->definition->run(steps[i]);
    }
    while (is_waiting(&drive)) {
        struct loop *loop = steps[0]->world->context->loop;
        enum loop_result result =
            loop_run(loop, is_any_ready, &drive, earliest_deadline(&drive));
        finish_ready(&drive, result, loop_now_ns(loop));
    }
}
