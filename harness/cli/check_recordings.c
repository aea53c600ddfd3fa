/* SPDX-License-Identifier: MIT */
#include "cli/check_recordings.h"

#include <inttypes.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/check/recording_use.h"
#include "diff/conversation/conversation_diff.h"
#include "diff/exchange_diff.h"
#include "diff/mask/mask_judge.h"
#include "record/har_reader.h"
#include "record/promotions.h"
#include "record/staleness.h"
#include "world/recorded.h"
#include "world/recordings.h"

struct checking {
    const struct plan *plan;
    const struct recordings *recordings;
    struct redaction *redaction;
    struct mask_judge *judge;
    struct problems *problems;
    uint64_t now_ns;
    const struct promotion_dates *promotions;
    struct arena arena; /* of one entry */
    struct recordings_checked checked;
    struct arena paths_arena;
    struct recording_paths paths; /* looked at */

    /* The recording and entry under way. */
    const struct recording *recording;
    const struct recorded_entry *entry;
    bool has_secret; /* the entry's first was told */
};

/* Never with the line it stands in. */
static void tell_secret(void *context, const struct redaction_finding *finding)
{
    struct checking *checking = context;
    const struct recorded_entry *entry = checking->entry;
    if (checking->has_secret) {
        return;
    }
    checking->has_secret = true;
    struct position at = source_position(checking->recording->source, entry->start);
    problems_add(checking->problems, PROBLEM_INPUT, span_none(), NULL,
                 "%.*s: byte %zu (line %zu): entry %zu holds what looks like a secret (%s) in "
                 "%.*s",
                 TEXT_ARG(checking->recording->path), entry->start, at.line, entry->index + 1,
                 finding->kind, TEXT_ARG(finding->where));
    problems_hint(checking->problems,
                  "do not commit it; record it again, or read it in with "
                  "`bddrun record --from %.*s`",
                  TEXT_ARG(checking->recording->path));
}

/* Compared with itself, everything is equal, and every mask sees the places it stands for. */
static void use_masks(struct checking *checking)
{
    const struct exchange *exchange = checking->entry->exchange;
    const struct conversation *conversation = checking->entry->conversation;
    if (conversation) {
        const struct conversation_diff_options options = { .judge = checking->judge };
        struct conversation_diff diff;
        conversation_diff_compare(conversation, conversation, &options, &checking->arena,
                                  &diff);
        return;
    }
    const struct mask_scene scene = { .method = exchange->request.method,
                                      .url_path = recorded_url_path(exchange->request.url) };
    const struct exchange_pair pair = { exchange, exchange,
                                        mask_judge_begin(checking->judge, &scene) };
    struct differences differences;
    differences_init(&differences, &checking->arena, NULL);
    exchange_diff(&pair, &differences);
}

static void check_entry(struct checking *checking, const struct recorded_entry *entry)
{
    checking->entry = entry;
    checking->has_secret = false;
    if (entry->conversation) {
        (void)redaction_conversation(checking->redaction, &checking->arena,
                                     entry->conversation);
    } else {
        (void)redaction_exchange(checking->redaction, &checking->arena, entry->exchange);
    }
    use_masks(checking);
    checking->checked.entries++;
    arena_clear(&checking->arena);
}

static struct text endpoint_of(const struct recorded_entry *entry, struct arena *arena)
{
    const struct sent_request *request = &entry->exchange->request;
    struct text path = recorded_url_path(request->url);
    return arena_format(arena, "%.*s %.*s", TEXT_ARG(request->method), TEXT_ARG(path));
}

static struct staleness weigh_age(struct checking *checking, uint64_t most_ms)
{
    const struct recording *recording = checking->recording;
    const struct promotion_dates *all = checking->promotions;
    struct arena *arena = &checking->arena;
    struct text *endpoints = ARENA_ARRAY(arena, recording->count + 1, struct text);
    struct promotion_date *own = ARENA_ARRAY(arena, all->count + 1, struct promotion_date);
    for (size_t i = 0; i < recording->count; i++) {
        endpoints[i] = endpoint_of(&recording->list[i], arena);
    }
    size_t count = promotions_of(all, endpoints, recording->count, own);
    return staleness_of(recording->facts.recorded_at_ns, checking->now_ns, most_ms, own, count);
}

