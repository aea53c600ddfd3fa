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

enum { REASON_LIMIT_BYTES = 64 << 10 };

static struct text sample_path(const struct plan *plan, struct arena *arena, size_t index,
                               unsigned sample)
{
    const struct planned_scenario *scenario = &plan->list[index];
    return store_path(&plan->recordings->store, arena, plan->files[scenario->file].source.name,
                      scenario->pickle, sample);
}

static void remove_pending(struct arena *arena, struct text path)
{
    unlink(recording_pending_path(arena, path).at);
    unlink(recording_reason_path(arena, path).at);
}

void recording_clear(const struct plan *plan, unsigned samples)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < plan->count; i++) {
        for (unsigned sample = 1; sample <= samples; sample++) {
            remove_pending(&arena, sample_path(plan, &arena, i, sample));
        }
        arena_clear(&arena);
    }
}

static struct text reason_of(struct arena *arena, struct text path)
{
    struct problems ignored CLEANUP(problems_release);
    struct text reason;
    struct text at = recording_reason_path(arena, path);
    problems_init(&ignored);
    return file_exists(at) && file_read(at, REASON_LIMIT_BYTES, arena, &reason, &ignored)
               ? text_trim(reason)
               : TEXT_EMPTY;
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

static bool read_back(struct settled_scenario *settled, struct problems *problems)
{
    struct recording recording;
    recording_init(&recording);
    bool is_read = har_read(&recording, settled->path, NULL, problems);
    if (is_read) {
        count(settled, &recording);
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
        settled->reason = settled->reason.size ? settled->reason : reason_of(arena, path);
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
