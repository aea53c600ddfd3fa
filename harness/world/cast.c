/* SPDX-License-Identifier: MIT */
#include "world/cast.h"

#include "world/expand.h"
#include "world/step.h"
#include "world/world.h"

const struct group *group_find(const struct world *world, struct text name)
{
    for (const struct group *at = world->groups; at; at = at->next) {
        if (text_equal(at->name, name)) {
            return at;
        }
    }
    return NULL;
}

bool group_add(struct world *world, struct text name, struct cast members)
{
    if (group_find(world, name)) {
        return false;
    }
    struct group *group = ARENA_NEW(&world->arena, struct group);
    group->name = arena_text(&world->arena, name);
    group->members = members;
    group->next = world->groups;
    world->groups = group;
    for (size_t i = 0; i < members.count; i++) {
        members.list[i]->group = group->name;
    }
    return true;
}

struct cast cast_of_one(struct world *world, struct actor *actor)
{
    struct cast cast = { ARENA_ARRAY(&world->arena, 1, struct actor *), 1 };
    cast.list[0] = actor;
    return cast;
}

static bool is_in(const struct cast *cast, const struct actor *actor)
{
    for (size_t i = 0; i < cast->count; i++) {
        if (cast->list[i] == actor) {
            return true;
        }
    }
    return false;
}

/* The default speaker is no actor of a scenario where only others act. */
static bool is_only_narrator(const struct world *world, const struct actor *actor)
{
    bool is_alone = world->actors == actor && !actor->next;
    return !is_alone && text_is(actor->name, "I") && actor->last.count == 0 && !actor->sockets;
}

/* All actors of the scenario, oldest first, but those who acted last when `else` is said. */
static struct cast everyone(struct world *world, bool but_last)
{
    size_t count = 0;
    for (struct actor *at = world->actors; at; at = at->next) {
        count++;
    }
    struct cast cast = { ARENA_ARRAY(&world->arena, count, struct actor *), 0 };
    for (struct actor *at = world->actors; at; at = at->next) {
        count--;
        bool is_left_out = but_last && is_in(&world->last_cast, at);
        if (!is_left_out && !is_only_narrator(world, at)) {
            cast.list[cast.count++] = at;
        }
    }
    for (size_t i = 0; i < cast.count / 2; i++) {
        struct actor *swapped = cast.list[i];
        cast.list[i] = cast.list[cast.count - 1 - i];
        cast.list[cast.count - 1 - i] = swapped;
    }
    return cast;
}

static bool cast_of_group(struct step *step, struct text name, struct span at,
                          struct cast *ret_cast)
{
    const struct group *group = group_find(step->world, name);
    if (!group) {
        step_fail_at(step, at, "unknown group '%.*s'", TEXT_ARG(name));
        step_hint(step, "make it with 'there are 3 %.*s' or 'these %.*s:'", TEXT_ARG(name),
                  TEXT_ARG(name));
        return false;
    }
    *ret_cast = group->members;
    return true;
}

/* Adds the actors of one name: I (the scope's self), or an actor of that name. */
static bool add_named(struct step *step, struct text name, struct span at, struct cast *cast)
{
    struct world *world = step->world;
    struct text plain;
    struct actor *speaker =
        step->scope->self.count ? step->scope->self.list[0] : world_actor(world, TEXT("I"));
    if (!expand(step, speaker, name, at, EXPAND_PLAIN, &plain)) {
        return false;
    }
    bool is_self = text_is(plain, "I") && step->scope->self.count;
    size_t added = is_self ? step->scope->self.count : 1;
    struct actor **list = ARENA_ARRAY(&world->arena, cast->count + added, struct actor *);
    for (size_t i = 0; i < cast->count; i++) {
        list[i] = cast->list[i];
    }
    for (size_t i = 0; i < added; i++) {
        list[cast->count + i] = is_self ? step->scope->self.list[i] : world_actor(world, plain);
    }
    *cast = (struct cast){ list, cast->count + added };
    return true;
}

/* "alice, bob and carol": cut at ", " and " and ". */
static bool cast_of_list(struct step *step, struct text names, struct span at,
                         struct cast *ret_cast)
{
    struct cast cast = { 0 };
    size_t start = 0;
    while (start <= names.size) {
        size_t comma = text_find(names, TEXT(", "), start);
        size_t word = text_find(names, TEXT(" and "), start);
        size_t end = comma < word ? comma : word;
        if (!add_named(step, text_slice(names, start, end), at, &cast)) {
            return false;
        }
        start = end == names.size ? names.size + 1 : end + (comma < word ? 2 : 5);
    }
    *ret_cast = cast;
    return true;
}

bool cast_of_actor(struct step *step, struct text actor, struct span at, struct cast *ret_cast)
{
    if (text_is(actor, "everyone") || text_is(actor, "everyone else")) {
        *ret_cast = everyone(step->world, actor.size > sizeof "everyone");
        return true;
    }
    if (text_starts_with(actor, TEXT("all "))) {
        return cast_of_group(step, text_from(actor, 4), at, ret_cast);
    }
    return cast_of_list(step, actor, at, ret_cast);
}

static struct text without_possessive(struct text whose)
{
    if (text_ends_with(whose, TEXT("'s"))) {
        return text_slice(whose, 0, whose.size - 2);
    }
    return text_ends_with(whose, TEXT("'")) ? text_slice(whose, 0, whose.size - 1) : whose;
}

bool cast_of_whose(struct step *step, struct text whose, struct span at, struct cast the,
                   struct cast *ret_cast)
{
    if (text_is(whose, "the")) {
        *ret_cast = the;
        return true;
    }
    if (text_is(whose, "my")) {
        return cast_of_list(step, TEXT("I"), at, ret_cast);
    }
    return cast_of_actor(step, without_possessive(whose), at, ret_cast);
}
