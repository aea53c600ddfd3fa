/* SPDX-License-Identifier: MIT */
/*
 * Compressed data as it comes, decoded strictly: gzip (RFC 1952, several members allowed) and what
 * HTTP calls deflate (RFC 1950; bare RFC 1951, which many servers send, is told apart by the first
 * two bytes). A wrong checksum or length, an end too early and bytes after the end are faults. The
 * wrapper of zlib.
 */
#ifndef BDDRUN_FORMAT_INFLATE_H
#define BDDRUN_FORMAT_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/text.h"

enum inflate_form { INFLATE_GZIP, INFLATE_DEFLATE };

enum inflate_fault {
    INFLATE_SOUND,
    INFLATE_DAMAGED, /* not of this form, or changed on the way */
    INFLATE_LONGER,  /* something follows the end */
    INFLATE_CUT,     /* the end is missing */
};

struct inflate;

struct inflate *inflate_new(enum inflate_form form);
void inflate_free(struct inflate *inflate); /* NULL is fine */

/* Decodes from the front of *input, which is consumed, at most room bytes to output. Call it until
 * it left room: only then all of the input was decoded. False: a fault, for good; what was decoded
 * before it is counted in *ret_size all the same. */
bool inflate_decode(struct inflate *inflate, struct text *input, char *output, size_t room,
                    size_t *ret_size) MUST_CHECK;

/* No more comes. Nothing at all is no fault: an empty body has no encoding. */
bool inflate_end(struct inflate *inflate) MUST_CHECK;

enum inflate_fault inflate_fault(const struct inflate *inflate);

/* zlib's words for INFLATE_DAMAGED, "" for the others; they last for ever. */
const char *inflate_detail(const struct inflate *inflate);

/* How much of the compressed data was read: up to the fault, where there is one. */
uint64_t inflate_read_bytes(const struct inflate *inflate);

#endif
