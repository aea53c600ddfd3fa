/* SPDX-License-Identifier: MIT */
/* The teardown of an attempt whose worker died: its world made again from the note. */
#include "base/clock.h"
#include "redact/secrets.h"
#include "run/attempt_parts.h"
#include "run/casualty.h"
#include "run/desk/note.h"
#include "world/cast.h"
#include "world/session.h"

struct restoring {
    struct attempt *attempt;
    struct step step; /* for what wants one: failures of it are not told */
    struct actor *actor;
    struct group *group;
    struct text lost; /* "'x', 'y'" */
};

static void restore_session(struct restoring *restoring, struct text packed)
{
    struct step step = restoring->step;
    if (!session_unpack(&step, restoring->actor, packed)) {
        emitter_say(restoring->attempt->context->emitter,
                    TEXT("the session could not be made again for the teardown"), TEXT_EMPTY);
    }
}

static void restore_group(struct restoring *restoring, const struct note_record *record)
{
    struct world *world = &restoring->attempt->world;
    struct cast members = {
        ARENA_ARRAY(&world->arena, (size_t)record->number + 1, struct actor *), 0
    };
    if (group_add(world, record->a, members)) {
        restoring->group = world->groups;
    }
}

static void restore_member(struct restoring *restoring, struct text name)
{
    struct actor *actor = world_actor(&restoring->attempt->world, name);
    struct cast *members = &restoring->group->members;
    members->list[members->count++] = actor;
    actor->group = restoring->group->name;
}

/* As if "afterwards" had just run. */
static void restore_put_off(struct restoring *restoring, uint64_t number)
{
    struct attempt *attempt = restoring->attempt;
    const struct attempt_request *request = attempt->request;
    size_t list = (size_t)(number >> 32);
    const struct planned_steps *steps = list ? &request->before[list - 1] : &request->steps;
    const struct planned_step *planned = &steps->list[number & UINT32_MAX];
    struct step step = restoring->step;
    step.match = planned->matches->list;
    step.pickle = &planned->pickle;
    step.at = line_span(steps->source, &planned->pickle);
    attempt_put_off(attempt, &step);
}

static void restore_lost(struct restoring *restoring, struct text text)
{
    restoring->lost = arena_format(&restoring->attempt->world.arena, "%.*s%s'%.*s'",
                                   TEXT_ARG(restoring->lost), restoring->lost.size ? ", " : "",
                                   TEXT_ARG(text));
}

static void restore_value(struct restoring *restoring, const struct note_record *record)
{
    struct world *world = &restoring->attempt->world;
    if (record->kind == NOTE_SECRET) {
        world_learn_secret(world, record->a);
    } else if (record->kind == NOTE_VARIABLE) {
        variables_set(&world->scope->saved, &world->arena,
                      (struct variable){ .owner = record->a,
                                         .name = record->b,
                                         .value = record->c,
                                         .kind = (enum variable_kind)record->number });
    } else {
        variables_set(
            &restoring->actor->account, &world->arena,
            (struct variable){ .owner = TEXT_EMPTY, .name = record->a, .value = record->b });
    }
}

static void restore(struct restoring *restoring, const struct note_record *record)
{
    struct attempt *attempt = restoring->attempt;
    switch (record->kind) {
    case NOTE_SECRET:
    case NOTE_VARIABLE:
    case NOTE_ACCOUNT:
        restore_value(restoring, record);
        return;
    case NOTE_ACTOR:
        restoring->actor = world_actor(&attempt->world, record->a);
        restoring->actor->has_account = record->number != 0;
        return;
    case NOTE_SESSION:
        restore_session(restoring, record->a);
        return;
    case NOTE_GROUP:
        restore_group(restoring, record);
        return;
    case NOTE_MEMBER:
        restore_member(restoring, record->a);
        return;
    case NOTE_PUT_OFF:
        restore_put_off(restoring, record->number);
        return;
    case NOTE_LOST:
        restore_lost(restoring, record->a);
        return;
    case NOTE_AFTER:
        attempt->after_next = (size_t)record->number;
        return;
    }
}

static void restore_all(struct attempt *attempt, struct text note)
{
    struct restoring restoring = {
        .attempt = attempt,
        .step = { .world = &attempt->world, .scope = attempt->world.scope, .at = span_none() }
    };
    struct note_record record;
    while (note_take(&note, &record)) {
        restore(&restoring, &record);
    }
    if (restoring.lost.size) {
        emitter_say(attempt->context->emitter,
                    arena_format(&attempt->world.arena,
                                 "put off inside a composite step, and not done because the "
                                 "worker died: %.*s",
                                 TEXT_ARG(restoring.lost)),
                    TEXT("clean up by hand, or put it off in the scenario itself"));
    }
}

const struct result *attempt_tear_down(const struct attempt_context *context,
                                       const struct attempt_request *request,
                                       const struct attempt_death *death)
{
    const struct casualty *casualty = death->casualty;
    struct attempt attempt = { .context = context,
                               .request = request,
                               .status = STATUS_FAILED };
    const struct clock *clock = context->world->clock;
    struct secrets *secrets = context->world->secrets;
    size_t mark = secrets ? secrets_mark(secrets) : 0;
    uint64_t started_ns = clock_monotonic_ns(clock);
    emitter_start(context->emitter, &casualty->started, casualty->started_ns);
    emitter_correlation(context->emitter, request->id);
    if (context->at_step) {
        context->at_step(context->at_context, SIZE_MAX);
    }
    attempt_open(&attempt);
    casualty_tell(casualty, context->emitter, death->pickle);
    restore_all(&attempt, death->note);
    attempt_run_teardown(&attempt);
    if (context->at_end) {
        context->at_end(context->at_context, &attempt.world);
    }
    loop_timer_clear(attempt.world_context.loop, &attempt.limit);
    uint64_t duration_ns = casualty->duration_ns + clock_monotonic_ns(clock) - started_ns;
    const struct result *result =
        emitter_finish(context->emitter, STATUS_FAILED, duration_ns, request->may_be_retried);
    buffer_release(&attempt.noted);
    world_release(&attempt.world);
    if (secrets) {
        secrets_rewind(secrets, mark);
    }
    return result;
}
