/* SPDX-License-Identifier: MIT */
/*
 * A compiled expectation: one struct expected for each value of its document. All in the arena of
 * the expectation; regular expressions are heap and freed with it.
 */
#ifndef BDDRUN_DIFF_EXPECTATION_EXPECTED_H
#define BDDRUN_DIFF_EXPECTATION_EXPECTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "diff/expectation.h"
#include "format/json.h"
#include "format/regex.h"

enum expected_kind {
    EXPECTED_VALUE, /* equal to `written`; a string to `string` */
    EXPECTED_TYPE,  /* with a range */
    EXPECTED_REGEX,
    EXPECTED_DATE,
    EXPECTED_ONE_OF, /* items are the choices */
    EXPECTED_IGNORE,
    EXPECTED_ABSENT,
    EXPECTED_OBJECT,
    EXPECTED_ITEMS, /* in order */
    EXPECTED_ANY_ORDER,
    EXPECTED_CONTAINS,
    EXPECTED_EACH /* one item; the range is of the count */
};

enum expected_type {
    EXPECTED_STRING,
    EXPECTED_NUMBER,
    EXPECTED_INTEGER,
    EXPECTED_BOOLEAN,
    EXPECTED_ARRAY,
    EXPECTED_AN_OBJECT,
    EXPECTED_NULL,
    EXPECTED_NOT_NULL,
    EXPECTED_UUID,
    EXPECTED_URL,
    EXPECTED_EMAIL
};

/* Bounds are numbers as text; empty where open. Of a string, array or object: of its length. */
struct expected_range {
    struct text low;
    struct text high;
    bool excludes_low;
    bool excludes_high;
    bool has_tolerance; /* then only these two */
    double centre;
    double tolerance;
};

enum expected_order { EXPECTED_ANY_TIME, EXPECTED_BEFORE, EXPECTED_AFTER, EXPECTED_WITHIN };

struct expected_date {
    enum expected_order order;
    bool is_now;
    uint64_t reference_ns; /* unless is_now */
    uint64_t distance_ns;  /* of WITHIN */
};

struct expected_member;

struct expected {
    enum expected_kind kind;
    enum expected_type type;
    const struct json_value *written;
    struct text string;
    struct expected_range range;
    struct expected_date date;
    struct regex *regex;
    struct expected_member *members;
    struct expected *items;
    size_t count;  /* of members or items */
    bool is_exact; /* "#exact": true */
};

struct expected_member {
    struct text key;
    bool is_optional;
    struct expected expected;
};

struct expected_regex {
    struct expected_regex *next;
    struct regex *regex;
};

struct expectation {
    struct arena arena;
    const struct source *source; /* what spans point into */
    struct expected root;
    struct expected_regex *regexes;
};

bool expected_range_holds(const struct expected_range *range, struct text number);
bool expected_length_holds(const struct expected_range *range, size_t length);

#endif
