/* SPDX-License-Identifier: MIT */
/* Masks of bddrun.yaml that no comparison of the whole run used. */
#include "run/messages/run_evidence.h"
#include "run/run_parts.h"
#include "world/recordings.h"

static const struct mask_set *masks_of(const struct run *run)
{
    return &run->plan->recordings->masks;
}

void run_note_masks(struct run *run, struct text used)
{
    size_t count = masks_of(run)->own_count;
    if (!run->masks_used) {
        run->masks_used = ARENA_ARRAY(&run->arena, count + 1, bool);
    }
    for (size_t i = 0; i < used.size && i < count; i++) {
        run->masks_used[i] |= used.at[i] == '1';
    }
}

/* A part of the scenarios, or one that broke off, says nothing about what is never used. */
static bool is_whole(const struct run *run)
{
    const struct plan *plan = run->plan;
    return plan->selected == plan->found && plan->in_shard == plan->found &&
           !run_is_narrowed(run) && run->tally.scenarios[STATUS_PASSED] == plan->count;
}

void run_tell_masks(struct run *run)
{
    if (!run->masks_used || !is_whole(run)) {
        return;
    }
    for (size_t i = 0; i < masks_of(run)->own_count; i++) {
        const struct mask *mask = &masks_of(run)->own[i]->mask;
        if (!run->masks_used[i]) {
            problems_add(run->problems, PROBLEM_WARNING, mask->at,
                         "remove it, or correct its place: `bddrun check` says more",
                         "no comparison of this run used the mask %.*s", TEXT_ARG(mask->shown));
        }
    }
}
