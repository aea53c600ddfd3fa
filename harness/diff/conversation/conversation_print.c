/* SPDX-License-Identifier: MIT */
/* Conversations that differ, as people read them and as differences like those of bodies. */
#include "diff/conversation/conversation_diff.h"

enum { EXAMPLES = 3, PLACE_BYTES = 64 };

bool conversation_diff_is_equal(const struct conversation_diff *diff)
{
    return conversation_diff_worst(diff) == SEVERITY_MASKED;
}

enum difference_severity conversation_diff_worst(const struct conversation_diff *diff)
{
    return diff->count ? diff->findings[0].severity : SEVERITY_MASKED;
}

static enum difference_class class_of(const struct conversation_finding *finding)
{
    switch (finding->class) {
    case CONVERSATION_MISSING:
    case CONVERSATION_RECEIVERS:
        return finding->severity == SEVERITY_BREAKING ? DIFFERENCE_MISSING : DIFFERENCE_CHANGED;
    case CONVERSATION_REORDERED:
        return DIFFERENCE_MOVED;
    case CONVERSATION_LATE:
        return DIFFERENCE_LATE;
    case CONVERSATION_CLOSED_DIFFERENTLY:
        return DIFFERENCE_STATUS;
    case CONVERSATION_SHAPE:
        return DIFFERENCE_TYPE;
    case CONVERSATION_CHANGED:
        return finding->severity == SEVERITY_BREAKING        ? DIFFERENCE_TYPE
               : finding->severity == SEVERITY_INFORMATIONAL ? DIFFERENCE_ADDED
                                                             : DIFFERENCE_CHANGED;
    case CONVERSATION_EXTRA:
    case CONVERSATION_DUPLICATED:
    case CONVERSATION_FACT:
    case CONVERSATION_RATE:
        break;
    }
    return finding->severity == SEVERITY_BREAKING ? DIFFERENCE_MISSING : DIFFERENCE_CHANGED;
}

static struct text place_of(struct arena *arena, const struct conversation_finding *finding,
                            struct text path)
{
    bool has_left = finding->left_index != CONVERSATION_NO_INDEX;
    bool has_right = finding->right_index != CONVERSATION_NO_INDEX;
    if (has_left) {
        return arena_format(arena, "recorded message %u", finding->left_index + 1);
    }
    return has_right ? arena_format(arena, "message %u", finding->right_index + 1) : path;
}

void conversation_diff_list(const struct conversation_diff *diff,
                            struct differences *differences)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    for (size_t i = 0; i < diff->count; i++) {
        const struct conversation_finding *finding = &diff->findings[i];
        struct text path = finding->path.size
                               ? arena_format(&arena, "%.*s, %.*s", TEXT_ARG(finding->stream),
                                              TEXT_ARG(finding->path))
                               : finding->stream;
        const char *before = finding->right.size && finding->note.size ? "; " : "";
        struct text right = arena_format(&arena, "%.*s%s%.*s", TEXT_ARG(finding->right), before,
                                         TEXT_ARG(finding->note));
        struct difference_note note = { .class = class_of(finding),
                                        .path = path,
                                        .place = place_of(&arena, finding, path),
                                        .left = finding->left,
                                        .right = right };
        differences_add(differences, &note);
        arena_clear(&arena);
    }
}

static void print_one(struct buffer *out, const struct conversation_finding *finding)
{
    buffer_add_string(out, "    ");
    if (finding->path.size) {
        buffer_add_format(out, "%.*s: ", TEXT_ARG(finding->path));
    }
    if (finding->left.size) {
        buffer_add_format(out, "expected %.*s", TEXT_ARG(finding->left));
    }
    if (finding->right.size) {
        buffer_add_format(out, "%sactual %.*s", finding->left.size ? ", " : "",
                          TEXT_ARG(finding->right));
    }
    if (finding->note.size) {
        bool is_first = finding->left.size == 0 && finding->right.size == 0;
        buffer_add_format(out, is_first ? "%.*s" : "; %.*s", TEXT_ARG(finding->note));
    }
    buffer_add_byte(out, '\n');
}

static bool is_alike(const struct conversation_finding *a, const struct conversation_finding *b)
{
    return a->class == b->class && text_equal(a->stream, b->stream);
}

/* The findings of one class and stream from `from` on, unless they were told before. */
static void print_group(struct buffer *out, const struct conversation_diff *diff, size_t from)
{
    const struct conversation_finding *first = &diff->findings[from];
    size_t count = 0;
    for (size_t i = 0; i < from; i++) {
        if (is_alike(first, &diff->findings[i])) {
            return;
        }
    }
    for (size_t i = from; i < diff->count; i++) {
        count += is_alike(first, &diff->findings[i]);
    }
    buffer_add_format(out, "%s  %.*s", conversation_class_name(first->class),
                      TEXT_ARG(first->stream));
    if (count > 1) {
        buffer_add_format(out, ", %zu times", count);
    }
    buffer_add_byte(out, '\n');
    size_t shown = 0;
    for (size_t i = from; i < diff->count && shown < EXAMPLES; i++) {
        if (is_alike(first, &diff->findings[i])) {
            print_one(out, &diff->findings[i]);
            shown++;
        }
    }
}

static void print_counts(struct buffer *out, const struct conversation_diff *diff)
{
    const char *before = "";
    for (int i = 0; i < CONVERSATION_CLASSES; i++) {
        if (diff->counts[i]) {
            buffer_add_format(out, "%s%zu %s", before, diff->counts[i],
                              conversation_class_name((enum conversation_class)i));
            before = ", ";
        }
    }
    buffer_add_format(out, "%s%zu recorded and %zu live messages; %zu masked\n",
                      *before ? " of " : "no difference in ", diff->left_events,
                      diff->right_events, diff->masked);
}

void conversation_diff_print(struct buffer *out, const struct conversation_diff *diff)
{
    for (size_t i = 0; i < diff->count; i++) {
        print_group(out, diff, i);
    }
    print_counts(out, diff);
}
