/* SPDX-License-Identifier: MIT */
/*
 * What was said on the sockets of a cast, compared with what was said in production. A recording
 * goes on to the end of its scenario, so the comparison first waits until as much has arrived as
 * was recorded, or the recorded time and a while more have passed.
 */
#include "base/buffer.h"
#include "base/clock.h"
#include "config/settings.h"
#include "diff/conversation/conversation_diff.h"
#include "diff/difference_print.h"
#include "diff/identity.h"
#include "event/failure.h"
#include "steps/recording/comparing.h"
#include "world/actor_socket.h"
#include "world/socket_opening.h"
#include "world/step.h"
#include "world/world.h"

enum { DETAIL_LIMIT_BYTES = 64 << 10, PATIENCE_MS = 1000 };

static bool is_of(const struct cast *cast, const struct conversation *conversation)
{
    for (size_t i = 0; i < cast->count; i++) {
        if (text_equal(cast->list[i]->name, conversation->actor)) {
            return true;
        }
    }
    return false;
}

static void tell_facts(const struct comparing *comparing, const struct conversation *live,
                       const struct conversation_diff *diff)
{
    const struct compared compared = {
        .entry = live->name.size > 0 ? arena_format(&comparing->step->world->arena,
                                                    "socket %.*s", TEXT_ARG(live->name))
                                     : TEXT("socket"),
        .diff = diff,
    };
    comparing_tell_facts(comparing, &compared);
}

/* All conversations of the cast with their entries; false: the step has failed. */
static bool find_all(struct comparing *comparing)
{
    struct step *step = comparing->step;
    struct arena *arena = &step->world->arena;
    const struct conversations *all = &step->world->conversations;
    comparing->live = ARENA_ARRAY(arena, all->count + 1, const struct conversation *);
    comparing->entries = ARENA_ARRAY(arena, all->count + 1, const struct recorded_entry *);
    for (size_t i = 0; i < all->count; i++) {
        const struct conversation *live = all->list[i];
        if (!is_of(&comparing->cast, live)) {
            continue;
        }
        const struct recorded_entry *entry =
            recorded_conversation(step, comparing->recorded, live);
        if (!entry) {
            tell_facts(comparing, live, NULL);
            return false;
        }
        comparing->live[comparing->live_count] = live;
        comparing->entries[comparing->live_count++] = entry;
    }
    if (comparing->live_count == 0) {
        step_fail(step, "%.*s opened no socket", TEXT_ARG(comparing->cast.list[0]->name));
        step_hint(step, "open one before its conversation is compared");
    }
    return comparing->live_count > 0;
}

static bool is_message(const struct conversation_message *message)
{
    return !message->is_sent &&
           (message->kind == CONVERSATION_TEXT || message->kind == CONVERSATION_BINARY ||
            message->kind == CONVERSATION_EVENT);
}

size_t comparing_count_received(const struct conversation *conversation)
{
    size_t count = 0;
    for (size_t i = 0; i < conversation->count; i++) {
        count += is_message(&conversation->list[i]);
    }
    return count;
}

static bool is_over(const struct conversation *live)
{
    return live->close.by != CONVERSATION_OPEN || live->close.failure.size > 0;
}

static bool has_all(const struct step *step)
{
    const struct comparing *comparing = step->state;
    for (size_t i = 0; i < comparing->live_count; i++) {
        if (!is_over(comparing->live[i]) &&
            comparing_count_received(comparing->live[i]) <
                comparing_count_received(comparing->entries[i]->conversation)) {
            return false;
        }
    }
    return true;
}

/* How long after its beginning the last message was recorded. */
static uint64_t recorded_length_ns(const struct conversation *conversation)
{
    uint64_t first = conversation->handshake ? conversation->handshake->started_at_ns : 0;
    uint64_t last = 0;
    for (size_t i = 0; i < conversation->count; i++) {
        const struct conversation_message *message = &conversation->list[i];
        last = is_message(message) && message->at_ns > last ? message->at_ns : last;
    }
    return first > 0 && last > first ? last - first : 0;
}

/* Monotonic: as long as was recorded, then PATIENCE_MS; at most the limit for receiving. */
static uint64_t deadline_ns(const struct comparing *comparing)
{
    const struct step *step = comparing->step;
    uint64_t now_ns = clock_realtime_ns(step->world->context->clock);
    uint64_t longest_ns = 0;
    for (size_t i = 0; i < comparing->live_count; i++) {
        const struct exchange *handshake = comparing->live[i]->handshake;
        uint64_t age_ns = handshake && handshake->started_at_ns < now_ns
                              ? now_ns - handshake->started_at_ns
                              : 0;
        uint64_t length_ns = recorded_length_ns(comparing->entries[i]->conversation);
        uint64_t left_ns = length_ns > age_ns ? length_ns - age_ns : 0;
        longest_ns = left_ns > longest_ns ? left_ns : longest_ns;
    }
    longest_ns += PATIENCE_MS * NANOSECONDS_PER_MILLISECOND;
    uint64_t limit_ns =
        step->world->context->settings->limits.receive_ms * NANOSECONDS_PER_MILLISECOND;
    return step->started_ns + (longest_ns < limit_ns ? longest_ns : limit_ns);
}

static void print_differences(const void *result, struct json_writer *writer)
{
    difference_print_json(result, writer);
}

/* Fields and events that came to the recorded ones are told; an event that came twice or was never
 * recorded is a difference. */
static bool is_failure(const struct conversation_diff *diff)
{
    return conversation_diff_worst(diff) <= SEVERITY_MOVED ||
           diff->counts[CONVERSATION_EXTRA] + diff->counts[CONVERSATION_DUPLICATED] > 0;
}

