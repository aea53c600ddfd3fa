/* SPDX-License-Identifier: MIT */
/* J1 and J2: what is compared, of whom, under which masks. */
#include "diff/mask/mask_judge.h"
#include "steps/recording/comparing.h"
#include "steps/step_functions.h"
#include "world/recordings.h"
#include "world/step.h"
#include "world/table.h"
#include "world/world.h"

void comparing_release(struct comparing *comparing)
{
    if (comparing->has_table) {
        mask_judge_free(comparing->judge);
        mask_set_release(&comparing->masks);
    }
    arena_release(&comparing->arena);
}

static bool add_mask(struct comparing *comparing, const struct table_cell *cells)
{
    /* Only what stands in the file as it is has places inside of it. */
    bool is_at = cells[0].at.end - cells[0].at.start == cells[0].text.size;
    bool is_assertion = cells[1].at.end - cells[1].at.start == cells[1].text.size;
    const struct mask_writing writing = {
        .at = cells[0].text,
        .assertion = cells[1].text,
        .on_span = span_none(),
        .at_span = is_at ? cells[0].at : span_none(),
        .assertion_span = is_assertion ? cells[1].at : span_none(),
    };
    struct problems problems;
    problems_init(&problems);
    bool is_ok = mask_set_add(&comparing->masks, &writing, &problems);
    if (!is_ok) {
        step_fail_by(comparing->step, &problems);
    }
    problems_release(&problems);
    return is_ok;
}

/* The table's masks come first: the first that fits a place decides. */
static bool read_masks(struct comparing *comparing)
{
    struct step *step = comparing->step;
    struct pairs pairs;
    comparing->judge = comparing->recorded->judge;
    if (step->match->definition->takes != TAKES_MASKS) {
        return true;
    }
    mask_set_init(&comparing->masks);
    comparing->has_table = true;
    comparing->judge = NULL;
    if (!table_read_pairs(step, world_speaker(step), &pairs)) {
        return false;
    }
    for (size_t i = 0; i < pairs.count; i++) {
        if (!add_mask(comparing, pairs.rows[i].cells)) {
            return false;
        }
    }
    mask_set_include(&comparing->masks, &step->world->context->recordings->masks);
    comparing->judge = mask_judge_new(&comparing->masks, comparing->recorded->identity);
    return true;
}

static bool is_of_sockets(const struct comparing *comparing)
{
    return text_is(comparing->part, "conversation");
}

/* "the conversation": of whoever received last, else of whoever opened a socket last. */
static struct cast the_talkers(const struct step *step)
{
    const struct world *world = step->world;
    const struct conversations *all = &world->conversations;
    if (step->scope->caller || world->realtime.received.cast.count > 0 || all->count == 0) {
        return step->scope->caller ? world_the(step) : world->realtime.received.cast;
    }
    struct actor *actor = world_find_actor(world, all->list[all->count - 1]->actor);
    return cast_of_one(step->world, actor);
}

static bool find_cast(struct comparing *comparing)
{
    struct step *step = comparing->step;
    struct cast the = is_of_sockets(comparing) ? the_talkers(step) : world_the(step);
    if (!cast_of_whose(step, step_argument(step, 0), step_argument_span(step, 0), the,
                       &comparing->cast)) {
        return false;
    }
    if (comparing->cast.count == 0) {
        step_fail(step, "there is no %s yet to compare",
                  is_of_sockets(comparing) ? "conversation" : "response");
        step_hint(step, "put the step that makes it before this one");
        return false;
    }
    return true;
}

/* While it is recorded, whatever was answered is right, and looked at. */
static void mark_read(struct comparing *comparing)
{
    for (size_t i = 0; i < comparing->cast.count; i++) {
        const struct batch *batch = &comparing->cast.list[i]->last;
        for (size_t j = 0; j < batch->count; j++) {
            world_mark_read(comparing->step->world, batch->list[j]);
        }
    }
}

/* Whatever is answered while it is recorded is right. */
static void pass_unjudged(struct comparing *comparing)
{
    if (is_of_sockets(comparing)) {
        record_conversations(comparing);
    } else {
        comparing_release(comparing);
    }
}

static void judge(struct comparing *comparing)
{
    comparing->recorded = world_recorded(comparing->step);
    if (!comparing->recorded || !read_masks(comparing)) {
        comparing_release(comparing);
    } else if (is_of_sockets(comparing)) {
        compare_conversations(comparing);
    } else {
        compare_exchanges(comparing);
        comparing_release(comparing);
    }
}

void step_match_recording(struct step *step)
{
    struct comparing *comparing = ARENA_NEW(&step->world->arena, struct comparing);
    *comparing = (struct comparing){ .step = step, .part = step_argument(step, 1) };
    arena_init(&comparing->arena);
    step->world->checks++;
    if (!find_cast(comparing)) {
        comparing_release(comparing);
        return;
    }
    if (!is_of_sockets(comparing)) {
        mark_read(comparing);
    }
    if (step->world->context->recorder) {
        pass_unjudged(comparing);
    } else {
        judge(comparing);
    }
}
