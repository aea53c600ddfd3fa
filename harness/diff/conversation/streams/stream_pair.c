/* SPDX-License-Identifier: MIT */
/* The events of a stream, hashed under its masks and paired. */
#include <stdlib.h>

#include "base/alloc.h"
#include "diff/conversation/streams/stream_align.h"
#include "diff/conversation/talk_comparison.h"
#include "diff/conversation/talk/talk_hash.h"

/* What stream_align asks about likeness. */
struct asked {
    const struct stream *stream;
    const struct talk *left;
    const struct talk *right;
};

static double alike_texts(struct text left, struct text right)
{
    size_t least = left.size < right.size ? left.size : right.size;
    size_t most = left.size < right.size ? right.size : left.size;
    size_t head = 0;
    size_t tail = 0;
    while (head < least && left.at[head] == right.at[head]) {
        head++;
    }
    while (tail < least - head &&
           left.at[left.size - 1 - tail] == right.at[right.size - 1 - tail]) {
        tail++;
    }
    return most ? 0.1 + 0.9 * (double)(head + tail) / (double)most : 1;
}

/* The share of members that are equal. */
static double share_equal(const struct json_value *left, const struct json_value *right)
{
    size_t equal = 0;
    size_t most = left->count > right->count ? left->count : right->count;
    for (size_t i = 0; i < left->count; i++) {
        const struct json_value *member = &left->children[i];
        const struct json_value *other = json_member(right, json_key(member));
        equal += other && json_equal(member, other);
    }
    return most ? (double)equal / (double)most : 1;
}

/* From 0 to 1; of an object by its own members, so that a change deep inside is one of a part. */
static double alike_members(const struct json_value *left, const struct json_value *right)
{
    if (!right) {
        return 0;
    }
    return left->type == JSON_OBJECT && right->type == JSON_OBJECT
               ? share_equal(left, right)
               : (double)json_equal(left, right);
}

/* The share of members that are equal; the event's name, which all have, does not count. Where an
 * object has several members and none is the same, it is another message. */
static double alike_objects(const struct json_value *left, const struct json_value *right,
                            struct text event)
{
    double equal = 0;
    size_t names = 0;
    size_t most = left->count > right->count ? left->count : right->count;
    for (size_t i = 0; i < left->count; i++) {
        const struct json_value *member = &left->children[i];
        double share = alike_members(member, json_member(right, json_key(member)));
        bool is_name = share >= 1 && event.size && text_equal(json_text(member), event);
        names += is_name;
        equal += is_name ? 0 : share;
    }
    if (most - names < 2) {
        return 0.5 + equal / 2;
    }
    return equal / (double)(most - names);
}

/* The only event of its name, then and now: whatever it says, it is the same one. */
static bool is_lone(const struct stream *stream)
{
    return stream->name.size > 0 && stream->left_count == 1 && stream->right_count == 1;
}

static double alike(void *context, size_t left, size_t right)
{
    const struct asked *asked = context;
    const struct talk_event *a = &asked->left->events[asked->stream->left[left]];
    const struct talk_event *b = &asked->right->events[asked->stream->right[right]];
    if (!a->json || !b->json) {
        return alike_texts(a->data, b->data);
    }
    if (a->json->type != b->json->type) {
        return 0.05;
    }
    if (a->json->type != JSON_OBJECT) {
        return alike_texts(a->data, b->data);
    }
    double share = alike_objects(a->json, b->json, a->name);
    return share <= 0 && is_lone(asked->stream) ? 0.05 : share;
}

/* Sets the hashes of the events of one side, and returns them. */
static uint64_t *hash_side(struct talk_comparison *comparison, struct talk *talk,
                           const uint32_t *places, size_t count, struct text event)
{
    uint64_t *hashes = alloc_or_die(count + 1, sizeof *hashes);
    const struct judge *judge = talk_comparison_judge(comparison, event, NULL, NULL);
    struct talk_hashing hashing = { .judge = judge,
                                    .identity = comparison->options->identity,
                                    .is_live = talk == &comparison->right };
    const void *of_json = talk_comparison_root(judge, true);
    const void *of_text = talk_comparison_root(judge, false);
    for (size_t i = 0; i < count; i++) {
        struct talk_event *at = &talk->events[places[i]];
        hashing.at = at->json ? of_json : of_text;
        at->hash = talk_hash(at, &hashing);
        hashes[i] = at->hash;
    }
    return hashes;
}

