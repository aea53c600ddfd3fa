/* SPDX-License-Identifier: MIT */
#include "world/world.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "exchange/exchange.h"
#include "redact/secrets.h"
#include "config/settings.h"
#include "world/host.h"
#include "world/recorded.h"
#include "world/session.h"
#include "world/step.h"

void world_init(struct world *world, const struct world_context *context,
                struct text scenario_name, struct text scenario_id)
{
    *world = (struct world){ .context = context, .may_write = true };
    arena_init(&world->arena);
    if (context->spare) {
        world->arena = *context->spare;
        arena_init(context->spare);
    }
    world->scenario_name = arena_text(&world->arena, scenario_name);
    world->scenario_id = arena_text(&world->arena, scenario_id);
    world->scope = ARENA_NEW(&world->arena, struct scope);
    world->scope->world = world;
}

void world_release(struct world *world)
{
    for (struct actor *at = world->actors; at; at = at->next) {
        actor_release(at);
    }
    world_release_recorded(world);
    free(world->log);
    free(world->conversations.list);
    struct arena *spare = world->context->spare;
    if (spare) {
        arena_clear(&world->arena);
        *spare = world->arena;
    } else {
        arena_release(&world->arena);
    }
    *world = (struct world){ 0 };
}

struct actor *world_find_actor(const struct world *world, struct text name)
{
    for (struct actor *at = world->actors; at; at = at->next) {
        if (text_equal(at->name, name)) {
            return at;
        }
    }
    return NULL;
}

struct actor *world_actor(struct world *world, struct text name)
{
    struct actor *actor = world->found; /* mostly the one of the step before, in crowds too */
    if (actor && text_equal(actor->name, name)) {
        return actor;
    }
    actor = world_find_actor(world, name);
    if (!actor) {
        actor = ARENA_NEW(&world->arena, struct actor);
        actor->name = arena_text(&world->arena, name);
        actor->world = world;
        actor->next = world->actors;
        world->actors = actor;
    }
    world->found = actor;
    return actor;
}

void world_log(struct world *world, struct actor *actor, struct exchange *exchange,
               struct span at)
{
    GROW(world->log, world->log_count, world->log_capacity);
    world->log[world->log_count++] =
        (struct logged_exchange){ .exchange = exchange, .actor = actor, .at = at };
}

void world_mark_read(struct world *world, const struct exchange *exchange)
{
    for (size_t i = world->log_count; i > 0; i--) {
        if (world->log[i - 1].exchange == exchange) {
            world->log[i - 1].is_read = true;
            return;
        }
    }
}

void world_add_conversation(struct world *world, struct conversation *conversation)
{
    struct conversations *all = &world->conversations;
    GROW(all->list, all->count, all->capacity);
    all->list[all->count++] = conversation;
}

static bool has_member(const struct cast *cast, const struct actor *actor)
{
    for (size_t i = 0; i < cast->count; i++) {
        if (cast->list[i] == actor) {
            return true;
        }
    }
    return false;
}

static struct cast joined(struct world *world, struct cast a, struct cast b)
{
    struct cast all = { ARENA_ARRAY(&world->arena, a.count + b.count, struct actor *), 0 };
    for (size_t i = 0; i < a.count; i++) {
        all.list[all.count++] = a.list[i];
    }
    for (size_t i = 0; i < b.count; i++) {
        if (!has_member(&a, b.list[i])) {
            all.list[all.count++] = b.list[i];
        }
    }
    return all;
}

void world_note_latest(struct world *world, struct latest *latest, struct cast cast)
{
    bool is_added = world->is_together && latest->together == world->realtime.togethers;
    latest->cast = is_added ? joined(world, latest->cast, cast) : cast;
    latest->together = world->realtime.togethers;
}

void world_has_moved(struct world *world, struct cast cast)
{
    world_note_latest(world, &world->realtime.moved, cast);
    world->last_cast = world->realtime.moved.cast;
}

void world_has_acted(struct world *world, struct cast cast)
{
    world_has_moved(world, cast);
    world->last_answered =
        world->is_together ? joined(world, world->last_answered, cast) : cast;
}

void world_begin_together(struct world *world)
{
    world->last_answered = (struct cast){ 0 };
    world->is_together = true;
    world->realtime.togethers++;
}

void world_end_together(struct world *world)
{
    world->is_together = false;
}

void world_learn_secret(struct world *world, struct text value)
{
    if (world->context->secrets && value.size) {
        struct learnt_secret *learnt = ARENA_NEW(&world->arena, struct learnt_secret);
        *learnt = (struct learnt_secret){ world->secrets, arena_text(&world->arena, value) };
        world->secrets = learnt;
        secrets_add(world->context->secrets, value);
    }
}

struct actor *world_speaker(const struct step *step)
{
    return step->scope->self.count ? step->scope->self.list[0]
                                   : world_actor(step->world, TEXT("I"));
}

struct cast world_the(const struct step *step)
{
    return step->scope->caller ? step->scope->self : step->world->last_answered;
}

const struct logged_exchange *world_unread_error(const struct world *world)
{
    for (size_t i = 0; i < world->log_count; i++) {
        const struct logged_exchange *entry = &world->log[i];
        if (!entry->is_read && entry->exchange->response.status >= 400) {
            return entry;
        }
    }
    return NULL;
}

bool actor_lend_account(struct actor *actor, struct step *step)
{
    const struct world_context *context = step->world->context;
    if (actor->has_account || !context->environment ||
        context->environment->accounts.size == 0) {
        return actor->has_account;
    }
    struct variables columns = { 0 };
    if (!context->host->lend_account(context->host->context, step, actor->name, &columns)) {
        return false;
    }
    actor->has_account = true;
    for (const struct variable *at = columns.first; at; at = at->next) {
        if (!variables_find(&actor->account, TEXT_EMPTY, at->name)) {
            variables_set(&actor->account, &step->world->arena, *at);
        }
    }
    return true;
}
