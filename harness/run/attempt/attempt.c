/* SPDX-License-Identifier: MIT */
#include "run/attempt.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "config/settings.h"
#include "event/emitter.h"
#include "exchange/exchange.h"
#include "match/step_definition.h"
#include "redact/secrets.h"
#include "run/attempt_parts.h"
#include "world/actor_socket.h"
#include "world/recorder.h"

struct span line_span(const struct source *source, const struct pickle_step *pickle)
{
    const char *start = source->bytes.at;
    const char *text = pickle->text.at;
    bool stands_there = text >= start && text + pickle->text.size <= start + source->bytes.size;
    size_t offset = stands_there ? (size_t)(text - start) : 0;
    return stands_there ? span_make(source, offset, offset + pickle->text.size) : pickle->span;
}

/* --- limits --- */

static void stop_step(void *context)
{
    struct attempt *attempt = context;
    attempt->world.cancel_cause =
        arena_format(&attempt->world.arena, "the step took longer than its limit of %llu ms",
                     (unsigned long long)attempt->context->step_limit_ms);
    loop_cancel(attempt->world_context.loop);
}

void attempt_stop_scenario(void *context)
{
    struct attempt *attempt = context;
    attempt->world.cancel_cause = arena_format(
        &attempt->world.arena, "the scenario took longer than its limit of %llu ms",
        (unsigned long long)attempt->context->scenario_limit_ms);
    loop_cancel(attempt->world_context.loop);
}

void attempt_set_limit(struct attempt *attempt, struct loop_timer *timer,
                       loop_due_function *due, uint64_t limit_ms)
{
    struct loop *loop = attempt->world_context.loop;
    loop_timer_clear(loop, timer); /* the teardown sets the scenario's limit again */
    *timer = (struct loop_timer){ .due = due, .context = attempt };
    if (limit_ms) {
        loop_timer_set(loop, timer, loop_now_ns(loop) + limit_ms * NANOSECONDS_PER_MILLISECOND);
    }
}

/* --- lines --- */

static void tell_exchanges(struct attempt *attempt)
{
    const struct world *world = &attempt->world;
    for (; attempt->exchanges_told < world->log_count; attempt->exchanges_told++) {
        emitter_exchange(attempt->context->emitter,
                         world->log[attempt->exchanges_told].exchange);
    }
}

static void tell_conversations(struct attempt *attempt)
{
    const struct conversations *all = &attempt->world.conversations;
    for (size_t i = 0; i < all->count; i++) {
        emitter_conversation(attempt->context->emitter, all->list[i], attempt->status);
    }
}

void attempt_end_line(struct attempt *attempt, const struct step *step)
{
    uint64_t now_ns = clock_monotonic_ns(attempt->world_context.clock);
    tell_exchanges(attempt);
    emitter_end_line(attempt->context->emitter, step->status, now_ns - step->started_ns,
                     step->failure, step->reason, step->at);
}

bool attempt_set_deadline(struct step *step)
{
    const struct step_match *match = step->match;
    uint64_t within_ns;
    if (match->within.size == 0) {
        return true;
    }
    struct span at =
        step_text_span(step, match->within_start, match->within_start + match->within.size);
    if (!step_duration_of(step, world_speaker(step), match->within, at, &within_ns)) {
        return false;
    }
    step->deadline_ns = step->started_ns + within_ns;
    return true;
}

static void run_alone(struct step *step)
{
    const struct step_definition *definition = step->match->definition;
    if (!definition->run) {
        step_fail(step, "the step %s is not in this version", definition->id);
        step_hint(step, "`bddrun steps` marks what this version has");
        return;
    }
    if (attempt_set_deadline(step)) {
        steps_drive(&step, 1);
    }
}

enum status attempt_run_line(struct attempt *attempt, const struct line *line)
{
    struct step step = {
        .world = &attempt->world,
        .scope = line->scope,
        .match = line->match,
        .pickle = line->pickle,
        .at = line->at,
        .started_ns = clock_monotonic_ns(attempt->world_context.clock),
        .status = STATUS_PASSED,
    };
    if (line->match->definition->composite) {
        step.status = attempt_run_composite(attempt, &step);
    } else {
        attempt_set_limit(attempt, &attempt->step_limit, stop_step,
                          attempt->context->step_limit_ms);
        run_alone(&step);
        loop_timer_clear(attempt->world_context.loop, &attempt->step_limit);
    }
    attempt_end_line(attempt, &step);
    attempt_tell_note(attempt);
    return step.status;
}

/* --- steps of the pickle --- */

/* A step that does not run keeps undefined and ambiguous, unless it was skipped on purpose. */
enum status attempt_status_unrun(const struct planned_step *planned, enum status before)
{
    if (before == STATUS_SKIPPED || planned->matches->count == 1) {
        return before == STATUS_PASSED ? STATUS_PASSED : STATUS_SKIPPED;
    }
    return planned->matches->count == 0 ? STATUS_UNDEFINED : STATUS_AMBIGUOUS;
}

