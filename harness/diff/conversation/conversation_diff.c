/* SPDX-License-Identifier: MIT */
#include "diff/conversation/conversation_diff.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "diff/conversation/talk_findings.h"
#include "diff/conversation/receivers.h"
#include "diff/conversation/talk_comparison.h"
#include "exchange/exchange.h"
#include "exchange/url.h"

static const char *const class_names[CONVERSATION_CLASSES] = {
    [CONVERSATION_CHANGED] = "changed",
    [CONVERSATION_MISSING] = "missing",
    [CONVERSATION_EXTRA] = "extra",
    [CONVERSATION_DUPLICATED] = "duplicated",
    [CONVERSATION_REORDERED] = "reordered",
    [CONVERSATION_LATE] = "late",
    [CONVERSATION_CLOSED_DIFFERENTLY] = "closed differently",
    [CONVERSATION_FACT] = "handshake",
    [CONVERSATION_RATE] = "rate",
    [CONVERSATION_SHAPE] = "shape",
    [CONVERSATION_RECEIVERS] = "broadcast",
};

const char *conversation_class_name(enum conversation_class class)
{
    return class_names[class];
}

/* Several connections being compared. */
struct comparing {
    const struct conversation_diff_options *options;
    struct arena *arena;
    struct talk_findings findings;
    struct receivers receivers;
    struct conversation_diff *diff;
    struct conversation_stream *streams; /* heap */
    size_t stream_capacity;
};

static void set_scene(struct talk_comparison *comparison)
{
    const struct exchange *handshake = comparison->right.conversation->handshake;
    struct url url;
    handshake = handshake ? handshake : comparison->left.conversation->handshake;
    comparison->scene = (struct mask_scene){ .method = TEXT("GET"),
                                             .url_path = TEXT_EMPTY,
                                             .place = comparison->options->place };
    if (handshake && url_parse(handshake->request.url, &url)) {
        comparison->scene.url_path = url.path;
    }
}

static void give_streams(struct comparing *comparing, const struct talk_comparison *comparison)
{
    struct conversation_diff *diff = comparing->diff;
    for (size_t i = 0; i < comparison->streams.count; i++) {
        const struct stream *stream = &comparison->streams.list[i];
        struct conversation_stream told = comparison->told[i];
        told.name = stream->label;
        told.event = arena_text(comparing->arena, stream->name);
        told.actor = comparison->right.conversation->actor;
        told.left_count = stream->left_count;
        told.right_count = stream->right_count;
        comparing->streams = grow_or_die(comparing->streams, diff->stream_count,
                                         &comparing->stream_capacity, sizeof told);
        comparing->streams[diff->stream_count++] = told;
    }
}

static void compare(struct comparing *comparing, const struct conversation *left,
                    const struct conversation *right, uint32_t receiver)
{
    struct talk_comparison comparison = { .options = comparing->options,
                                          .arena = comparing->arena,
                                          .findings = &comparing->findings,
                                          .diff = comparing->diff,
                                          .receiver = receiver };
    struct text protocol = talk_protocol(left);
    struct talk_reading reading = { protocol.size ? protocol : talk_protocol(right),
                                    comparing->options->event_at };
    talk_read(&comparison.left, left, &reading, comparing->arena);
    talk_read(&comparison.right, right, &reading, comparing->arena);
    set_scene(&comparison);
    streams_make(&comparison.streams, &comparison.left, &comparison.right, comparing->arena);
    comparison.told =
        ARENA_ARRAY(comparing->arena, comparison.streams.count, struct conversation_stream);
    talk_comparison_run(&comparison);
    comparing->diff->left_events += comparison.left.count;
    comparing->diff->right_events += comparison.right.count;
    if (comparing->receivers.count > 1) {
        receivers_add(&comparing->receivers, receiver, &comparison.streams, &comparison.left,
                      &comparison.right);
    }
    give_streams(comparing, &comparison);
    talk_release(&comparison.left);
    talk_release(&comparison.right);
}

static void tell_absent(struct comparing *comparing, const struct conversation *left,
                        const struct conversation *right, uint32_t receiver)
{
    const struct conversation *there = left ? left : right;
    struct talk_finding *finding =
        there
            ? talk_findings_add(
                  &comparing->findings, left ? CONVERSATION_MISSING : CONVERSATION_EXTRA,
                  left ? SEVERITY_BREAKING : SEVERITY_CHANGED,
                  there->name.size
                      ? arena_format(comparing->arena, "socket \"%.*s\"", TEXT_ARG(there->name))
                      : TEXT("socket"))
            : NULL;
    if (finding) {
        finding->receiver = receiver;
        finding->shown.note = left ? TEXT("it was not opened") : TEXT("not recorded");
    }
}

/* Whose it is, where there are several. */
static void name_receivers(struct comparing *comparing)
{
    for (size_t i = 0; i < comparing->findings.count; i++) {
        struct talk_finding *finding = &comparing->findings.list[i];
        if (finding->receiver < comparing->receivers.count) {
            finding->shown.stream =
                arena_format(comparing->arena, "%.*s: %.*s",
                             TEXT_ARG(comparing->receivers.actors[finding->receiver]),
                             TEXT_ARG(finding->shown.stream));
        }
    }
}

static const struct text *actors_of(const struct conversation *const *left,
                                    const struct conversation *const *right, size_t count,
                                    struct arena *arena)
{
    struct text *actors = ARENA_ARRAY(arena, count, struct text);
    for (size_t i = 0; i < count; i++) {
        const struct conversation *there = right[i] ? right[i] : left[i];
        actors[i] = there && there->actor.size ? there->actor
                                               : arena_format(arena, "socket %zu", i + 1);
    }
    return actors;
}

void conversation_diff_compare_all(const struct conversation *const *left,
                                   const struct conversation *const *right, size_t count,
                                   const struct conversation_diff_options *options,
                                   struct arena *arena, struct conversation_diff *ret_diff)
{
    struct comparing comparing = { .options = options, .arena = arena, .diff = ret_diff };
    *ret_diff = (struct conversation_diff){ .count = 0 };
    comparing.receivers.actors = actors_of(left, right, count, arena);
    comparing.receivers.count = count;
    talk_findings_init(&comparing.findings, options, arena);
    for (uint32_t i = 0; i < count; i++) {
        if (left[i] && right[i]) {
            compare(&comparing, left[i], right[i], i);
        } else {
            tell_absent(&comparing, left[i], right[i], i);
        }
    }
    if (count > 1) {
        receivers_gather(&comparing.receivers, &comparing.findings, arena);
        name_receivers(&comparing);
    }
    ret_diff->streams = ARENA_ARRAY(arena, ret_diff->stream_count, struct conversation_stream);
    if (ret_diff->stream_count) {
        memcpy(ret_diff->streams, comparing.streams,
               ret_diff->stream_count * sizeof *ret_diff->streams);
    }
    talk_findings_give(&comparing.findings, ret_diff);
    talk_findings_release(&comparing.findings);
    receivers_release(&comparing.receivers);
    free(comparing.streams);
}

void conversation_diff_compare(const struct conversation *left,
                               const struct conversation *right,
                               const struct conversation_diff_options *options,
                               struct arena *arena, struct conversation_diff *ret_diff)
{
    conversation_diff_compare_all(&left, &right, 1, options, arena, ret_diff);
}