/* The hashes of the member by which `by(…)` pairs; 0 where an event has none. */
static uint64_t *key_side(const struct talk *talk, const uint32_t *places, size_t count,
                          struct text key)
{
    uint64_t *keys = alloc_or_die(count + 1, sizeof *keys);
    for (size_t i = 0; i < count; i++) {
        const struct talk_event *at = &talk->events[places[i]];
        const struct json_value *member = at->json ? json_member(at->json, key) : NULL;
        keys[i] = member ? json_hash(member) : 0;
    }
    return keys;
}

static void take_pairs(struct talk_comparison *comparison, uint32_t number, const uint32_t *to,
                       const bool *is_moved)
{
    const struct stream *stream = &comparison->streams.list[number];
    bool counts = comparison->options->order != CONVERSATION_ORDER_UNORDERED;
    for (size_t i = 0; i < stream->left_count; i++) {
        if (to[i] == STREAM_NONE) {
            continue;
        }
        struct talk_event *left = &comparison->left.events[stream->left[i]];
        struct talk_event *right = &comparison->right.events[stream->right[to[i]]];
        left->partner = stream->right[to[i]];
        right->partner = stream->left[i];
        struct talk_finding *finding =
            is_moved[i] && counts ? talk_comparison_find(comparison, number,
                                                         CONVERSATION_REORDERED, SEVERITY_MOVED)
                                  : NULL;
        if (finding) {
            finding->shown.left =
                talk_findings_show(comparison->findings, left->name, left->data);
            finding->shown.left_index = left->index;
            finding->shown.right_index = right->index;
            finding->shown.note = arena_format(comparison->arena,
                                               "number %zu of its kind, recorded as number %zu",
                                               (size_t)to[i] + 1, i + 1);
        }
    }
}

static void align(struct talk_comparison *comparison, uint32_t number, const struct mask *order)
{
    const struct stream *stream = &comparison->streams.list[number];
    struct asked asked = { stream, &comparison->left, &comparison->right };
    struct stream_sides sides = { .left_count = stream->left_count,
                                  .right_count = stream->right_count,
                                  .alike = alike,
                                  .context = &asked };
    uint64_t *left = hash_side(comparison, &comparison->left, stream->left, stream->left_count,
                               stream->name);
    uint64_t *right = hash_side(comparison, &comparison->right, stream->right,
                                stream->right_count, stream->name);
    struct text key = order ? order->key : TEXT_EMPTY;
    uint64_t *left_keys = key_side(&comparison->left, stream->left, stream->left_count, key);
    uint64_t *right_keys =
        key_side(&comparison->right, stream->right, stream->right_count, key);
    uint32_t *to = alloc_or_die(stream->left_count + 1, sizeof *to);
    bool *is_moved = alloc_or_die(stream->left_count + 1, sizeof *is_moved);
    bool is_unordered = comparison->options->order == CONVERSATION_ORDER_UNORDERED;
    sides.left = left;
    sides.right = right;
    sides.left_keys = left_keys;
    sides.right_keys = right_keys;
    sides.order = order && order->rule == MASK_BY ? STREAM_KEYED
                  : order || is_unordered         ? STREAM_SET
                                                  : STREAM_IN_ORDER;
    comparison->told[number].is_too_different = stream_align(&sides, to, is_moved);
    take_pairs(comparison, number, to, is_moved);
    free(left);
    free(right);
    free(left_keys);
    free(right_keys);
    free(to);
    free(is_moved);
}

static void drop(struct talk_comparison *comparison, const struct stream *stream)
{
    for (size_t i = 0; i < stream->left_count; i++) {
        comparison->left.events[stream->left[i]].partner = TALK_DROPPED;
    }
    for (size_t i = 0; i < stream->right_count; i++) {
        comparison->right.events[stream->right[i]].partner = TALK_DROPPED;
    }
}

void talk_comparison_pair(struct talk_comparison *comparison, uint32_t number)
{
    const struct stream *stream = &comparison->streams.list[number];
    struct mask_stream masks = { NULL, NULL };
    struct mask_judge *judge = comparison->options->judge;
    if (judge) {
        comparison->scene.event = stream->name;
        masks = mask_judge_stream(judge, &comparison->scene);
    }
    if (masks.order) {
        mask_judge_used(judge, masks.order, true);
    }
    if (!masks.mask) {
        align(comparison, number, masks.order);
        return;
    }
    comparison->told[number].is_ambient = true;
    drop(comparison, stream);
    if (masks.mask->rule != MASK_IGNORE) {
        talk_comparison_ambient(comparison, number, masks.mask);
    } else {
        comparison->diff->masked += stream->left_count + stream->right_count;
    }
    mask_judge_used(judge, masks.mask, true);
}
