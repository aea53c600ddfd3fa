/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/alloc.h"
#include "cli/diff/diff_sections.h"
#include "diff/conversation/conversation_diff.h"
#include "diff/exchange_diff.h"
#include "diff/tree/sequence.h"
#include "diff/tree/shape.h"
#include "exchange/url.h"

/* "GET /api/lobby": what an entry is found by on the other side. */
static struct text label_of(struct arena *arena, const struct exchange *exchange)
{
    struct url url;
    bool is_known = url_parse(exchange->request.url, &url);
    struct text path = is_known ? url.path : exchange->request.url;
    return arena_format(arena, "%.*s %.*s", TEXT_ARG(exchange->request.method),
                        TEXT_ARG(path.size ? path : TEXT("/")));
}

struct entries {
    const struct recording *recording;
    struct text *labels; /* in the arena */
    struct sequence sequence;
    uint64_t *hashes; /* heap */
};

static void entries_init(struct entries *entries, const struct recording *recording,
                         struct arena *arena)
{
    *entries = (struct entries){ .recording = recording };
    entries->labels = ARENA_ARRAY(arena, recording->count, struct text);
    entries->hashes = realloc_or_die(NULL, recording->count + 1, sizeof *entries->hashes);
    for (size_t i = 0; i < recording->count; i++) {
        entries->labels[i] = label_of(arena, recording->list[i].exchange);
        entries->hashes[i] = shape_hash_text(entries->labels[i]);
    }
    entries->sequence = (struct sequence){ entries->hashes, recording->count };
}

static void report_lone(struct diff_sections *sections, const struct entries *entries,
                        size_t index, bool is_left)
{
    const struct exchange *exchange = entries->recording->list[index].exchange;
    struct text status = arena_format(sections->arena, "%u", exchange->response.status);
    struct difference_note note = { .class = is_left ? DIFFERENCE_MISSING : DIFFERENCE_ADDED,
                                    .path = TEXT("exchange"),
                                    .left = is_left ? status : TEXT_EMPTY,
                                    .right = is_left ? TEXT_EMPTY : status };
    struct diff_section *section = diff_sections_add(sections, entries->labels[index]);
    differences_add(&section->differences, &note);
    diff_sections_finish(sections, section);
}

static enum difference_class class_of(enum conversation_class class)
{
    static const enum difference_class classes[CONVERSATION_CLASSES] = {
        [CONVERSATION_CHANGED] = DIFFERENCE_CHANGED,
        [CONVERSATION_MISSING] = DIFFERENCE_MISSING,
        [CONVERSATION_EXTRA] = DIFFERENCE_ADDED,
        [CONVERSATION_DUPLICATED] = DIFFERENCE_ADDED,
        [CONVERSATION_REORDERED] = DIFFERENCE_MOVED,
        [CONVERSATION_LATE] = DIFFERENCE_LATE,
        [CONVERSATION_CLOSED_DIFFERENTLY] = DIFFERENCE_STATUS,
        [CONVERSATION_FACT] = DIFFERENCE_CHANGED,
        [CONVERSATION_RATE] = DIFFERENCE_CHANGED,
        [CONVERSATION_SHAPE] = DIFFERENCE_TYPE,
        [CONVERSATION_RECEIVERS] = DIFFERENCE_MISSING,
    };
    return classes[class];
}

static void add_finding(struct differences *differences,
                        const struct conversation_finding *finding)
{
    struct difference_note note = { .class = class_of(finding->class),
                                    .path = finding->stream,
                                    .left = finding->left,
                                    .right = finding->right };
    if (finding->path.size) {
        note.path = arena_format(differences->arena, "%.*s %.*s", TEXT_ARG(finding->stream),
                                 TEXT_ARG(finding->path));
    }
    differences_add(differences, &note);
}

/* What sockets said; of a file that kept no messages nothing is known. */
static void compare_talks(struct diff_sections *sections, struct text label,
                          const struct recorded_entry *left, const struct recorded_entry *right,
                          struct mask_judge *masks)
{
    if (!left->conversation || !right->conversation || !left->has_messages ||
        !right->has_messages) {
        return;
    }
    struct conversation_diff_options options = { .judge = masks,
                                                 .identity = sections->identity,
                                                 .place = label };
    struct conversation_diff diff;
    conversation_diff_compare(left->conversation, right->conversation, &options,
                              sections->arena, &diff);
    struct diff_section *section = diff_sections_add(sections, label);
    for (size_t i = 0; i < diff.count; i++) {
        add_finding(&section->differences, &diff.findings[i]);
    }
    for (size_t i = 0; i < diff.masked; i++) {
        differences_count(&section->differences, DIFFERENCE_CHANGED, TEXT("messages"),
                          TEXT("masks"));
    }
    diff_sections_finish(sections, section);
}

static void compare_entries(struct diff_sections *sections, const struct entries *left,
                            const struct entries *right, const uint32_t *to,
                            struct mask_judge *masks)
{
    bool *is_known = alloc_or_die(right->recording->count + 1, sizeof *is_known);
    for (size_t i = 0; i < left->recording->count; i++) {
        if (to[i] == SEQUENCE_NONE) {
            report_lone(sections, left, i, true);
            continue;
        }
        const struct recorded_entry *a = &left->recording->list[i];
        const struct recorded_entry *b = &right->recording->list[to[i]];
        bool lacks_body = a->body == RECORDED_BODY_ABSENT || b->body == RECORDED_BODY_ABSENT;
        struct exchange sides[2] = { *a->exchange, *b->exchange };
        struct exchange_pair pair = { .left = &sides[0], .right = &sides[1] };
        if (lacks_body) { /* nothing can be said of it */
            sides[0].response.body = TEXT_EMPTY;
            sides[1].response.body = TEXT_EMPTY;
        }
        is_known[to[i]] = true;
        diff_sections_exchange(sections, left->labels[i], &pair, masks);
        compare_talks(sections, left->labels[i], a, b, masks);
    }
    for (size_t i = 0; i < right->recording->count; i++) {
        if (!is_known[i]) {
            report_lone(sections, right, i, false);
        }
    }
    free(is_known);
}

void diff_sections_recordings(struct diff_sections *sections, const struct recording *left,
                              const struct recording *right, struct mask_judge *masks)
{
    struct entries lefts;
    struct entries rights;
    entries_init(&lefts, left, sections->arena);
    entries_init(&rights, right, sections->arena);
    uint32_t *to = realloc_or_die(NULL, left->count + 1, sizeof *to);
    sequence_align(lefts.sequence, rights.sequence, to);
    compare_entries(sections, &lefts, &rights, to, masks);
    free(to);
    free(lefts.hashes);
    free(rights.hashes);
}
