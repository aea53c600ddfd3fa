/* SPDX-License-Identifier: MIT */
#include "diff/conversation/receivers.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "diff/conversation/talk/talk_hash.h"

enum { GROUPS_LIMIT = 256, NAMES_LIMIT_BYTES = 4096 };

/* Broadcasts of one stream that the same receivers lost or came to. */
struct group {
    struct text stream;
    struct text recorded;
    struct text live;
    struct text changed; /* who lost it, or got it */
    bool is_lost;
    size_t messages;
    struct conversation_finding first;
};

struct gathering {
    struct receivers *receivers;
    struct talk_findings *findings;
    struct arena *arena;
    struct group groups[GROUPS_LIMIT];
    size_t count;
};

void receivers_release(struct receivers *receivers)
{
    free(receivers->recorded.list);
    free(receivers->live.list);
}

static uint64_t key_of(struct text stream, uint64_t hash)
{
    return talk_hash_mix(text_hash(stream) + talk_hash_mix(hash));
}

static void add(struct receipts *receipts, uint64_t key, uint32_t receiver)
{
    receipts->list = grow_or_die(receipts->list, receipts->count, &receipts->capacity,
                                 sizeof *receipts->list);
    receipts->list[receipts->count++] = (struct receipt){ key, receiver };
}

static void add_talk(struct receipts *receipts, uint32_t receiver,
                     const struct streams *streams, const struct talk *talk)
{
    for (size_t i = 0; i < talk->count; i++) {
        const struct stream *stream = &streams->list[talk->events[i].stream];
        if (!stream->is_sent) {
            add(receipts, key_of(stream->label, talk->events[i].hash), receiver);
        }
    }
}

void receivers_add(struct receivers *receivers, uint32_t receiver,
                   const struct streams *streams, const struct talk *left,
                   const struct talk *right)
{
    add_talk(&receivers->recorded, receiver, streams, left);
    add_talk(&receivers->live, receiver, streams, right);
}

static int compare_receipts(const void *a, const void *b)
{
    const struct receipt *left = a;
    const struct receipt *right = b;
    if (left->key != right->key) {
        return left->key < right->key ? -1 : 1;
    }
    return (left->receiver > right->receiver) - (left->receiver < right->receiver);
}

static void sort(struct receipts *receipts)
{
    if (receipts->count) {
        qsort(receipts->list, receipts->count, sizeof *receipts->list, compare_receipts);
    }
}

