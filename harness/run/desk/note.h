/* SPDX-License-Identifier: MIT */
/*
 * The bytes of a note (MESSAGE_NOTE): what must be done if a worker dies within a scenario. A text
 * is its size (four bytes, host order) and its bytes; a record is a kind, a number and three texts.
 * Both ends are the same program.
 */
#ifndef BDDRUN_RUN_DESK_NOTE_H
#define BDDRUN_RUN_DESK_NOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"

enum note_kind {
    NOTE_SECRET,   /* a */
    NOTE_VARIABLE, /* a: its owner, b: name, c: value; number: enum variable_kind */
    NOTE_ACTOR,    /* a; number: has an account. The records below belong to the last one: */
    NOTE_ACCOUNT,  /* column a has the value b */
    NOTE_SESSION,  /* a: as packed */
    NOTE_GROUP,    /* a */
    NOTE_MEMBER,   /* actor a, of the last group */
    NOTE_PUT_OFF,  /* a step: number: which list (0: the scenario, else of "before") << 32
                           | its place there */
    NOTE_LOST,     /* a: text of a step put off inside a composite step */
    NOTE_AFTER,    /* number: the features that run after begin with this one */
};

struct note_record {
    enum note_kind kind;
    uint64_t number;
    struct text a;
    struct text b;
    struct text c;
};

void note_add_text(struct buffer *out, struct text text);
void note_add(struct buffer *out, const struct note_record *record);

/* Take it off the front of *rest; texts are borrowed from there. False at the end. */
bool note_take_text(struct text *rest, struct text *ret_text) MUST_CHECK;
bool note_take(struct text *rest, struct note_record *ret_record) MUST_CHECK;

#endif
