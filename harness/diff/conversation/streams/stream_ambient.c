/* SPDX-License-Identifier: MIT */
/* Ticks, presence, numbers online: how many came and what they look like, not which. */
#include "diff/conversation/talk_comparison.h"
#include "diff/conversation/talk/talk_hash.h"
#include "diff/mask/mask_check.h"
#include "diff/mask/mask_shape.h"

enum { SHAPES_LIMIT = 16 };

/* The different shapes that were recorded. */
struct shapes {
    const struct talk_event *list[SHAPES_LIMIT];
    uint64_t hashes[SHAPES_LIMIT];
    size_t count;
};

static uint64_t shape_of(const struct talk_event *event)
{
    return event->json ? mask_shape_hash(event->json) : (uint64_t)event->is_binary;
}

static bool is_known(const struct shapes *shapes, uint64_t hash)
{
    for (size_t i = 0; i < shapes->count; i++) {
        if (shapes->hashes[i] == hash) {
            return true;
        }
    }
    return false;
}

static void gather(struct shapes *shapes, const struct talk *talk, const struct stream *stream)
{
    shapes->count = 0;
    for (size_t i = 0; i < stream->left_count && shapes->count < SHAPES_LIMIT; i++) {
        const struct talk_event *event = &talk->events[stream->left[i]];
        uint64_t hash = shape_of(event);
        if (!is_known(shapes, hash)) {
            shapes->hashes[shapes->count] = hash;
            shapes->list[shapes->count++] = event;
        }
    }
}

static bool fits(const struct shapes *shapes, const struct talk_event *event)
{
    if (is_known(shapes, shape_of(event))) {
        return true;
    }
    for (size_t i = 0; i < shapes->count && event->json; i++) {
        if (shapes->list[i]->json && mask_shape_fits(shapes->list[i]->json, event->json)) {
            return true;
        }
    }
    return false;
}

static void compare_shapes(struct talk_comparison *comparison, uint32_t number)
{
    const struct stream *stream = &comparison->streams.list[number];
    struct shapes shapes;
    struct talk_finding *finding = NULL;
    size_t others = 0;
    gather(&shapes, &comparison->left, stream);
    for (size_t i = 0; i < stream->right_count && shapes.count; i++) {
        const struct talk_event *event = &comparison->right.events[stream->right[i]];
        if (fits(&shapes, event)) {
            continue;
        }
        others++;
        if (!finding && others == 1) {
            finding =
                talk_comparison_find(comparison, number, CONVERSATION_SHAPE, SEVERITY_BREAKING);
        }
        if (finding && others == 1) {
            finding->shown.left = talk_findings_show(comparison->findings, shapes.list[0]->name,
                                                     shapes.list[0]->data);
            finding->shown.right =
                talk_findings_show(comparison->findings, event->name, event->data);
            finding->shown.left_index = shapes.list[0]->index;
            finding->shown.right_index = event->index;
        }
    }
    if (finding && others > 1) {
        finding->shown.note =
            arena_format(comparison->arena, "%zu messages of another shape", others);
    }
}

/* From the first to the last event of a talk. */
static double seconds_of(const struct talk *talk)
{
    if (talk->count < 2 || talk->events[talk->count - 1].at_ns <= talk->events[0].at_ns) {
        return 0;
    }
    return (double)(talk->events[talk->count - 1].at_ns - talk->events[0].at_ns) / 1e9;
}

/* So many as recorded, or as often: a talk that lasts longer has more ticks. */
static bool is_count_allowed(const struct talk_comparison *comparison,
                             const struct stream *stream, const struct mask *mask)
{
    double left = seconds_of(&comparison->left);
    double right = seconds_of(&comparison->right);
    if (mask->rule == MASK_TYPE || mask->rule == MASK_PRESENT) {
        return (stream->left_count > 0) == (stream->right_count > 0);
    }
    if (mask_check_count(mask, stream->left_count, stream->right_count)) {
        return true;
    }
    if (mask->rule != MASK_NUMBER || left <= 0 || right <= 0) {
        return false;
    }
    double expected = (double)stream->left_count * right / left;
    return mask_check_count(mask, (uint64_t)(expected + 0.5), stream->right_count);
}

static struct text count_of(struct talk_comparison *comparison, size_t count)
{
    return arena_format(comparison->arena, "%zu message%s", count, count == 1 ? "" : "s");
}

void talk_comparison_ambient(struct talk_comparison *comparison, uint32_t number,
                             const struct mask *mask)
{
    const struct stream *stream = &comparison->streams.list[number];
    if (!is_count_allowed(comparison, stream, mask)) {
        struct talk_finding *finding =
            talk_comparison_find(comparison, number, CONVERSATION_RATE,
                                 stream->right_count ? SEVERITY_CHANGED : SEVERITY_BREAKING);
        if (finding) {
            finding->shown.left = count_of(comparison, stream->left_count);
            finding->shown.right = count_of(comparison, stream->right_count);
            finding->shown.note = mask->shown;
        }
    }
    if (mask->rule != MASK_PRESENT) {
        compare_shapes(comparison, number);
    }
    comparison->diff->masked += stream->right_count;
}
