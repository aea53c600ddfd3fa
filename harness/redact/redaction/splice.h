/* SPDX-License-Identifier: MIT */
/*
 * A text with some of its ranges replaced, from left to right. What is never replaced costs nothing:
 * the original comes back.
 */
#ifndef BDDRUN_REDACT_REDACTION_SPLICE_H
#define BDDRUN_REDACT_REDACTION_SPLICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"

struct splice {
    struct text original; /* borrowed */
    size_t copied;        /* bytes of the original that are in out, or replaced */
    bool has_changed;
    struct buffer out;
};

void splice_begin(struct splice *splice, struct text original);
void splice_release(struct splice *splice); /* for CLEANUP */

/* start lies at or after the end of the range replaced before. */
void splice_replace(struct splice *splice, size_t start, size_t end, struct text by);

/* As splice_replace where `by` differs from what stands there. */
void splice_update(struct splice *splice, size_t start, size_t end, struct text by);

/* The original, or the new text in the arena. */
struct text splice_end(struct splice *splice, struct arena *arena);

#endif
