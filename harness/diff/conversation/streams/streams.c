/* SPDX-License-Identifier: MIT */
#include "diff/conversation/streams/streams.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/escape.h"

enum { LABEL_LIMIT_BYTES = 400, FIRST_SLOTS = 64 };

struct table {
    struct stream *list; /* heap */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* heap; 1-based */
    size_t mask;
};

static uint64_t hash_of(const struct talk_event *event)
{
    uint64_t hash = text_hash(event->name) * 31 + text_hash(event->channel);
    hash = hash * 4 + (uint64_t)event->is_sent * 2 + (uint64_t)event->is_reply;
    return hash ^ hash >> 29;
}

static bool is_of(const struct stream *stream, const struct talk_event *event)
{
    return stream->is_sent == event->is_sent && stream->is_reply == event->is_reply &&
           text_equal(stream->name, event->name) && text_equal(stream->channel, event->channel);
}

static void add_quoted(struct buffer *out, struct text text)
{
    buffer_add_byte(out, '"');
    escape_line(out, text);
    buffer_add_byte(out, '"');
}

static struct text label_of(const struct stream *stream, struct arena *arena)
{
    struct buffer label CLEANUP(buffer_release);
    buffer_init(&label, LABEL_LIMIT_BYTES);
    buffer_add_string(&label, stream->is_sent ? "sent " : "received ");
    if (stream->is_reply) {
        buffer_add_string(&label, "answers");
        buffer_add_string(&label, stream->name.size ? " to " : "");
    }
    if (stream->name.size) {
        add_quoted(&label, stream->name);
    } else if (!stream->is_reply) {
        buffer_add_string(&label, "messages");
    }
    if (stream->channel.size) {
        buffer_add_string(&label, " on ");
        add_quoted(&label, stream->channel);
    }
    return arena_text(arena, buffer_text(&label));
}

static void rehash(struct table *table)
{
    size_t size = table->mask ? (table->mask + 1) * 2 : FIRST_SLOTS;
    free(table->slots);
    table->slots = alloc_or_die(size, sizeof *table->slots);
    table->mask = size - 1;
    for (uint32_t i = 0; i < table->count; i++) {
        struct talk_event like = { .is_sent = table->list[i].is_sent,
                                   .is_reply = table->list[i].is_reply,
                                   .name = table->list[i].name,
                                   .channel = table->list[i].channel };
        size_t slot = hash_of(&like) & table->mask;
        while (table->slots[slot]) {
            slot = (slot + 1) & table->mask;
        }
        table->slots[slot] = i + 1;
    }
}

static uint32_t find_or_add(struct table *table, const struct talk_event *event,
                            struct arena *arena)
{
    if (table->count * 2 >= table->mask) {
        rehash(table);
    }
    size_t slot = hash_of(event) & table->mask;
    while (table->slots[slot]) {
        if (is_of(&table->list[table->slots[slot] - 1], event)) {
            return table->slots[slot] - 1;
        }
        slot = (slot + 1) & table->mask;
    }
    table->list = grow_or_die(table->list, table->count, &table->capacity, sizeof *table->list);
    struct stream *stream = &table->list[table->count];
    *stream = (struct stream){ .is_sent = event->is_sent,
                               .is_reply = event->is_reply,
                               .name = event->name,
                               .channel = event->channel };
    stream->label = label_of(stream, arena);
    table->slots[slot] = (uint32_t)++table->count;
    return table->slots[slot] - 1;
}

void streams_make(struct streams *streams, struct talk *left, struct talk *right,
                  struct arena *arena)
{
    struct table table = { .list = NULL };
    for (size_t i = 0; i < left->count; i++) {
        left->events[i].stream = find_or_add(&table, &left->events[i], arena);
        table.list[left->events[i].stream].left_count++;
    }
    for (size_t i = 0; i < right->count; i++) {
        right->events[i].stream = find_or_add(&table, &right->events[i], arena);
        table.list[right->events[i].stream].right_count++;
    }
    streams->count = table.count;
    streams->list = ARENA_ARRAY(arena, table.count, struct stream);
    for (size_t i = 0; i < table.count; i++) {
        struct stream *stream = &streams->list[i];
        *stream = table.list[i];
        stream->left = ARENA_ARRAY(arena, stream->left_count, uint32_t);
        stream->right = ARENA_ARRAY(arena, stream->right_count, uint32_t);
        stream->left_count = stream->right_count = 0;
    }
    for (uint32_t i = 0; i < left->count; i++) {
        struct stream *stream = &streams->list[left->events[i].stream];
        stream->left[stream->left_count++] = i;
    }
    for (uint32_t i = 0; i < right->count; i++) {
        struct stream *stream = &streams->list[right->events[i].stream];
        stream->right[stream->right_count++] = i;
    }
    free(table.list);
    free(table.slots);
}
