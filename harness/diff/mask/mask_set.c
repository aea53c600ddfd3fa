/* SPDX-License-Identifier: MIT */
#include "diff/mask/mask_set.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "format/regex.h"

void mask_set_init(struct mask_set *set)
{
    *set = (struct mask_set){ 0 };
    arena_init(&set->arena);
}

/* Included masks, which live on, must not name own ones as what shadows them. */
static void forget_shadows(struct mask_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        for (size_t j = 0; j < set->own_count; j++) {
            if (set->list[i]->usage.shadow == &set->own[j]->mask) {
                set->list[i]->usage.shadow = NULL;
            }
        }
    }
}

void mask_set_release(struct mask_set *set)
{
    forget_shadows(set);
    for (size_t i = 0; i < set->own_count; i++) {
        regex_free(set->own[i]->mask.regex);
    }
    free(set->own);
    free(set->list);
    arena_release(&set->arena);
    *set = (struct mask_set){ 0 };
}

static void list(struct mask_set *set, struct mask_entry *entry)
{
    set->list = grow_or_die(set->list, set->count, &set->capacity, sizeof(struct mask_entry *));
    set->list[set->count++] = entry;
}

bool mask_set_add(struct mask_set *set, const struct mask_writing *writing,
                  struct problems *problems)
{
    struct mask_entry *entry = ARENA_NEW(&set->arena, struct mask_entry);
    if (set->own_count == MASKS_LIMIT) {
        problems_add(problems, PROBLEM_INPUT, writing->at_span,
                     "say more with one: [*] and `..` stand for many places",
                     "more than %d masks", MASKS_LIMIT);
        return false;
    }
    if (!mask_parse(&set->arena, writing, &entry->mask, problems)) {
        regex_free(entry->mask.regex);
        return false;
    }
    set->own =
        grow_or_die(set->own, set->own_count, &set->own_capacity, sizeof(struct mask_entry *));
    set->own[set->own_count++] = entry;
    list(set, entry);
    return true;
}

bool mask_set_add_line(struct mask_set *set, struct text line, struct span at,
                       struct problems *problems)
{
    struct mask_writing writing;
    return mask_split(&set->arena, line, at, &writing, problems) &&
           mask_set_add(set, &writing, problems);
}

void mask_set_include(struct mask_set *set, const struct mask_set *other)
{
    for (size_t i = 0; i < other->count; i++) {
        list(set, other->list[i]);
    }
}
