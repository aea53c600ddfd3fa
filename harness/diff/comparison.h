/* SPDX-License-Identifier: MIT */
/*
 * The one comparison grammar (vocabulary, section 3): `is 201`, `is a uuid`, `has 3 items`,
 * `matches /…/`, … Parsed once from the text of a step or a table cell, before ${…} is replaced;
 * checked any number of times, with a resolver that knows the values. Texts are borrowed from what
 * was parsed. Equality has no coercion (rule 10): only a text by nature is read as a number, and
 * only when compared with one. What is absent satisfies nothing but `does not exist`.
 */
#ifndef BDDRUN_DIFF_COMPARISON_H
#define BDDRUN_DIFF_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "diff/kind.h"
#include "diff/subject.h"

enum operand_kind {
    OPERAND_STRING,   /* quoted */
    OPERAND_WORD,     /* true, false, null */
    OPERAND_CLASS,    /* 2xx */
    OPERAND_NUMBER,   /* -3.5e2 */
    OPERAND_DURATION, /* 300 ms */
    OPERAND_SIZE,     /* 20 kB */
    OPERAND_JSON,     /* {…} or […] */
    OPERAND_VARIABLE, /* ${…}, alone */
    OPERAND_REGEX,    /* /…/flags */
    OPERAND_NOW,
};

struct operand {
    enum operand_kind kind;
    struct text text; /* as written, with quotes, unit, slashes */
    struct text unit; /* behind a ${…}: "ms" of `${limit} ms`; else empty */
};

enum relation {
    RELATION_EQUALS,
    RELATION_ONE_OF,
    RELATION_KIND,
    RELATION_GREATER,
    RELATION_LESS,
    RELATION_AT_LEAST,
    RELATION_AT_MOST,
    RELATION_BETWEEN,
    RELATION_BEFORE,
    RELATION_AFTER,
    RELATION_NEAR, /* within operands[0] of operands[1] */
    RELATION_EMPTY,
    RELATION_ASCENDING,
    RELATION_DESCENDING,
    RELATION_CONTAINS,
    RELATION_STARTS,
    RELATION_ENDS,
    RELATION_MATCHES,
    RELATION_COUNT, /* has … items or characters: count_relation and operands */
    RELATION_UNIQUE,
    RELATION_EXISTS,
};

struct comparison {
    enum relation relation;
    bool is_negated;
    bool has_kind; /* `is a number greater than 0`: kind and relation */
    enum kind kind;
    enum relation count_relation; /* EQUALS, AT_LEAST, AT_MOST or BETWEEN */
    bool counts_characters;
    const struct operand *operands;
    size_t operand_count;
    struct text text; /* the whole, trimmed */
};

/* False with a problem at `at`: not of the grammar, a pattern or JSON that cannot be read. */
bool comparison_parse(struct arena *arena, struct text text, struct span at,
                      struct comparison *ret_comparison, struct problems *problems) MUST_CHECK;

/* Refuses units and classes that cannot fit: durations only with times, sizes only with sizes,
 * `2xx` only with the status. False with a problem at `at`. */
bool comparison_check_nature(const struct comparison *comparison, enum subject_nature nature,
                             struct span at, struct problems *problems) MUST_CHECK;

/* Replaces ${…}. Both return false when the caller's step has failed; results outlive the check. */
struct comparison_resolver {
    void *context;
    /* The text with every ${…} in it replaced; for as_json inside a JSON document. */
    bool (*expand)(void *context, struct text text, bool as_json, struct text *ret_text);
    /* The value of `${name}`: JSON text or plain text. */
    bool (*value)(void *context, struct text variable, struct text *ret_text,
                  bool *ret_is_json);
    uint64_t now_ns; /* realtime */
};

struct comparison_result {
    bool holds;
    struct text expected; /* the comparison with its values: `is "lobby"` */
    struct text actual;   /* the subject, shortened */
    struct text note;     /* why a comparison could not be made, or empty */
};

/* False: the resolver failed, or a value makes no sense here (then note says why and holds is
 * false). Texts of the result are in the arena. */
bool comparison_check(const struct comparison *comparison, const struct subject *subject,
                      const struct comparison_resolver *resolver, struct arena *arena,
                      struct comparison_result *ret_result) MUST_CHECK;

#endif
