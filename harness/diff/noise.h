/* SPDX-License-Identifier: MIT */
/*
 * What differs between samples of the same recording although nothing was changed: learnt from two
 * or more of them, proposed as a file of masks that a person reviews, never applied by itself. A
 * place (entry, path without indexes) is volatile when it differed in two of n samples, or in one
 * and both values are of one volatile kind. What a mask may not stand for is refused with its
 * reason, so that no proposal quietly asserts less.
 */
#ifndef BDDRUN_DIFF_NOISE_H
#define BDDRUN_DIFF_NOISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"

struct conversation;
struct headers;

/* One answer of one sample. */
struct noise_sample {
    struct text method;
    struct text url_path;                    /* without the query */
    struct text body;                        /* decoded */
    const struct headers *headers;           /* of the response; NULL: not looked at */
    const struct conversation *conversation; /* of a socket; else NULL */
};

enum noise_kind {
    NOISE_OTHER,
    NOISE_DATE,
    NOISE_UUID,
    NOISE_ULID,
    NOISE_NANOID,
    NOISE_HEX,
    NOISE_BASE64,
    NOISE_JWT,
    NOISE_COUNTER, /* integers that only grow from sample to sample */
    NOISE_NUMBER,  /* within a range */
    NOISE_ORDER,   /* the same items in another order */
    NOISE_COUNT,   /* of events of a name: another number of them */
};

enum noise_refusal {
    NOISE_PROPOSED,   /* no refusal */
    NOISE_STEADY,     /* too few differences for their kind */
    NOISE_STRUCTURAL, /* a type changed, or it was there only at times */
    NOISE_LENGTH,     /* an array of changing length */
    NOISE_ROOT,       /* the whole body */
    NOISE_BROAD,      /* every value of the body would be masked */
    NOISE_UNREADABLE, /* a body that is no JSON */
};

struct noise_place {
    struct text scope; /* "GET /api/lobby" */
    struct text at;    /* `JSON "$.items[*].id"`: as a mask names it */
    enum noise_kind kind;
    enum noise_refusal refusal;
    size_t differing; /* k: samples that differ from the first */
    size_t samples;   /* n: that were compared with the first */
    double low;       /* Wilson's 95 % interval of k / n */
    double high;
    double spread;            /* of numbers: the widest relative difference from the first */
    uint64_t apart_ns;        /* of dates: the widest difference from the first */
    struct text example_left; /* shortened; empty for tokens */
    struct text example_right;
};

struct noise;

struct noise *noise_new(void);
void noise_free(struct noise *noise); /* NULL is allowed */

/* All samples of one entry, at least two, the first being the one that is kept. */
void noise_add(struct noise *noise, const struct noise_sample *samples, size_t count);

/* What was found, as it was met; lives as long as noise and until the next noise_add. */
const struct noise_place *noise_places(const struct noise *noise, size_t *ret_count);
enum { NOISE_PLACES_LIMIT = 2000 }; /* of one entry; more are left out */

/* The reviewable file: `masks:` as in bddrun.yaml, each with a comment (kind, k of n, interval, an
 * example), refused places as comments with their reason. False when there is nothing to propose;
 * the comments are written all the same. */
bool noise_propose(const struct noise *noise, struct buffer *out);

/* Wilson's interval for k of n at 95 %; 0 and 1 for n = 0. */
void noise_wilson(size_t k, size_t n, double *ret_low, double *ret_high);

/* "uuid", "date", …; "an array of changing length", … */
const char *noise_kind_name(enum noise_kind kind);
const char *noise_refusal_name(enum noise_refusal refusal);

#endif
