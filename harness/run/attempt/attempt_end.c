/* SPDX-License-Identifier: MIT */
/* What is around the steps of a scenario: features before and after it, what was put off, the
 * rules that let nothing pass in silence. */
#include "base/buffer.h"
#include "event/emitter.h"
#include "exchange/exchange.h"
#include "run/attempt_parts.h"
#include "world/actor_socket.h"

enum { PLACE_LIMIT_BYTES = 4096 };

static void run_put_off(struct attempt *attempt)
{
    struct loop *loop = attempt->world_context.loop;
    struct emitter *emitter = attempt->context->emitter;
    while (attempt->put_off) {
        const struct put_off *put_off = attempt->put_off;
        attempt->put_off = put_off->next;
        attempt_tell_note(attempt); /* if this one kills the worker, the others are left */
        struct line line = { put_off->match, put_off->pickle, put_off->scope, put_off->at };
        emitter_begin_line(emitter, TEXT("afterwards "), put_off->match->text, put_off->at);
        attempt->status = status_worse(attempt->status, attempt_run_line(attempt, &line));
        loop_resume(loop);
    }
}

/* The steps of a feature that runs before or after this scenario, in its world. */
static enum status run_around(struct attempt *attempt, const struct planned_steps *steps)
{
    struct emitter *emitter = attempt->context->emitter;
    enum status status = STATUS_PASSED;
    for (size_t i = 0; i < steps->count; i++) {
        const struct planned_step *planned = &steps->list[i];
        struct span at = line_span(steps->source, &planned->pickle);
        emitter_begin_line(emitter, planned->pickle.keyword, planned->pickle.text, at);
        enum status unrun = attempt_status_unrun(planned, status);
        if (unrun == STATUS_PASSED) {
            struct line line = { planned->matches->list, &planned->pickle, attempt->world.scope,
                                 at };
            status = attempt_run_line(attempt, &line);
            continue;
        }
        emitter_end_line(emitter, unrun, 0, NULL, planned->suggestion, at);
        status = status_worse(status, unrun);
    }
    return status;
}

void attempt_run_before(struct attempt *attempt)
{
    const struct attempt_request *request = attempt->request;
    for (size_t i = 0; i < request->before_count && attempt->status == STATUS_PASSED; i++) {
        attempt->status = run_around(attempt, &request->before[i]);
    }
}

/* What always runs, whatever was before: what was put off, then @after:TAGS. */
void attempt_run_teardown(struct attempt *attempt)
{
    const struct attempt_request *request = attempt->request;
    if (!attempt->put_off && attempt->after_next == request->after_count) {
        return;
    }
    attempt->world.cancel_cause = TEXT_EMPTY;
    loop_resume(attempt->world_context.loop);
    attempt_set_limit(attempt, &attempt->limit, attempt_stop_scenario,
                      ATTEMPT_TEARDOWN_LIMIT_MS);
    if (attempt->context->at_step) {
        attempt->context->at_step(attempt->context->at_context, SIZE_MAX);
    }
    run_put_off(attempt);
    while (attempt->after_next < request->after_count) {
        const struct planned_steps *after = &request->after[attempt->after_next++];
        attempt_tell_note(attempt);
        attempt->status = status_worse(attempt->status, run_around(attempt, after));
    }
}

static void fail_unread(struct attempt *attempt, const struct logged_exchange *unread)
{
    struct arena *arena = &attempt->world.arena;
    const struct exchange *exchange = unread->exchange;
    CLEANUP(buffer_release) struct buffer place;
    buffer_init(&place, PLACE_LIMIT_BYTES);
    span_print(&place, unread->at);
    emitter_say(attempt->context->emitter,
                arena_format(arena, "nothing looked at the answer %u to %.*s %.*s",
                             exchange->response.status, TEXT_ARG(exchange->request.method),
                             TEXT_ARG(exchange->request.url)),
                arena_format(arena, "check it after the step at %.*s: Then the status is %u",
                             TEXT_ARG(buffer_text(&place)), exchange->response.status));
    attempt->status = STATUS_FAILED;
}

static void fail_broken(struct attempt *attempt, const struct actor_socket *broken)
{
    struct arena *arena = &attempt->world.arena;
    struct text title = actor_socket_title(broken);
    emitter_say(attempt->context->emitter,
                arena_format(arena, "nothing looked at the end of %.*s: it %.*s",
                             TEXT_ARG(title), TEXT_ARG(actor_socket_ending(broken))),
                arena_format(arena, "check it where it is meant: Then %.*s is closed",
                             TEXT_ARG(title)));
    attempt->status = STATUS_FAILED;
}

void attempt_judge_silence(struct attempt *attempt)
{
    const struct logged_exchange *unread = world_unread_error(&attempt->world);
    const struct actor_socket *broken = world_unread_break(&attempt->world);
    if (attempt->status != STATUS_PASSED) {
        return;
    }
    if (unread) {
        fail_unread(attempt, unread);
    } else if (broken) {
        fail_broken(attempt, broken);
    } else if (attempt->request->steps.count == 0) {
        emitter_say(attempt->context->emitter, TEXT("the scenario has no steps"),
                    TEXT("write its steps, or remove it"));
        attempt->status = STATUS_FAILED;
    } else if (attempt->world.checks == 0 && !attempt->request->needs_no_check) {
        emitter_say(attempt->context->emitter, TEXT("the scenario checks nothing"),
                    TEXT("end it with a check, such as: Then the status is 200"));
        attempt->status = STATUS_FAILED;
    }
}