static struct text list_matches(struct attempt *attempt, const struct step_matches *matches)
{
    struct text list = TEXT("it matches");
    for (size_t i = 0; i < matches->count; i++) {
        list = arena_format(&attempt->world.arena, "%.*s%s '%s'", TEXT_ARG(list),
                            i ? " and" : "", matches->list[i].definition->expression);
    }
    return list;
}

static void run_step(struct attempt *attempt, size_t index)
{
    const struct planned_step *planned = &attempt->request->steps.list[index];
    struct emitter *emitter = attempt->context->emitter;
    struct span at = line_span(attempt->request->steps.source, &planned->pickle);
    enum status unrun = attempt_status_unrun(planned, attempt->status);
    emitter_begin_step(emitter, (uint32_t)index);
    emitter_step_text(emitter, planned->pickle.text);
    if (attempt->context->at_step) {
        attempt->context->at_step(attempt->context->at_context, index);
    }
    if (unrun == STATUS_PASSED) {
        struct line line = { planned->matches->list, &planned->pickle, attempt->world.scope,
                             at };
        attempt->status = attempt_run_line(attempt, &line);
        return;
    }
    struct text reason = unrun == STATUS_UNDEFINED   ? planned->suggestion
                         : unrun == STATUS_AMBIGUOUS ? list_matches(attempt, planned->matches)
                                                     : TEXT_EMPTY;
    emitter_end_line(emitter, unrun, 0, NULL, reason, at);
    attempt->status = status_worse(attempt->status, unrun);
}

static void attach(void *context, struct step *step, struct text name, struct text media_type,
                   struct text body)
{
    struct attempt *attempt = context;
    (void)step;
    emitter_attach(attempt->context->emitter, name, media_type, body);
}

/* The questions to the parent keep the context they came with. */
static bool lend_account(void *context, struct step *step, struct text actor,
                         struct variables *ret_columns)
{
    const struct host *outer = &((struct attempt *)context)->context->host;
    return outer->lend_account && outer->lend_account(outer->context, step, actor, ret_columns);
}

static bool keep_session(void *context, struct step *step, struct text name, struct text data)
{
    const struct host *outer = &((struct attempt *)context)->context->host;
    return outer->keep_session && outer->keep_session(outer->context, step, name, data);
}

static bool find_session(void *context, struct step *step, struct text name,
                         struct text *ret_data)
{
    const struct host *outer = &((struct attempt *)context)->context->host;
    return outer->find_session && outer->find_session(outer->context, step, name, ret_data);
}

void attempt_open(struct attempt *attempt)
{
    attempt->host = (struct host){
        .context = attempt,
        .run_together = attempt_run_together,
        .run_afterwards = attempt_put_off,
        .lend_account = lend_account,
        .keep_session = keep_session,
        .find_session = find_session,
        .attach = attach,
    };
    attempt->world_context = *attempt->context->world;
    attempt->world_context.host = &attempt->host;
    world_init(&attempt->world, &attempt->world_context, attempt->request->name,
               attempt->request->id);
    attempt->world.may_write = attempt->request->may_write;
    attempt->world.feature = attempt->request->feature;
    attempt->world.pickle = attempt->request->pickle;
    buffer_init(&attempt->noted, ATTEMPT_NOTE_LIMIT_BYTES);
}

const struct result *attempt_run(const struct attempt_context *context,
                                 const struct attempt_request *request)
{
    struct attempt attempt = { .context = context,
                               .request = request,
                               .status = STATUS_PASSED };
    const struct clock *clock = context->world->clock;
    struct secrets *secrets = context->world->secrets;
    size_t mark = secrets ? secrets_mark(secrets) : 0;
    uint64_t started_ns = clock_monotonic_ns(clock);
    emitter_start(context->emitter, &request->started, clock_realtime_ns(clock));
    emitter_correlation(context->emitter, request->id);
    attempt_open(&attempt);
    attempt_set_limit(&attempt, &attempt.limit, attempt_stop_scenario,
                      context->scenario_limit_ms);
    attempt_tell_note(&attempt);
    attempt_run_before(&attempt);
    for (size_t i = 0; i < request->steps.count; i++) {
        run_step(&attempt, i);
    }
    attempt_judge_silence(&attempt);
    attempt_run_teardown(&attempt);
    world_close_sockets(&attempt.world);
    if (context->at_end) {
        context->at_end(context->at_context, &attempt.world);
    }
    if (context->world->recorder) {
        context->world->recorder->take(context->world->recorder->context, &attempt.world,
                                       attempt.status);
    }
    loop_timer_clear(attempt.world_context.loop, &attempt.limit);
    tell_conversations(&attempt);
    bool is_retried = attempt.status == STATUS_FAILED && request->may_be_retried;
    const struct result *result = emitter_finish(
        context->emitter, attempt.status, clock_monotonic_ns(clock) - started_ns, is_retried);
    buffer_release(&attempt.noted);
    world_release(&attempt.world);
    if (secrets) {
        secrets_rewind(secrets, mark);
    }
    return result;
}
