/* SPDX-License-Identifier: MIT */
/* The events of two talks by stream: direction, channel or namespace, name. */
#ifndef BDDRUN_DIFF_CONVERSATION_STREAMS_STREAMS_H
#define BDDRUN_DIFF_CONVERSATION_STREAMS_STREAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "diff/conversation/talk/talk.h"

struct stream {
    bool is_sent;
    bool is_reply;
    struct text name;
    struct text channel;
    struct text label; /* `received "seat.taken" on "table.7"` */
    uint32_t *left;    /* places in the talk's events */
    size_t left_count;
    uint32_t *right;
    size_t right_count;
};

struct streams {
    struct stream *list; /* in the order in which they first occur */
    size_t count;
};

/* In the arena; sets `stream` of all events. */
void streams_make(struct streams *streams, struct talk *left, struct talk *right,
                  struct arena *arena);

#endif
