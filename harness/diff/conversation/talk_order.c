/* SPDX-License-Identifier: MIT */
/* The order between streams, and how long answers took. */
#include <stdlib.h>

#include "base/alloc.h"
#include "diff/conversation/talk_comparison.h"
#include "diff/tree/sequence.h"

static void tell_reordered(struct talk_comparison *comparison, const struct talk_event *left)
{
    const struct talk_event *right = &comparison->right.events[left->partner];
    struct talk_finding *finding =
        talk_comparison_find(comparison, left->stream, CONVERSATION_REORDERED, SEVERITY_MOVED);
    if (finding) {
        finding->shown.left = talk_findings_show(comparison->findings, left->name, left->data);
        finding->shown.note = TEXT("between messages of other streams");
        finding->shown.left_index = left->index;
        finding->shown.right_index = right->index;
    }
}

/* In each stream the order is settled; what is out of order among all pairs is so between streams. */
void talk_comparison_order(struct talk_comparison *comparison)
{
    size_t count = comparison->left.count;
    uint32_t *to = alloc_or_die(count + 1, sizeof *to);
    bool *is_moved = alloc_or_die(count + 1, sizeof *is_moved);
    for (size_t i = 0; i < count; i++) {
        uint32_t partner = comparison->left.events[i].partner;
        to[i] = partner < TALK_DROPPED ? partner : SEQUENCE_NONE;
    }
    sequence_find_moved(to, count, is_moved);
    for (size_t i = 0; i < count; i++) {
        if (is_moved[i]) {
            comparison->diff->moved++;
            if (comparison->options->order == CONVERSATION_ORDER_STRICT) {
                tell_reordered(comparison, &comparison->left.events[i]);
            }
        }
    }
    free(to);
    free(is_moved);
}

/* What an event waited for: the call that it answers, else what was sent last before it. */
static uint32_t cause_of(const struct talk *talk, uint32_t event, uint32_t last_sent)
{
    return talk->events[event].cause != TALK_NONE ? talk->events[event].cause : last_sent;
}

/* By event: how long after its cause it came; 0 where it has none. */
static uint64_t *delays_of(const struct talk *talk)
{
    uint64_t *delays = alloc_or_die(talk->count + 1, sizeof *delays);
    uint32_t last_sent = TALK_NONE;
    for (uint32_t i = 0; i < talk->count; i++) {
        uint32_t cause = cause_of(talk, i, last_sent);
        if (talk->events[i].is_sent) {
            last_sent = i;
        } else if (cause != TALK_NONE && talk->events[i].at_ns > talk->events[cause].at_ns) {
            delays[i] = talk->events[i].at_ns - talk->events[cause].at_ns;
        }
    }
    return delays;
}

static int compare_delays(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a;
    uint64_t right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* Of each stream: its recorded 95th percentile, times the factor, at least the floor. */
static uint64_t *limits_of(const struct talk_comparison *comparison, const uint64_t *delays)
{
    const struct conversation_diff_options *options = comparison->options;
    uint64_t *limits = alloc_or_die(comparison->streams.count + 1, sizeof *limits);
    uint64_t *sorted = alloc_or_die(comparison->left.count + 1, sizeof *sorted);
    for (size_t i = 0; i < comparison->streams.count; i++) {
        const struct stream *stream = &comparison->streams.list[i];
        for (size_t j = 0; j < stream->left_count; j++) {
            sorted[j] = delays[stream->left[j]];
        }
        if (stream->left_count) {
            qsort(sorted, stream->left_count, sizeof *sorted, compare_delays);
            uint64_t p95 = sorted[(stream->left_count * 95 + 99) / 100 - 1];
            limits[i] = (uint64_t)((double)p95 * options->late_factor);
        }
        limits[i] = limits[i] > options->late_floor_ns ? limits[i] : options->late_floor_ns;
    }
    free(sorted);
    return limits;
}

void talk_comparison_late(struct talk_comparison *comparison)
{
    if (comparison->options->late_factor <= 0) {
        return;
    }
    uint64_t *recorded = delays_of(&comparison->left);
    uint64_t *live = delays_of(&comparison->right);
    uint64_t *limits = limits_of(comparison, recorded);
    for (size_t i = 0; i < comparison->left.count; i++) {
        const struct talk_event *left = &comparison->left.events[i];
        uint64_t own = (uint64_t)((double)recorded[i] * comparison->options->late_factor);
        if (left->partner >= TALK_DROPPED || live[left->partner] <= limits[left->stream] ||
            live[left->partner] <= own) {
            continue;
        }
        struct talk_finding *finding =
            talk_comparison_find(comparison, left->stream, CONVERSATION_LATE, SEVERITY_CHANGED);
        if (finding) {
            finding->shown.left =
                arena_format(comparison->arena, "after %.0f ms", (double)recorded[i] / 1e6);
            finding->shown.right = arena_format(comparison->arena, "after %.0f ms",
                                                (double)live[left->partner] / 1e6);
            finding->shown.left_index = left->index;
            finding->shown.right_index = comparison->right.events[left->partner].index;
        }
    }
    free(recorded);
    free(live);
    free(limits);
}
