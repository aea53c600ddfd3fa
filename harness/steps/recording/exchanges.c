/* SPDX-License-Identifier: MIT */
/* An answer compared with the recorded one, or a part of it. */
#include "base/buffer.h"
#include "diff/difference_print.h"
#include "diff/exchange_diff.h"
#include "diff/identity.h"
#include "diff/mask/mask_judge.h"
#include "event/failure.h"
#include "steps/recording/comparing.h"
#include "world/step.h"
#include "world/world.h"

enum { DETAIL_LIMIT_BYTES = 64 << 10, DIFFERENCES_SHOWN = 10 };

typedef void diff_function(const struct exchange_pair *pair, struct differences *differences);

static diff_function *diff_of(struct text part)
{
    static const struct {
        const char *part;
        diff_function *diff;
    } parts[] = {
        { "status", exchange_diff_status },
        { "headers", exchange_diff_headers },
        { "cookies", exchange_diff_cookies },
        { "body", exchange_diff_body },
    };
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        if (text_is(part, parts[i].part)) {
            return parts[i].diff;
        }
    }
    return exchange_diff;
}

static void fail_different(struct comparing *comparing, struct text what,
                           const struct recorded_entry *entry, struct differences *differences)
{
    struct step *step = comparing->step;
    CLEANUP(buffer_release) struct buffer totals;
    CLEANUP(buffer_release) struct buffer detail;
    buffer_init(&totals, DETAIL_LIMIT_BYTES);
    buffer_init(&detail, DETAIL_LIMIT_BYTES);
    differences_sort(differences);
    difference_print_totals(differences, &totals);
    const struct style_writer plain = { .out = &detail };
    difference_print_text(differences, &plain, DIFFERENCES_SHOWN);
    comparing_print_source(comparing, entry, &detail);
    step_fail(step, "%.*s is not as recorded: %.*s", TEXT_ARG(what),
              TEXT_ARG(buffer_text(&totals)));
    step->failure->kind = FAILURE_DIFFERENCE;
    step_detail(step, buffer_text(&detail));
    step_hint(step, "if production is to answer so: `bddrun accept`; if it may vary: a mask");
}

static void print_differences(const void *result, struct json_writer *writer)
{
    difference_print_json(result, writer);
}

static struct text title_of(const struct comparing *comparing, const struct actor *actor,
                            const struct exchange *live)
{
    struct arena *arena = &comparing->step->world->arena;
    struct text path = recorded_url_path(live->request.url);
    return arena_format(
        arena, "%.*s %.*s of %.*s %.*s", TEXT_ARG(comparing_whose(comparing, actor->name)),
        TEXT_ARG(comparing->part), TEXT_ARG(live->request.method), TEXT_ARG(path));
}

/* The body was not kept: nothing can be said of it, unless there is none. */
static bool has_body(const struct comparing *comparing, const struct exchange *live,
                     const struct recorded_entry *entry)
{
    bool needs_body = text_is(comparing->part, "body") || text_is(comparing->part, "response");
    return !needs_body || entry->body != RECORDED_BODY_ABSENT || live->response.body.size == 0;
}

/* By bddrun, and the user's own keys may not have changed since: there are none. */
static bool is_redacted(const struct recorded *recorded)
{
    return recorded->recording.facts.redaction_key.size > 0 && recorded->rules.key_count == 0;
}

static void compare(struct comparing *comparing, const struct actor *actor,
                    const struct exchange *live, const struct recorded_entry *entry)
{
    struct step *step = comparing->step;
    struct arena *arena = &comparing->arena;
    struct redaction *redaction = comparing->recorded->redaction;
    struct exchange_pair pair = {
        .left = is_redacted(comparing->recorded)
                    ? entry->exchange
                    : redaction_exchange(redaction, arena, entry->exchange),
        .right = redaction_exchange(redaction, arena, live),
    };
    const struct mask_scene scene = {
        .method = live->request.method,
        .url_path = recorded_url_path(live->request.url),
        .place = arena_format(arena, "%.*s %.*s", TEXT_ARG(live->request.method),
                              TEXT_ARG(recorded_url_path(live->request.url))),
        .left_ns = pair.left->started_at_ns,
        .right_ns = pair.right->started_at_ns,
    };
    struct differences differences;
    differences_init(&differences, arena, NULL);
    (void)identity_notes(comparing->recorded->identity, &comparing->notes_told);
    pair.judge = mask_judge_begin(comparing->judge, &scene);
    diff_of(comparing->part)(&pair, &differences);
    struct text what = title_of(comparing, actor, live);
    bool has_failed = differences_any(&differences, SEVERITY_MOVED);
    if (has_failed) {
        fail_different(comparing, what, entry, &differences);
        step_show_exchange(step, live);
    }
    if (differences_any(&differences, SEVERITY_INFORMATIONAL)) {
        comparing_attach(comparing, what, entry, print_differences, &differences);
    }
}

static void tell_facts(struct comparing *comparing, const struct exchange *live,
                       const struct recorded_entry *entry)
{
    if (comparing->uses) {
        const struct compared compared = {
            .entry =
                arena_format(&comparing->arena, "%.*s %.*s", TEXT_ARG(live->request.method),
                             TEXT_ARG(recorded_url_path(live->request.url))),
            .recorded = entry ? entry->exchange : NULL,
            .live = live,
        };
        comparing_tell_facts(comparing, &compared);
    }
}

static bool compare_one(struct comparing *comparing, const struct actor *actor,
                        const struct exchange *live)
{
    struct step *step = comparing->step;
    comparing_begin_facts(comparing);
    const struct recorded_entry *entry =
        recorded_exchange(step, comparing->recorded, actor, live);
    if (!entry) {
        step_show_exchange(step, live);
    } else if (text_is(comparing->part, "response time")) {
        compare_times(comparing, actor, live, entry);
    } else if (!has_body(comparing, live, entry)) {
        recorded_lacks(step, comparing->recorded,
                       arena_format(&step->world->arena, "the body of %.*s %.*s",
                                    TEXT_ARG(live->request.method),
                                    TEXT_ARG(recorded_url_path(live->request.url))));
    } else {
        compare(comparing, actor, live, entry);
    }
    tell_facts(comparing, live, entry);
    arena_clear(&comparing->arena);
    return !step_has_failed(step);
}

void compare_exchanges(struct comparing *comparing)
{
    for (size_t i = 0; i < comparing->cast.count; i++) {
        const struct actor *actor = comparing->cast.list[i];
        if (actor->last.count == 0) {
            step_fail(comparing->step, "%.*s got no response yet", TEXT_ARG(actor->name));
            return;
        }
        for (size_t j = 0; j < actor->last.count; j++) {
            if (!compare_one(comparing, actor, actor->last.list[j])) {
                return;
            }
        }
    }
}