static void attach(struct comparing *comparing, struct text what,
                   const struct conversation_diff *diff)
{
    struct differences differences;
    differences_init(&differences, &comparing->arena, NULL);
    conversation_diff_list(diff, &differences);
    comparing_attach(comparing, what, comparing->entries[0], print_differences, &differences);
}

static struct text title_of(const struct comparing *comparing)
{
    struct arena *arena = &comparing->step->world->arena;
    const struct conversation *live = comparing->live[0];
    if (comparing->live_count > 1) {
        return arena_format(arena, "%.*s conversation (%zu sockets)",
                            TEXT_ARG(step_argument(comparing->step, 0)), comparing->live_count);
    }
    struct text whose = comparing_whose(comparing, live->actor);
    return live->name.size == 0 ? arena_format(arena, "%.*s conversation", TEXT_ARG(whose))
                                : arena_format(arena, "%.*s conversation on the '%.*s' socket",
                                               TEXT_ARG(whose), TEXT_ARG(live->name));
}

static void fail_different(struct comparing *comparing, struct text what,
                           const struct conversation_diff *diff)
{
    struct step *step = comparing->step;
    CLEANUP(buffer_release) struct buffer detail;
    CLEANUP(buffer_release) struct buffer totals;
    buffer_init(&detail, DETAIL_LIMIT_BYTES);
    buffer_init(&totals, DETAIL_LIMIT_BYTES);
    for (size_t i = 0; i < CONVERSATION_CLASSES; i++) {
        if (diff->counts[i] > 0) {
            buffer_add_format(&totals, "%s%zu %s", totals.size > 0 ? ", " : "", diff->counts[i],
                              conversation_class_name((enum conversation_class)i));
        }
    }
    conversation_diff_print(&detail, diff);
    comparing_print_source(comparing, comparing->entries[0], &detail);
    step_fail(step, "%.*s is not as recorded: %.*s", TEXT_ARG(what),
              TEXT_ARG(buffer_text(&totals)));
    step->failure->kind = FAILURE_DIFFERENCE;
    step_detail(step, buffer_text(&detail));
    step_hint(step, "if production is to answer so: `bddrun accept`; if it may vary: a mask");
}

/* What was recorded after the check is no part of it: the end of a socket that is still open. */
static const struct conversation *left_of(struct comparing *comparing, size_t i)
{
    const struct conversation *left = redaction_conversation(
        comparing->recorded->redaction, &comparing->arena, comparing->entries[i]->conversation);
    if (is_over(comparing->live[i])) {
        return left;
    }
    struct conversation *open = ARENA_NEW(&comparing->arena, struct conversation);
    *open = *left;
    open->close = (struct conversation_close){ 0 };
    open->list = ARENA_ARRAY(&comparing->arena, left->count + 1, struct conversation_message);
    open->count = 0;
    for (size_t j = 0; j < left->count; j++) {
        if (left->list[j].kind != CONVERSATION_CLOSE) {
            open->list[open->count++] = left->list[j];
        }
    }
    return open;
}

/* Where the socket's protocol has the names of its events; empty: as usual. */
static struct text event_at(const struct comparing *comparing)
{
    for (size_t i = 0; i < comparing->cast.count; i++) {
        for (const struct actor_socket *at = comparing->cast.list[i]->sockets; at;
             at = at->next) {
            if (at->conversation == comparing->live[0] && !actor_socket_is_stream(at)) {
                return at->opening->options.event_at;
            }
        }
    }
    return TEXT_EMPTY;
}

static void compare(struct comparing *comparing)
{
    struct arena *arena = &comparing->arena;
    size_t count = comparing->live_count;
    const struct conversation **left = ARENA_ARRAY(arena, count, const struct conversation *);
    const struct conversation **right = ARENA_ARRAY(arena, count, const struct conversation *);
    for (size_t i = 0; i < count; i++) {
        left[i] = left_of(comparing, i);
        right[i] =
            redaction_conversation(comparing->recorded->redaction, arena, comparing->live[i]);
    }
    struct text what = title_of(comparing);
    const struct conversation_diff_options options = { .judge = comparing->judge,
                                                       .identity =
                                                           comparing->recorded->identity,
                                                       .event_at = event_at(comparing),
                                                       .place = what };
    (void)identity_notes(comparing->recorded->identity, &comparing->notes_told);
    struct conversation_diff diff;
    conversation_diff_compare_all(left, right, count, &options, arena, &diff);
    if (count > 1 && !conversation_diff_is_equal(&diff)) {
        /* Now every id is known, also those that the first socket met before the others: who got a
         * broadcast can be told. */
        conversation_diff_compare_all(left, right, count, &options, arena, &diff);
    }
    if (is_failure(&diff)) {
        fail_different(comparing, what, &diff);
    }
    if (!conversation_diff_is_equal(&diff)) {
        attach(comparing, what, &diff);
    }
    tell_facts(comparing, comparing->live[0], &diff);
}

static void finish(struct step *step, enum step_wait how)
{
    struct comparing *comparing = step->state;
    if (how == STEP_WAIT_CANCELLED) {
        step_fail_cancelled(step);
    } else {
        compare(comparing);
    }
    comparing_release(comparing);
}

void compare_conversations(struct comparing *comparing)
{
    struct step *step = comparing->step;
    comparing_begin_facts(comparing);
    if (!find_all(comparing)) {
        comparing_release(comparing);
        return;
    }
    step->state = comparing;
    step->is_done = has_all;
    step->finish = finish;
    step->deadline_ns = deadline_ns(comparing);
}
