/* SPDX-License-Identifier: MIT */
/* Two conversations of one socket: how many events of each name, and what they say. */
#include "diff/conversation/streams/streams.h"
#include "diff/noise/noise_entry.h"

enum { NAME_LIMIT_BYTES = 1024 };

static struct text event_place(struct noise_entry *entry, struct text name, const char *more)
{
    struct buffer at CLEANUP(buffer_release);
    buffer_init(&at, NAME_LIMIT_BYTES);
    buffer_add_string(&at, "event ");
    noise_add_quoted(&at, name);
    buffer_add_string(&at, more);
    return arena_text(entry->arena, buffer_text(&at));
}

static void compare_counts(struct noise_entry *entry, const struct stream *stream)
{
    struct noise_found *found = noise_entry_meet(entry, event_place(entry, stream->name, ""));
    if (!found) {
        return;
    }
    double left = (double)stream->left_count;
    double right = (double)stream->right_count;
    found->place.kind = NOISE_COUNT;
    found->last_sample = entry->sample;
    if (stream->left_count == 0 || stream->right_count == 0) {
        found->place.refusal = NOISE_STRUCTURAL;
        return;
    }
    double spread = (left > right ? left - right : right - left) / left;
    if (spread > found->place.spread) {
        found->place.spread = spread;
    }
}

static void compare_stream(struct noise_entry *entry, const struct stream *stream,
                           const struct talk *left, const struct talk *right)
{
    struct text prefix = event_place(entry, stream->name, " JSON");
    if (stream->left_count != stream->right_count) {
        compare_counts(entry, stream);
        return;
    }
    for (size_t i = 0; i < stream->left_count; i++) {
        const struct talk_event *a = &left->events[stream->left[i]];
        const struct talk_event *b = &right->events[stream->right[i]];
        if (a->json && b->json) {
            noise_entry_documents(entry, prefix, a->json, b->json);
        }
    }
}

void noise_entry_conversations(struct noise_entry *entry, const struct conversation *left,
                               const struct conversation *right)
{
    struct arena arena CLEANUP(arena_release);
    struct talk_reading reading = { .protocol = talk_protocol(left) };
    struct talk left_talk;
    struct talk right_talk;
    struct streams streams;
    arena_init(&arena);
    talk_read(&left_talk, left, &reading, &arena);
    talk_read(&right_talk, right, &reading, &arena);
    streams_make(&streams, &left_talk, &right_talk, &arena);
    for (size_t i = 0; i < streams.count; i++) {
        compare_stream(entry, &streams.list[i], &left_talk, &right_talk);
    }
    talk_release(&left_talk);
    talk_release(&right_talk);
}
