/* SPDX-License-Identifier: MIT */
/* The recordings that steps compare with, before anything runs: each scenario's must be there. */
#include <unistd.h>

#include "base/file.h"
#include "match/composite.h"
#include "run/plan/plan_parts.h"
#include "world/recordings.h"

static bool is_comparing(const struct plan *plan, const struct composite *composite)
{
    for (size_t i = 0; i < plan->comparing_count; i++) {
        if (plan->comparing[i] == composite) {
            return true;
        }
    }
    return false;
}

/* J1 and J2, also behind "afterwards" and inside composite steps. */
bool plan_step_compares(const struct plan *plan, const struct step_match *match)
{
    while (match->inner) {
        match = match->inner;
    }
    const struct step_definition *definition = match->definition;
    return definition->composite ? is_comparing(plan, definition->composite)
                                 : definition->id[0] == 'J';
}

static bool has_comparing_step(const struct plan *plan, const struct composite *composite)
{
    for (size_t i = 0; i < composite->step_count; i++) {
        if (plan_step_compares(plan, composite->steps[i].match)) {
            return true;
        }
    }
    return false;
}

/* Level by level: each pass finds those that use one found before. */
void plan_find_comparing(struct plan *plan)
{
    size_t count = registry_count(plan->registry);
    plan->comparing = ARENA_ARRAY(&plan->arena, count + 1, const struct composite *);
    size_t before;
    do {
        before = plan->comparing_count;
        for (size_t i = 0; i < count; i++) {
            const struct composite *composite =
                registry_definition(plan->registry, i)->composite;
            if (composite && !is_comparing(plan, composite) &&
                has_comparing_step(plan, composite)) {
                plan->comparing[plan->comparing_count++] = composite;
            }
        }
    } while (plan->comparing_count > before);
}

bool plan_check_recording(const struct plan *plan, const struct feature_file *file,
                          const struct pickle *pickle, struct span at,
                          struct problems *problems)
{
    if (!plan->recordings || plan->is_recording) {
        return true;
    }
    struct arena arena;
    arena_init(&arena);
    struct text path =
        store_path(&plan->recordings->store, &arena, file->source.name, pickle, 1);
    bool is_there = file_exists(path);
    bool is_fine = is_there && access(arena_string(&arena, path), R_OK) == 0;
    if (!is_fine) {
        problems_add(problems, PROBLEM_INPUT, at, NULL,
                     is_there ? "recording '%.*s' cannot be read" : "no recording '%.*s'",
                     TEXT_ARG(path));
        problems_hint(problems,
                      is_there ? "give yourself the right to read it"
                               : "record it: bddrun record %.*s:%u",
                      TEXT_ARG(file->source.name), pickle_line(pickle));
    }
    arena_release(&arena);
    return is_fine;
}
