/* SPDX-License-Identifier: MIT */
#include "cli/check_steps.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "match/suggestion.h"

enum { HINT_LIMIT = 4096 };

/* Texts seen: the results of the registry are the same object for the same text. */
struct seen {
    const struct step_matches **list;
    size_t count;
    size_t capacity;
};

static bool is_new(struct seen *seen, const struct step_matches *matches)
{
    for (size_t i = 0; i < seen->count; i++) {
        if (seen->list[i] == matches) {
            return false;
        }
    }
    GROW(seen->list, seen->count, seen->capacity);
    seen->list[seen->count++] = matches;
    return true;
}

static void add_undefined(const struct plan *plan, const struct pickle_step *step,
                          struct problems *problems)
{
    struct arena arena;
    struct suggestions suggestions;
    CLEANUP(buffer_release) struct buffer hint;
    arena_init(&arena);
    buffer_init(&hint, HINT_LIMIT);
    suggestions_find(plan->registry, step->text, &arena, &suggestions);
    suggestions_print(&hint, &suggestions);
    problems_add(problems, PROBLEM_INPUT, step->span, NULL, "undefined step '%.*s'",
                 TEXT_ARG(step->text));
    problems_hint(problems, "%.*s", TEXT_ARG(buffer_text(&hint)));
    arena_release(&arena);
}

static void add_ambiguous(const struct step_matches *matches, const struct pickle_step *step,
                          struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer hint;
    buffer_init(&hint, HINT_LIMIT);
    buffer_add_string(&hint, "it fits");
    for (size_t i = 0; i < matches->count; i++) {
        buffer_add_format(&hint, "%s '%s'", i ? " and" : "",
                          matches->list[i].definition->expression);
    }
    problems_add(problems, PROBLEM_INPUT, step->span, NULL, "ambiguous step '%.*s'",
                 TEXT_ARG(step->text));
    problems_hint(problems, "%.*s", TEXT_ARG(buffer_text(&hint)));
}

void check_steps(const struct plan *plan, struct problems *problems)
{
    struct seen seen = { 0 };
    for (size_t i = 0; i < plan->count; i++) {
        const struct pickle *pickle = plan->list[i].pickle;
        for (uint32_t j = 0; j < pickle->step_count; j++) {
            struct pickle_step step = pickle_step(pickle, j);
            const struct step_matches *matches = registry_match(plan->registry, step.text);
            if (matches->count == 1 || !is_new(&seen, matches)) {
                continue;
            }
            if (matches->count == 0) {
                add_undefined(plan, &step, problems);
            } else {
                add_ambiguous(matches, &step, problems);
            }
        }
    }
    free(seen.list);
}
