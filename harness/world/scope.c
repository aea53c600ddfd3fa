/* SPDX-License-Identifier: MIT */
#include "world/scope.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/near.h"
#include "world/world.h"

static const struct text owner_everybody = TEXT_STATIC("");
static const struct text owner_i = TEXT_STATIC("I");

struct scope *scope_enter(struct scope *caller, struct cast self)
{
    struct scope *scope = ARENA_NEW(&caller->world->arena, struct scope);
    scope->caller = caller;
    scope->world = caller->world;
    scope->self = self.count ? self : caller->self;
    return scope;
}

bool scope_output(struct scope *scope, struct text name)
{
    for (size_t i = 0; i < scope->self.count; i++) {
        struct actor *actor = scope->self.list[i];
        const struct variable *saved = variables_find(&scope->saved, actor->name, name);
        if (!saved) {
            return false;
        }
        scope_save(scope->caller, actor, name, saved->value, saved->kind);
    }
    return true;
}

void scope_save(struct scope *scope, const struct actor *actor, struct text name,
                struct text value, enum variable_kind kind)
{
    variables_set(
        &scope->saved, &scope->world->arena,
        (struct variable){ .owner = actor->name, .name = name, .value = value, .kind = kind });
}

/* What belongs to one actor: saved here, or in its row of the accounts. */
static const struct variable *find_own(const struct scope *scope, const struct actor *actor,
                                       struct text name)
{
    const struct variable *found = variables_find(&scope->saved, actor->name, name);
    return found ? found : variables_find(&actor->account, owner_everybody, name);
}

/* `alice.ticket`: another actor's value. */
static const struct variable *find_of_other(const struct scope *scope, struct text name)
{
    size_t dot = text_find_byte(name, '.', 0);
    const struct actor *other = world_find_actor(scope->world, text_slice(name, 0, dot));
    if (dot == name.size || !other) {
        return NULL;
    }
    return find_own(scope, other, text_from(name, dot + 1));
}

const struct variable *scope_find(struct scope *scope, const struct actor *actor,
                                  struct text name)
{
    const struct variable *found = find_own(scope, actor, name);
    if (!found) {
        found = variables_find(&scope->saved, owner_i, name);
    }
    if (!found) {
        found = variables_find(&scope->arguments, owner_everybody, name);
    }
    if (!found) {
        found = variables_find(&scope->world->context->configured, owner_everybody, name);
    }
    return found ? found : find_of_other(scope, name);
}

static void suggest_from(const struct variables *variables, struct text owner,
                         struct near *near)
{
    for (const struct variable *at = variables->first; at; at = at->next) {
        if (at->owner.size == 0 || text_equal(at->owner, owner) ||
            text_equal(at->owner, owner_i)) {
            near_offer(near, at->name);
        }
    }
}

struct text scope_suggest(struct scope *scope, const struct actor *actor, struct text name)
{
    struct near near;
    near_init(&near, name);
    suggest_from(&scope->saved, actor->name, &near);
    suggest_from(&scope->arguments, actor->name, &near);
    suggest_from(&actor->account, actor->name, &near);
    suggest_from(&scope->world->context->configured, actor->name, &near);
    struct buffer names;
    buffer_init(&names, 1000);
    near_print(&names, &near);
    struct text printed = arena_text(&scope->world->arena, buffer_text(&names));
    buffer_release(&names);
    return printed;
}
