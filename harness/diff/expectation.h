/* SPDX-License-Identifier: MIT */
/*
 * Partial JSON (vocabulary, section 6): a JSON document with markers, compiled once and matched
 * against documents; every mismatch is reported with its path, and with the place in the
 * expectation that wanted something else. ${…} is replaced by the caller before compiling; before
 * anything runs expectation_check takes it as a hole that any value fits.
 */
#ifndef BDDRUN_DIFF_EXPECTATION_H
#define BDDRUN_DIFF_EXPECTATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "format/json.h"

struct expectation; /* heap; free with expectation_free */

enum expectation_mode {
    EXPECTATION_IS,     /* no further keys in any object */
    EXPECTATION_MATCHES /* further keys allowed, but for objects with "#exact": true */
};

enum { MISMATCHES_LIMIT = 100 };

struct mismatch {
    struct text path;     /* of the actual document: $.players[0].name */
    struct text expected; /* JSON or a marker, shortened; "no such key" */
    struct text actual;   /* JSON, shortened; "absent" */
    struct text note;     /* what is not seen from these two, or empty */
    struct span at;       /* in the expectation's source */
};

struct mismatches {
    struct mismatch *list;
    size_t count;
    size_t dropped; /* beyond MISMATCHES_LIMIT */
};

/* Parses the source, which must outlive the expectation. On failure there are problems (kind
 * PROBLEM_INPUT) for all markers that are wrong, with their places. */
bool expectation_compile(const struct source *source, struct expectation **ret_expectation,
                         struct problems *problems) MUST_CHECK;

/* Only checks; ${…} may stand for any JSON value, and inside of any string. */
bool expectation_check(const struct source *source, struct problems *problems) MUST_CHECK;

void expectation_free(struct expectation *expectation);     /* NULL is allowed */
void expectation_release(struct expectation **expectation); /* for CLEANUP */

/* True when actual fits. All mismatches, with their texts, are in the arena. now_ns: realtime
 * since 1970, for dates. *ret_mismatches is always set. */
bool expectation_match(const struct expectation *expectation, const struct json_value *actual,
                       enum expectation_mode mode, uint64_t now_ns, struct arena *arena,
                       struct mismatches *ret_mismatches);

/* As expectation_match without telling why not. */
bool expectation_accepts(const struct expectation *expectation, const struct json_value *actual,
                         enum expectation_mode mode, uint64_t now_ns);

#endif
