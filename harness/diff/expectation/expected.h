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
#include "base/problem.h"
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

/* Compiling, with holes taken as values that are not known yet. */
struct expected_compiler {
    struct expectation *expectation;
    struct problems *problems;
    bool has_holes;
};

/* Compiles one value. False with problems; the others of the document are compiled nevertheless,
 * so that all are reported. */
bool expected_compile(struct expected_compiler *compiler, const struct json_value *written,
                      struct expected *ret_expected);

/* A string that starts with '#', not "#exact", "#any order", "#contains" or "#each". */
bool expected_compile_marker(struct expected_compiler *compiler,
                             const struct json_value *written, struct expected *ret_expected);

/* "" or what stands behind "#string", "#integer", "#each": `3`, `3..20`, `1..`, `> 0`. */
bool expected_parse_range(struct text text, bool is_of_length,
                          struct expected_range *ret_range);

/* What stands behind "#date". */
bool expected_parse_date(struct text text, struct expected_date *ret_date);

bool expected_range_holds(const struct expected_range *range, struct text number);
bool expected_length_holds(const struct expected_range *range, size_t length);

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
    struct arena *arena;             /* of the differences */
    struct differences *differences; /* NULL: only whether it fits */
};

/* True when it fits; else differences are added. actual may be NULL: absent. */
bool expected_match(const struct expected_matcher *matcher, const struct expected *expected,
                    const struct json_value *actual, const struct expected_place *place);
bool expected_match_array(const struct expected_matcher *matcher,
                          const struct expected *expected, const struct json_value *actual,
                          const struct expected_place *place);

/* As expected_match, silently. */
bool expected_fits(const struct expected_matcher *matcher, const struct expected *expected,
                   const struct json_value *actual);

/* Adds a difference; false. what: the value or key of the expectation it is about. */
bool expected_differ(const struct expected_matcher *matcher, const struct json_value *what,
                     const struct json_value *actual, const struct expected_place *place,
                     const char *note);

/* Adds the difference for a value that nothing expects; false. */
bool expected_refuse(const struct expected_matcher *matcher, const struct json_value *within,
                     const struct json_value *actual, const struct expected_place *place,
                     const char *expected);

#endif
