/* SPDX-License-Identifier: MIT */
#include "world/roster.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "match/step_definition.h"

void roster_init(struct roster *roster)
{
    *roster = (struct roster){ 0 };
}

void roster_release(struct roster *roster)
{
    free(roster->list);
    *roster = (struct roster){ 0 };
}

void roster_clear(struct roster *roster)
{
    roster->count = 0;
    roster->has_unknown = false;
}

static void add_name(struct roster *roster, struct roster_name added)
{
    if (text_contains(added.name, TEXT("${"))) {
        roster->has_unknown = true;
        return;
    }
    for (size_t i = 0; i < roster->count; i++) {
        struct roster_name *known = &roster->list[i];
        if (text_equal(known->name, added.name) && known->is_group == added.is_group) {
            known->acts = known->acts || added.acts;
            return;
        }
    }
    GROW(roster->list, roster->count, roster->capacity);
    roster->list[roster->count++] = added;
}

void roster_add_member(struct roster *roster, struct text name, struct span at)
{
    add_name(roster, (struct roster_name){ .name = name, .at = at, .acts = true });
}

/* "alice, bob and carol" */
static void add_list(struct roster *roster, struct text names, struct span at, bool acts)
{
    size_t start = 0;
    while (start < names.size) {
        size_t comma = text_find(names, TEXT(", "), start);
        size_t word = text_find(names, TEXT(" and "), start);
        size_t end = comma < word ? comma : word;
        add_name(roster, (struct roster_name){
                             .name = text_slice(names, start, end), .at = at, .acts = acts });
        start = end == names.size ? end : end + (comma < word ? 2 : 5);
    }
}

static void add_actor(struct roster *roster, struct text actor, struct span at, bool acts)
{
    bool is_nobody = text_is(actor, "I") || text_is(actor, "the") || text_is(actor, "my") ||
                     text_starts_with(actor, TEXT("everyone"));
    if (text_starts_with(actor, TEXT("all "))) {
        add_name(roster,
                 (struct roster_name){
                     .name = text_from(actor, 4), .at = at, .acts = true, .is_group = true });
    } else if (!is_nobody) {
        add_list(roster, actor, at, acts);
    }
}

/* The possessive at the start of a {whose} or {value}: "alice's", "all spectators'", "the". */
static struct text possessor(struct text value)
{
    size_t end = text_find_byte(value, '\'', 0);
    size_t quote = text_find_byte(value, '"', 0);
    return end < quote ? text_slice(value, 0, end) : TEXT_EMPTY;
}

/* An actor, or somebody's socket; "the socket" is nobody's. */
static void add_receiver(struct roster *roster, struct text receiver, struct span at)
{
    static const char *const ends[] = { " socket", " sockets", " event stream",
                                        " event streams" };
    struct text owner = possessor(receiver);
    bool is_socket = owner.size > 0;
    for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
        is_socket = is_socket || text_ends_with(receiver, text_of(ends[i]));
    }
    add_actor(roster, is_socket ? owner : receiver, at, true);
}

void roster_add(struct roster *roster, const struct step_match *match, struct span at)
{
    if (match->inner) {
        roster_add(roster, match->inner, at);
        return;
    }
    for (size_t i = 0; i < match->argument_count; i++) {
        const struct match_argument *argument = &match->arguments[i];
        struct text type = text_of(argument->type_name);
        if (text_is(type, "actor")) {
            add_actor(roster, argument->text, at, true);
        } else if (text_is(type, "receiver") || text_is(type, "socket")) {
            add_receiver(roster, argument->text, at);
        } else if (text_is(type, "whose") || text_is(type, "value")) {
            add_actor(roster, possessor(argument->text), at, false);
        } else if (text_is(type, "group")) {
            add_name(roster,
                     (struct roster_name){
                         .name = argument->text, .at = at, .acts = true, .is_group = true });
        }
    }
}

static void check_pair(const struct roster_name *a, const struct roster_name *b,
                       struct problems *problems)
{
    if (text_equal(a->name, b->name)) {
        const struct roster_name *actor = a->is_group ? b : a;
        problems_add(problems, PROBLEM_INPUT, actor->at, NULL,
                     "'%.*s' is a group and is used as an actor", TEXT_ARG(actor->name));
        problems_hint(problems, "write 'all %.*s', or give the actor another name",
                      TEXT_ARG(actor->name));
    } else {
        problems_add_related(problems, PROBLEM_INPUT, b->at, a->at, "the other name",
                             "'%.*s' and '%.*s' differ only in case", TEXT_ARG(a->name),
                             TEXT_ARG(b->name));
        problems_hint(problems, "write an actor's name always in the same way");
    }
}

/* "spectators-7" of the group "spectators": it acts when the group does. */
static bool is_of_group(const struct roster *roster, struct text name)
{
    size_t dash = name.size;
    while (dash > 0 && name.at[dash - 1] >= '0' && name.at[dash - 1] <= '9') {
        dash--;
    }
    if (dash < 2 || dash == name.size || name.at[dash - 1] != '-') {
        return false;
    }
    for (size_t i = 0; i < roster->count; i++) {
        if (roster->list[i].is_group &&
            text_equal(roster->list[i].name, text_slice(name, 0, dash - 1))) {
            return true;
        }
    }
    return false;
}

bool roster_check(const struct roster *roster, struct problems *problems)
{
    size_t before = problems->count + problems->dropped;
    for (size_t i = 0; i < roster->count; i++) {
        const struct roster_name *name = &roster->list[i];
        for (size_t j = 0; j < i; j++) {
            if (text_equal_ignoring_case(name->name, roster->list[j].name)) {
                check_pair(&roster->list[j], name, problems);
            }
        }
        if (!name->acts && !roster->has_unknown && !is_of_group(roster, name->name)) {
            problems_add(
                problems, PROBLEM_INPUT, name->at,
                "let the actor send, open or receive something first, or mend the name",
                "'%.*s' is checked but never acts", TEXT_ARG(name->name));
        }
    }
    return problems->count + problems->dropped == before;
}
