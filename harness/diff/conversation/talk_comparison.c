/* SPDX-License-Identifier: MIT */
#include "diff/conversation/talk_comparison.h"

struct talk_finding *talk_comparison_find(struct talk_comparison *comparison, uint32_t stream,
                                          enum conversation_class class,
                                          enum difference_severity severity)
{
    const struct stream *of = &comparison->streams.list[stream];
    struct talk_finding *finding =
        talk_findings_add(comparison->findings, class, severity, of->label);
    comparison->told[stream].findings++;
    if (finding) {
        finding->receiver = comparison->receiver;
        finding->is_received = !of->is_sent;
    }
    return finding;
}

const struct judge *talk_comparison_judge(struct talk_comparison *comparison, struct text event,
                                          const struct talk_event *left,
                                          const struct talk_event *right)
{
    if (!comparison->options->judge) {
        return NULL;
    }
    comparison->scene.event = event;
    comparison->scene.left_root = left ? left->json : NULL;
    comparison->scene.right_root = right ? right->json : NULL;
    comparison->scene.left_ns = left ? left->at_ns : 0;
    comparison->scene.right_ns = right ? right->at_ns : 0;
    return mask_judge_begin(comparison->options->judge, &comparison->scene);
}

const void *talk_comparison_root(const struct judge *judge, bool is_json)
{
    return judge_enter(judge, is_json ? JUDGED_JSON : JUDGED_TEXT, TEXT_EMPTY);
}

/* Whether a live event without a partner says what its neighbour in the stream says, which has
 * one: it was sent twice. Where the recording repeats itself, too, that means nothing. */
static bool repeats(const struct talk_comparison *comparison, const struct stream *stream,
                    size_t place, size_t neighbour)
{
    const struct talk_event *extra = &comparison->right.events[stream->right[place]];
    const struct talk_event *other = &comparison->right.events[stream->right[neighbour]];
    if (other->partner >= TALK_DROPPED || other->hash != extra->hash) {
        return false;
    }
    size_t same = 0;
    uint32_t recorded = other->partner;
    for (size_t i = 0; i < stream->left_count && same < 2; i++) {
        same += comparison->left.events[stream->left[i]].hash ==
                comparison->left.events[recorded].hash;
    }
    return same == 1;
}

static void tell_extra(struct talk_comparison *comparison, uint32_t number, size_t place)
{
    const struct stream *stream = &comparison->streams.list[number];
    const struct talk_event *event = &comparison->right.events[stream->right[place]];
    bool is_double =
        (place > 0 && repeats(comparison, stream, place, place - 1)) ||
        (place + 1 < stream->right_count && repeats(comparison, stream, place, place + 1));
    struct talk_finding *finding = talk_comparison_find(
        comparison, number, is_double ? CONVERSATION_DUPLICATED : CONVERSATION_EXTRA,
        SEVERITY_CHANGED);
    if (finding) {
        finding->shown.right =
            talk_findings_show(comparison->findings, event->name, event->data);
        finding->shown.right_index = event->index;
        finding->shown.note = is_double ? TEXT("sent twice") : TEXT("not recorded");
        finding->hash = event->hash;
    }
}

static void tell_missing(struct talk_comparison *comparison, const struct talk_event *event)
{
    struct talk_finding *finding = talk_comparison_find(
        comparison, event->stream, CONVERSATION_MISSING, SEVERITY_BREAKING);
    if (finding) {
        finding->shown.left =
            talk_findings_show(comparison->findings, event->name, event->data);
        finding->shown.left_index = event->index;
        finding->hash = event->hash;
    }
}

/* Pairs as recorded, one after the other: ids are bound where they are met first. */
void talk_comparison_run(struct talk_comparison *comparison)
{
    for (uint32_t i = 0; i < comparison->streams.count; i++) {
        talk_comparison_pair(comparison, i);
    }
    for (size_t i = 0; i < comparison->left.count; i++) {
        const struct talk_event *event = &comparison->left.events[i];
        if (event->partner == TALK_NONE) {
            tell_missing(comparison, event);
        } else if (event->partner != TALK_DROPPED) {
            talk_comparison_events(comparison, event,
                                   &comparison->right.events[event->partner]);
        }
    }
    for (uint32_t i = 0; i < comparison->streams.count; i++) {
        const struct stream *stream = &comparison->streams.list[i];
        for (size_t j = 0; j < stream->right_count; j++) {
            if (comparison->right.events[stream->right[j]].partner == TALK_NONE) {
                tell_extra(comparison, i, j);
            }
        }
    }
    talk_comparison_order(comparison);
    talk_comparison_late(comparison);
    talk_comparison_facts(comparison);
}
