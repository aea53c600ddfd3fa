/* SPDX-License-Identifier: MIT */
/*
 * What a socket of an actor has got, in the order of arrival: an append-only list of decoded
 * events. A step takes the first unread one that fits and leaves the others; nothing is ever
 * removed. What passes a limit is not kept, and says so in is_full: whoever adds ends the socket.
 * Everything but the list lives in the world's arena.
 */
#ifndef BDDRUN_WORLD_INBOX_H
#define BDDRUN_WORLD_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "protocol/protocol_sink.h"

enum { INBOX_EVENTS_LIMIT = 100000, INBOX_BYTES_LIMIT = 64 << 20 };

struct actor_socket;
struct json_value;

struct inbox_event {
    struct protocol_event is;
    struct actor_socket *socket;
    size_t message;     /* of the conversation: the frame that ended it */
    uint64_t at_ns;     /* monotonic: its arrival */
    uint64_t caused_ns; /* monotonic: the newest request or message sent before; 0: none */
    bool is_read;       /* taken by a step, or answered by itself */
    bool is_ignored;
    bool is_parsed;
    const struct json_value *json; /* once is_parsed; NULL: not JSON */
};

struct inbox {
    struct inbox_event **list; /* heap */
    size_t count;
    size_t capacity;
    size_t unread_from; /* none before is unread */
    uint64_t bytes;     /* of names and data */
    bool is_full;
};

void inbox_release(struct inbox *inbox);

/* Adds a copy; what lies in `frame` (which lives in the arena) is not copied. NULL: it is full. */
struct inbox_event *inbox_add(struct inbox *inbox, struct arena *arena,
                              const struct inbox_event *event, struct text frame);

/* The first at or after *index that is neither read nor ignored, which becomes its index; NULL:
 * none. Replies are left out: only the call they answer takes them. */
struct inbox_event *inbox_unread(struct inbox *inbox, size_t *index);

void inbox_take(struct inbox_event *event);
size_t inbox_unread_count(const struct inbox *inbox);

/* The data as JSON; NULL: it is none. */
const struct json_value *inbox_event_json(struct inbox_event *event, struct arena *arena);

/* "tick" {"n":1}: name, channel and data on one line, escaped and shortened. */
void inbox_event_print(struct buffer *out, const struct inbox_event *event);

/* "+0.040 s": when it came, from zero_ns (monotonic). */
void inbox_event_print_time(struct buffer *out, const struct inbox_event *event,
                            uint64_t zero_ns);

/* A line for each event, the first and the last ones of a long list. */
void inbox_print(struct buffer *out, const struct inbox *inbox, uint64_t zero_ns);

#endif
