/* SPDX-License-Identifier: MIT */
/*
 * What a worker asks the parent for while a scenario runs: an account, a session kept by another
 * scenario, that a session be kept, that a revision or the use of masks be
 * noted. A question is a byte of kind, the
 * size of the name (four bytes, host order), the name, the data; an answer a byte ('y' or 'n') and
 * data.
 */
#ifndef BDDRUN_RUN_DESK_QUESTION_H
#define BDDRUN_RUN_DESK_QUESTION_H

#include <stdbool.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"

enum question_kind {
    QUESTION_ACCOUNT = 'a',     /* answer: the row, in digits; 'n': a reason */
    QUESTION_KEEP = 'k',        /* name, data */
    QUESTION_FIND = 'f',        /* name; answer: data */
    QUESTION_REVISION = 'r',    /* service, revision */
    QUESTION_NO_REVISION = 'n', /* service, why */
    QUESTION_MASKS = 'm',       /* a byte for each mask of bddrun.yaml: '1' where it was used */
};

struct question {
    enum question_kind kind;
    struct text name;
    struct text data;
};

void question_print(struct buffer *out, const struct question *question);
bool question_read(struct text bytes, struct question *ret_question) MUST_CHECK;

#endif
