/* SPDX-License-Identifier: MIT */
/*
 * The lines of a file of any size, one at a time; the digest of all bytes read on the way, so that
 * what was weighed is what is named.
 */
#ifndef BDDRUN_GATE_EVIDENCE_LINES_H
#define BDDRUN_GATE_EVIDENCE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"

#define LINES_LIMIT_BYTES ((size_t)1 << 30) /* of one line */

struct digest;

struct lines {
    int descriptor;
    struct buffer buffer;
    size_t at; /* in the buffer: what was handed out lies before */
    struct digest *digest;
    uint64_t number; /* of the line handed out last, from 1 */
    uint64_t size_bytes;
    bool is_at_end;
    bool is_cut;  /* the last line has no end */
    int error;    /* errno of what went wrong, or 0 */
    bool is_long; /* a line passed the limit */
};

/* False with lines->error. Either way lines_release. */
bool lines_open(struct lines *lines, struct text path) MUST_CHECK;

/* Without its end; valid until the next call. False at the end, or after an error. */
bool lines_next(struct lines *lines, struct text *ret_line) MUST_CHECK;

/* Of all bytes, once the end was reached; empty otherwise. */
struct text lines_sha256(struct lines *lines, struct arena *arena);

void lines_release(struct lines *lines);

#endif
