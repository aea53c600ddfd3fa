/* SPDX-License-Identifier: MIT */
#include "diff/conversation/talk_findings.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/escape.h"

enum { SHOWN_BYTES = 200, SHOWN_LIMIT_BYTES = 4096 };

void talk_findings_init(struct talk_findings *findings,
                        const struct conversation_diff_options *options, struct arena *arena)
{
    *findings = (struct talk_findings){ .arena = arena, .options = options };
}

void talk_findings_release(struct talk_findings *findings)
{
    free(findings->list);
}

struct talk_finding *talk_findings_add(struct talk_findings *findings,
                                       enum conversation_class class,
                                       enum difference_severity severity, struct text stream)
{
    findings->counts[class]++;
    if (findings->count == FINDINGS_KEPT) {
        return NULL;
    }
    findings->list = grow_or_die(findings->list, findings->count, &findings->capacity,
                                 sizeof *findings->list);
    struct talk_finding *finding = &findings->list[findings->count++];
    *finding = (struct talk_finding){ .shown = { .class = class,
                                                 .severity = severity,
                                                 .stream = stream,
                                                 .path = TEXT_EMPTY,
                                                 .left = TEXT_EMPTY,
                                                 .right = TEXT_EMPTY,
                                                 .note = TEXT_EMPTY,
                                                 .left_index = CONVERSATION_NO_INDEX,
                                                 .right_index = CONVERSATION_NO_INDEX } };
    return finding;
}

struct text talk_findings_show(struct talk_findings *findings, struct text name,
                               struct text payload)
{
    const struct difference_shown *shown = findings->options->shown;
    struct buffer hidden CLEANUP(buffer_release);
    struct buffer line CLEANUP(buffer_release);
    buffer_init(&hidden, BUFFER_NO_LIMIT); /* the payload's, or what hides it */
    buffer_init(&line, SHOWN_LIMIT_BYTES);
    if (shown) {
        shown->print(shown->context, &hidden, name, payload);
        payload = buffer_text(&hidden);
    }
    size_t size = payload.size > SHOWN_BYTES ? SHOWN_BYTES : payload.size;
    while (size < payload.size && size > 0 &&
           ((unsigned char)payload.at[size] & 0xC0) == 0x80) {
        size--; /* no character is cut */
    }
    escape_line(&line, text_slice(payload, 0, size));
    if (size < payload.size) {
        buffer_add_format(&line, "… (%zu bytes)", payload.size);
    }
    return arena_text(findings->arena, buffer_text(&line));
}

static int compare_findings(const void *a, const void *b)
{
    const struct conversation_finding *left = a;
    const struct conversation_finding *right = b;
    if (left->severity != right->severity) {
        return left->severity < right->severity ? -1 : 1;
    }
    if (left->left_index != right->left_index) {
        return left->left_index < right->left_index ? -1 : 1;
    }
    if (left->right_index != right->right_index) {
        return left->right_index < right->right_index ? -1 : 1;
    }
    int by_class = (int)left->class - (int)right->class;
    return by_class ? by_class : text_compare(left->stream, right->stream);
}

void talk_findings_give(struct talk_findings *findings, struct conversation_diff *diff)
{
    size_t count = 0;
    size_t told = 0;
    struct conversation_finding *list =
        ARENA_ARRAY(findings->arena, findings->count, struct conversation_finding);
    for (size_t i = 0; i < findings->count; i++) {
        if (!findings->list[i].is_taken) {
            list[count++] = findings->list[i].shown;
        }
    }
    if (count) {
        qsort(list, count, sizeof *list, compare_findings);
    }
    for (size_t i = 0; i < CONVERSATION_CLASSES; i++) {
        diff->counts[i] = findings->counts[i];
        told += findings->counts[i];
    }
    diff->findings = list;
    diff->count = count < CONVERSATION_FINDINGS_LIMIT ? count : CONVERSATION_FINDINGS_LIMIT;
    diff->dropped = told - diff->count;
}