static size_t first_of(const struct receipts *receipts, uint64_t key)
{
    size_t low = 0;
    size_t high = receipts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (receipts->list[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Which receivers got the message; returns how many. */
static size_t mark(const struct receipts *receipts, uint64_t key, bool *got, size_t count)
{
    size_t marked = 0;
    memset(got, 0, count * sizeof *got);
    for (size_t i = first_of(receipts, key);
         i < receipts->count && receipts->list[i].key == key; i++) {
        marked += !got[receipts->list[i].receiver];
        got[receipts->list[i].receiver] = true;
    }
    return marked;
}

/* "alice, bob and carol" of those who are in `in` and not in `out` (NULL: nobody is). */
static struct text names_of(const struct gathering *gathering, const bool *in, const bool *out)
{
    struct buffer names CLEANUP(buffer_release);
    size_t left = 0;
    const struct receivers *receivers = gathering->receivers;
    buffer_init(&names, NAMES_LIMIT_BYTES);
    for (size_t i = 0; i < receivers->count; i++) {
        left += in[i] && !(out && out[i]);
    }
    for (size_t i = 0; i < receivers->count; i++) {
        if (in[i] && !(out && out[i])) {
            left--;
            buffer_add(&names, receivers->actors[i]);
            buffer_add_string(&names, left > 1 ? ", " : left == 1 ? " and " : "");
        }
    }
    return arena_text(gathering->arena, buffer_text(&names));
}

static struct group *find_group(struct gathering *gathering, const struct group *like)
{
    for (size_t i = 0; i < gathering->count; i++) {
        struct group *group = &gathering->groups[i];
        if (group->is_lost == like->is_lost && text_equal(group->stream, like->stream) &&
            text_equal(group->changed, like->changed) &&
            text_equal(group->recorded, like->recorded)) {
            return group;
        }
    }
    if (gathering->count == GROUPS_LIMIT) {
        return NULL;
    }
    gathering->groups[gathering->count] = *like;
    return &gathering->groups[gathering->count++];
}

/* True when the message was, or now is, a broadcast: it is then told in a group. */
static bool take(struct gathering *gathering, const struct talk_finding *finding,
                 bool *recorded, bool *live, bool is_first)
{
    size_t count = gathering->receivers->count;
    uint64_t key = key_of(finding->shown.stream, finding->hash);
    size_t of_recorded = mark(&gathering->receivers->recorded, key, recorded, count);
    size_t of_live = mark(&gathering->receivers->live, key, live, count);
    if (of_recorded < 2 && of_live < 2) {
        return false;
    }
    bool is_lost = finding->shown.class == CONVERSATION_MISSING;
    struct group like = { .stream = finding->shown.stream,
                          .is_lost = is_lost,
                          .recorded = names_of(gathering, recorded, NULL),
                          .live = names_of(gathering, live, NULL),
                          .changed = names_of(gathering, is_lost ? recorded : live,
                                              is_lost ? live : recorded),
                          .first = finding->shown };
    struct group *group = like.changed.size ? find_group(gathering, &like) : NULL;
    if (group) {
        group->messages += is_first;
    }
    return group;
}

static int compare_keys(const void *a, const void *b)
{
    const struct talk_finding *left = *(struct talk_finding *const *)a;
    const struct talk_finding *right = *(struct talk_finding *const *)b;
    int by_stream = text_compare(left->shown.stream, right->shown.stream);
    if (by_stream || left->hash != right->hash) {
        return by_stream ? by_stream : left->hash < right->hash ? -1 : 1;
    }
    return (left > right) - (left < right);
}

static void tell(struct gathering *gathering, const struct group *group)
{
    bool is_all = group->is_lost && group->live.size == 0;
    struct talk_finding *finding =
        talk_findings_add(gathering->findings, CONVERSATION_RECEIVERS,
                          group->is_lost ? SEVERITY_BREAKING : SEVERITY_CHANGED, group->stream);
    if (!finding) {
        return;
    }
    finding->receiver = UINT32_MAX; /* nobody's own */
    finding->shown.left = group->recorded;
    finding->shown.right = group->live;
    finding->shown.left_index = group->first.left_index;
    finding->shown.right_index = group->first.right_index;
    const char *what = group->is_lost ? "no longer get" : "now get";
    const char *ending = text_contains(group->changed, TEXT(" and ")) ? "" : "s";
    finding->shown.note =
        is_all ? arena_format(gathering->arena, "nobody gets it any more (%zu message%s)",
                              group->messages, group->messages == 1 ? "" : "s")
               : arena_format(gathering->arena, "%.*s %s%s it%s (%zu message%s)",
                              TEXT_ARG(group->changed), what, ending,
                              group->is_lost ? "" : ", too", group->messages,
                              group->messages == 1 ? "" : "s");
}

/* The findings about lone messages, in the order of what they say. */
static struct talk_finding **lone_findings(const struct talk_findings *findings,
                                           size_t *ret_count)
{
    struct talk_finding **list =
        alloc_or_die(findings->count + 1, sizeof(struct talk_finding *));
    *ret_count = 0;
    for (size_t i = 0; i < findings->count; i++) {
        struct talk_finding *finding = &findings->list[i];
        bool is_lone = finding->shown.class == CONVERSATION_MISSING ||
                       finding->shown.class == CONVERSATION_EXTRA;
        if (is_lone && finding->is_received) {
            list[(*ret_count)++] = finding;
        }
    }
    if (*ret_count) {
        qsort(list, *ret_count, sizeof *list, compare_keys);
    }
    return list;
}

void receivers_gather(struct receivers *receivers, struct talk_findings *findings,
                      struct arena *arena)
{
    struct gathering *gathering = alloc_or_die(1, sizeof *gathering);
    bool *recorded = alloc_or_die(receivers->count + 1, sizeof(bool));
    bool *live = alloc_or_die(receivers->count + 1, sizeof(bool));
    size_t count;
    struct talk_finding **list = lone_findings(findings, &count);
    *gathering =
        (struct gathering){ .receivers = receivers, .findings = findings, .arena = arena };
    sort(&receivers->recorded);
    sort(&receivers->live);
    for (size_t i = 0; i < count; i++) {
        bool is_first = i == 0 || list[i]->hash != list[i - 1]->hash ||
                        !text_equal(list[i]->shown.stream, list[i - 1]->shown.stream);
        if (take(gathering, list[i], recorded, live, is_first)) {
            list[i]->is_taken = true;
            findings->counts[list[i]->shown.class]--;
        }
    }
    free(list);
    for (size_t i = 0; i < gathering->count; i++) {
        tell(gathering, &gathering->groups[i]);
    }
    free(recorded);
    free(live);
    free(gathering);
}
