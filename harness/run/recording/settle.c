/* SPDX-License-Identifier: MIT */
#include "run/recording/settle.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "record/har_reader.h"
#include "run/plan/plan.h"
#include "run/recording/scenario_recorder.h"
#include "world/recordings.h"

static struct text sample_path(const struct plan *plan, struct arena *arena, size_t index,
                               unsigned sample)
{
    const struct planned_scenario *scenario = &plan->list[index];
    return store_path(&plan->recordings->store, arena, plan->files[scenario->file].source.name,
                      scenario->pickle, sample);
}

void recording_clear(const struct plan *plan, unsigned samples)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < plan->count; i++) {
        for (unsigned sample = 1; sample <= samples; sample++) {
            unlink(recording_pending_path(&arena, sample_path(plan, &arena, i, sample)).at);
        }
        arena_clear(&arena);
    }
}

/* What the application said; control frames are the transport's. */
static size_t said(const struct conversation *conversation)
{
    size_t count = 0;
    for (size_t i = 0; i < conversation->count; i++) {
        enum conversation_kind kind = conversation->list[i].kind;
        count += kind == CONVERSATION_TEXT || kind == CONVERSATION_BINARY ||
                 kind == CONVERSATION_EVENT;
    }
    return count;
}

static void count(struct settled_scenario *settled, const struct recording *recording)
{
    for (size_t i = 0; i < recording->count; i++) {
        const struct conversation *conversation = recording->list[i].conversation;
        settled->requests += !conversation;
        settled->sockets += conversation != NULL;
        settled->messages += conversation ? said(conversation) : 0;
    }
}

static bool replace(struct text pending, struct text path, struct problems *problems)
{
    if (rename(pending.at, path.at) == 0) {
        return true;
    }
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL, "cannot replace '%s': %s",
                 path.at, strerror(errno));
    return false;
}

/* The problems of a file point into it: the first becomes words. */
static bool read_back(struct settled_scenario *settled, struct problems *problems)
{
    struct recording recording;
    struct problems found CLEANUP(problems_release);
    recording_init(&recording);
    problems_init(&found);
    bool is_read = har_read(&recording, settled->path, NULL, &found);
    if (is_read) {
        count(settled, &recording);
    } else {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "cannot read back the recording '%.*s': %.*s", TEXT_ARG(settled->path),
                     TEXT_ARG(found.list[0].message));
    }
    recording_release(&recording);
    return is_read;
}

/* Samples of an earlier recording would be taken for samples of this one. */
static void remove_older(const struct plan *plan, struct arena *arena, size_t index,
                         unsigned samples)
{
    for (unsigned sample = samples + 1; sample <= STORE_SAMPLES_LIMIT; sample++) {
        if (unlink(sample_path(plan, arena, index, sample).at) != 0) {
            return;
        }
    }
}

static bool settle(const struct plan *plan, size_t index, unsigned samples, struct arena *arena,
                   struct settled_scenario *settled, struct problems *problems)
{
    unsigned there = 0;
    for (unsigned sample = 1; sample <= samples; sample++) {
        struct text path = sample_path(plan, arena, index, sample);
        there += file_exists(recording_pending_path(arena, path));
    }
    settled->is_recorded = there == samples;
    for (unsigned sample = 1; sample <= samples && settled->is_recorded; sample++) {
        struct text path = sample_path(plan, arena, index, sample);
        if (!replace(recording_pending_path(arena, path), path, problems)) {
            return false;
        }
    }
    if (settled->is_recorded) {
        settled->samples = samples;
        remove_older(plan, arena, index, samples);
        return read_back(settled, problems);
    }
    return true;
}

bool recording_settle(const struct plan *plan, unsigned samples, struct arena *arena,
                      struct settled *ret_settled, struct problems *problems)
{
    struct settled settled = { ARENA_ARRAY(arena, plan->count + 1, struct settled_scenario),
                               plan->count, 0 };
    bool is_fine = true;
    for (size_t i = 0; i < plan->count; i++) {
        struct settled_scenario *scenario = &settled.list[i];
        scenario->pickle = plan->list[i].pickle;
        scenario->feature = plan->files[plan->list[i].file].source.name;
        scenario->path = sample_path(plan, arena, i, 1);
        is_fine = settle(plan, i, samples, arena, scenario, problems) && is_fine;
        settled.recorded += scenario->is_recorded;
    }
    recording_clear(plan, samples);
    if (is_fine) {
        *ret_settled = settled;
    }
    return is_fine;
}