static void check_age(struct checking *checking)
{
    const struct recording *recording = checking->recording;
    uint64_t most_ms = checking->recordings->settings->max_age_ms;
    struct staleness staleness = weigh_age(checking, most_ms);
    if (staleness.kind == RECORDING_FRESH) {
        return;
    }
    struct text reason = staleness_reason(&staleness, most_ms, &checking->arena);
    problems_add(checking->problems, PROBLEM_WARNING, span_none(),
                 "refresh it with `bddrun record`", "%.*s: %.*s", TEXT_ARG(recording->path),
                 TEXT_ARG(reason));
}

static void check_file(struct checking *checking, struct text path, struct recording_use use)
{
    struct recording recording;
    struct problems found;
    recording_init(&recording);
    problems_init(&found);
    bool is_read = har_read(&recording, path, NULL, &found);
    problems_adopt(checking->problems, &found);
    if (is_read) {
        checking->recording = &recording;
        checking->checked.files++;
        check_age(checking);
        recording_use_check(&recording, use, checking->problems);
        for (size_t i = 0; i < recording.count; i++) {
            check_entry(checking, &recording.list[i]);
        }
    }
    problems_release(&found);
    recording_release(&recording);
}

/* All samples of the scenario. */
static void check_scenario(struct checking *checking, const struct planned_scenario *scenario)
{
    const struct plan *plan = checking->plan;
    const struct store *store = &checking->recordings->store;
    struct arena *arena = &checking->paths_arena;
    struct store_key key =
        store_key_of(plan->files[scenario->file].source.name, scenario->pickle);
    struct recording_use use = recording_use_of(plan, scenario->pickle);
    unsigned samples = store_samples(store, arena, &key);
    for (unsigned sample = 1; sample <= samples; sample++) {
        struct text path = store_key_path(store, arena, &key, sample);
        recording_paths_add(&checking->paths, path);
        check_file(checking, path, use);
    }
}

/* Only where there are recordings: else every mask would be dead. */
static void check_masks(struct checking *checking)
{
    const struct mask_set *masks = &checking->recordings->masks;
    for (size_t i = 0; i < masks->own_count && checking->checked.files > 0; i++) {
        const struct mask_entry *entry = masks->own[i];
        if (entry->usage.places > 0) {
            continue;
        }
        problems_add(checking->problems, PROBLEM_WARNING, entry->mask.at,
                     entry->usage.shadowed > 0 ? "an earlier mask stands for the same places"
                                               : "correct its place, or remove it",
                     "mask %.*s stands for nothing in any recording",
                     TEXT_ARG(entry->mask.shown));
    }
    (void)mask_set_check(masks, checking->problems);
}

struct recordings_checked check_recordings(const struct plan *plan, bool is_everything,
                                           const struct clock *clock,
                                           const struct promotion_dates *promotions,
                                           struct problems *problems)
{
    const struct recordings *recordings = plan->recordings;
    struct checking checking = {
        .plan = plan,
        .recordings = recordings,
        .redaction = redaction_new(&recordings->key, &recordings->rules, NULL),
        .judge = mask_judge_new(&recordings->masks, NULL),
        .problems = problems,
        .now_ns = clock_realtime_ns(clock),
        .promotions = promotions,
    };
    arena_init(&checking.arena);
    arena_init(&checking.paths_arena);
    redaction_observe(checking.redaction, tell_secret, &checking);
    for (size_t i = 0; i < plan->count; i++) {
        check_scenario(&checking, &plan->list[i]);
    }
    if (is_everything) {
        check_masks(&checking);
        recording_use_find_orphans(recordings->store.folder, &checking.paths, problems);
    }
    recording_paths_release(&checking.paths);
    arena_release(&checking.paths_arena);
    mask_judge_free(checking.judge);
    redaction_free(checking.redaction);
    arena_release(&checking.arena);
    return checking.checked;
}
