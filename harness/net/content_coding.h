/* SPDX-License-Identifier: MIT */
/*
 * The Content-Encoding of a response (RFC 9110, section 8.4), undone while its body comes, by us:
 * libcurl takes a body whose compressed data end too early for a whole one. Several codings are
 * undone in turn. Zeroed for a response without any. Private to net.
 */
#ifndef BDDRUN_NET_CONTENT_CODING_H
#define BDDRUN_NET_CONTENT_CODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"
#include "format/inflate.h"

#define CONTENT_CODINGS_ACCEPTED "gzip, deflate"

enum { CONTENT_CODINGS_LIMIT = 4, CONTENT_CODING_NAME_BYTES = 32 };

struct content_stage {
    struct inflate *inflate;
    enum inflate_form form;
    uint64_t made_bytes;
};

struct content_coding {
    struct content_stage stages[CONTENT_CODINGS_LIMIT]; /* in the order they were applied */
    size_t count;
    char unknown[CONTENT_CODING_NAME_BYTES]; /* the first that we do not know, perhaps cut */
    bool is_too_long;
    const struct content_stage *broken; /* NULL: sound so far */
};

void content_coding_release(struct content_coding *coding); /* zeroes it */

/* Takes the codings from a header line, if it is about them. */
void content_coding_read_line(struct content_coding *coding, struct text line);

/* Decodes the next part of the body to the end of body. False: it is broken, or, as body's
 * is_over_limit tells, larger than body's limit at some stage: then body is full. */
bool content_coding_decode(struct content_coding *coding, struct text part,
                           struct buffer *body) MUST_CHECK;

/* The body is over: false when its data are not. */
bool content_coding_end(struct content_coding *coding) MUST_CHECK;

bool content_coding_is_broken(const struct content_coding *coding);

/* Of a broken one: what was expected and what came; and what to do. */
void content_coding_print_fault(const struct content_coding *coding, struct buffer *output);
const char *content_coding_hint(const struct content_coding *coding);

#endif
