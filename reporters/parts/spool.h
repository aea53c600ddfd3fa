/* SPDX-License-Identifier: MIT */
/*
 * Pieces of a report that come in any order and are wanted in another, kept in a nameless file
 * beside the report: memory holds 24 bytes a piece. A piece put again replaces the older one.
 */
#ifndef BDDRUN_REPORTERS_PARTS_SPOOL_H
#define BDDRUN_REPORTERS_PARTS_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/text.h"

struct spool_piece {
    uint64_t start;
    uint64_t key;  /* the caller's: equal keys are found by spool_sort_keys */
    uint32_t size; /* 0: none was put */
    uint32_t mark; /* the caller's: an offset in the piece */
};

struct spool {
    int descriptor;
    struct spool_piece *pieces; /* heap, zeroed */
    uint32_t count;
    struct buffer waiting; /* not written yet */
    uint64_t written_bytes;
    struct buffer window; /* of the file, while reading */
    uint64_t window_start;
    uint64_t *keys; /* sorted; heap */
    size_t key_count;
};

/* folder: where the file lies, empty for the temporary folder. A zeroed one may be released. */
bool spool_open(struct spool *spool, struct text folder, uint32_t count,
                struct problems *problems) MUST_CHECK;
void spool_release(struct spool *spool);

bool spool_put(struct spool *spool, uint32_t index, struct text piece, uint64_t key,
               uint32_t mark, struct problems *problems) MUST_CHECK;

/* The piece, borrowed until the next call; empty where there is none. Not mixed with spool_put. */
bool spool_get(struct spool *spool, uint32_t index, struct text *ret_piece,
               struct problems *problems) MUST_CHECK;

/* Prepares spool_is_key_shared, once, when all pieces are there. */
void spool_sort_keys(struct spool *spool);
bool spool_is_key_shared(const struct spool *spool, uint64_t key);

#endif
