/* SPDX-License-Identifier: MIT */
/*
 * One matching of an actual document against a compiled expectation: where it stands, and what the
 * files match.c, array.c and mismatch.c do for each other.
 */
#ifndef BDDRUN_DIFF_EXPECTATION_MATCHER_H
#define BDDRUN_DIFF_EXPECTATION_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "diff/expectation.h"
#include "diff/expectation/expected.h"
#include "format/json.h"

/* Where the matcher stands in the actual document. */
struct expected_place {
    const struct expected_place *parent; /* NULL at the root */
    struct text key;
    size_t index;
    bool is_index;
};

struct expected_matcher {
    const struct expectation *expectation;
    enum expectation_mode mode;
    uint64_t now_ns;
    struct arena *arena;           /* of the mismatches */
    struct mismatches *mismatches; /* NULL: only whether it fits */
};

/* True when it fits; else mismatches are added. actual may be NULL: absent. */
bool expected_match(const struct expected_matcher *matcher, const struct expected *expected,
                    const struct json_value *actual, const struct expected_place *place);
bool expected_match_array(const struct expected_matcher *matcher,
                          const struct expected *expected, const struct json_value *actual,
                          const struct expected_place *place);

/* As expected_match, silently. */
bool expected_fits(const struct expected_matcher *matcher, const struct expected *expected,
                   const struct json_value *actual);

/* Adds a mismatch; false. what: the value or key of the expectation it is about. */
bool expected_differ(const struct expected_matcher *matcher, const struct json_value *what,
                     const struct json_value *actual, const struct expected_place *place,
                     const char *note);

/* Adds the mismatch for a value that nothing expects; false. */
bool expected_refuse(const struct expected_matcher *matcher, const struct json_value *within,
                     const struct json_value *actual, const struct expected_place *place,
                     const char *expected);

#endif
