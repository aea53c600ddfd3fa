/* SPDX-License-Identifier: MIT */
/*
 * What goes over the socketpair between the parent and a worker: four bytes of size (host order),
 * one of kind, then the body. Both ends are the same program.
 */
#ifndef BDDRUN_RUN_CREW_MESSAGE_H
#define BDDRUN_RUN_CREW_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"

enum message_kind {
    /* parent to worker */
    MESSAGE_ASSIGN, /* struct assignment, then its note */
    MESSAGE_CANCEL, /* end what runs, tear it down */
    MESSAGE_ANSWER, /* to the question asked last */
    /* worker to parent */
    MESSAGE_EVENT, /* a frame of event/codec.h */
    MESSAGE_ASK,   /* a question; what it says is the run's business */
    MESSAGE_NOTE,  /* kept with the assignment: for its teardown in another worker */
    MESSAGE_KIND_COUNT
};

enum { MESSAGE_LIMIT_BYTES = 80 << 20, MESSAGE_HEAD_BYTES = 5 };

struct message {
    enum message_kind kind;
    struct text body; /* borrowed from the bytes it was taken from */
};

/* Work for a worker. What index and attempt mean is the run's business. */
struct assignment {
    uint32_t index;
    uint32_t attempt;
    uint32_t generation; /* set by the crew */
    uint32_t number;     /* set by the crew */
    bool is_teardown;    /* only what the note says is to be done */
};

void message_add(struct buffer *out, enum message_kind kind, struct text body);
void message_add_assignment(struct buffer *out, const struct assignment *assignment,
                            struct text note);

enum message_result { MESSAGE_WHOLE, MESSAGE_INCOMPLETE, MESSAGE_BROKEN };

/* Takes one message off the front of *bytes. */
enum message_result message_take(struct text *bytes, struct message *ret_message) MUST_CHECK;

/* The body of a MESSAGE_ASSIGN. */
bool message_read_assignment(struct text body, struct assignment *ret_assignment,
                             struct text *ret_note) MUST_CHECK;

#endif
