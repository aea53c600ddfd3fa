/* SPDX-License-Identifier: MIT */
/*
 * A mask: what may differ from a recording, and what is still asserted there. It has a place, and
 * perhaps a scope ("GET /api/lobby"): one JSON or XML path with exact segments, a header, cookie,
 * event, the status or the text. Under every mask but `ignore` presence and JSON type are still
 * asserted. Written in bddrun.yaml, in the tables of steps, and behind --mask; the same language
 * everywhere:
 *
 *   JSON "$.items[*].id"   header "X"   cookie "x"   status   text   XML "/hands/hand[*]/@id"
 *   event "tick"           event "tick" JSON "$.n"
 *
 * Segments of a path: names, ['name'], [n], [*], .*, [id=7], and `..` or `.**` for any depth.
 * Texts and expressions live as long as the mask_set that owns the mask.
 */
#ifndef BDDRUN_DIFF_MASK_MASK_H
#define BDDRUN_DIFF_MASK_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/glob.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "diff/mask/mask_path.h"

struct regex;

enum mask_where {
    MASK_JSON,
    MASK_XML, /* and HTML */
    MASK_HEADER,
    MASK_COOKIE,
    MASK_STATUS,
    MASK_TEXT,      /* a body or message that is text */
    MASK_EVENT,     /* all events of a name: their stream */
    MASK_EVENT_JSON /* a place in their payload */
};

enum mask_rule {
    MASK_TYPE,    /* the same JSON type; of a status its class; of an event its shape */
    MASK_PRESENT, /* there on both sides */
    MASK_REGEX,   /* both are texts in which it is found */
    MASK_DATE,    /* both are dates, at most so far apart */
    MASK_NUMBER,  /* both are numbers, at most so far apart; of an event: their count */
    MASK_UUID,
    MASK_LENGTH,  /* as many characters, items or members; or a given number of them */
    MASK_SET,     /* the same items in any order; of an event: in any order */
    MASK_BY,      /* items belong together by this member */
    MASK_SAME_AS, /* on each side the same as the value at another path */
    MASK_IGNORE   /* nothing; a container only when forced: `ignore!` */
};

#define MASK_LENGTH_ANY UINT64_MAX

struct mask {
    enum mask_where where;
    enum mask_rule rule;
    bool is_forced;     /* ignore! */
    bool is_percent;    /* of number: tolerance is a percentage of the recorded value */
    struct text method; /* of the scope; empty: any */
    bool has_url_path;
    struct glob url_path;   /* of the scope, without its first slash */
    struct text name;       /* of the header, cookie or event */
    struct mask_path path;  /* of JSON and XML */
    struct mask_path other; /* of same-as */
    struct text key;        /* of by(…) */
    struct regex *regex;
    uint64_t within_ns; /* of date; UINT64_MAX: any time apart */
    double tolerance;   /* of number; infinite: any number */
    uint64_t minimum;   /* of length; MASK_LENGTH_ANY: as long as the recorded one */
    uint64_t maximum;
    struct text shown; /* `JSON "$.n" number ± 1 %`, with its scope: for messages */
    struct span at;    /* of the place, where it was written; span_none() for none */
};

/* What is written for one mask: scope (may be empty), place, assertion, and where each stands. */
struct mask_writing {
    struct text on;
    struct text at;
    struct text assertion;
    struct span on_span;
    struct span at_span;
    struct span assertion_span;
};

/* Texts are copied. mask->regex is the caller's to free, whatever the outcome. False with a
 * problem of kind PROBLEM_INPUT that points at the part that is wrong. */
bool mask_parse(struct arena *arena, const struct mask_writing *writing, struct mask *ret_mask,
                struct problems *problems) MUST_CHECK;

/* Cuts a line, as behind --mask, into its parts: `[METHOD] [/path] place assertion`. They are slices
 * of the line; at: where it stands. */
bool mask_split(struct arena *arena, struct text line, struct span at,
                struct mask_writing *ret_writing, struct problems *problems) MUST_CHECK;

/* Whether requests of this method to this URL path (its query left out) are in the mask's scope. */
bool mask_covers(const struct mask *mask, struct text method, struct text url_path);

/* "type", "date", … as in the language. */
const char *mask_rule_name(enum mask_rule rule);

#endif
