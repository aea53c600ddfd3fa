/* SPDX-License-Identifier: MIT */
/*
 * A step that scenarios can use, and how a step's text fits it. Definitions are static tables
 * (steps/table/) or made from composite steps; they never change and outlive every match.
 */
#ifndef BDDRUN_MATCH_STEP_DEFINITION_H
#define BDDRUN_MATCH_STEP_DEFINITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct composite; /* match/composite.h */
struct step;      /* world/step.h */

typedef void step_function(struct step *step);

/* The doc string or table that goes with a step: section 5 of the vocabulary. */
enum step_takes {
    TAKES_NOTHING,
    TAKES_JSON,  /* doc string */
    TAKES_TEXT,  /* doc string */
    TAKES_PAIRS, /* table, as all below */
    TAKES_REQUEST,
    TAKES_PARTS,
    TAKES_SETTINGS,
    TAKES_SOCKET,
    TAKES_CHECKS,
    TAKES_EVENTS,
    TAKES_PEOPLE,
    TAKES_MASKS,
    TAKES_STEPS,
    TAKES_ANY,        /* a doc string or a table: composite steps that end in ':' */
    TAKES_AS_THE_STEP /* what the inner step takes: K1 */
};

struct step_definition {
    const char *id;         /* "B1"; "composite" for a composite step */
    const char *expression; /* Cucumber Expression */
    const char *example;    /* with a keyword: "When I send GET \"/\"" */
    const char *help;       /* what it does, one line, no full stop */
    enum step_takes takes;
    bool is_timed;      /* "within {duration} " may stand in front */
    bool is_check;      /* passing it proves something about the system under test */
    step_function *run; /* NULL: composite, or not in this version */
    const struct composite *composite; /* NULL unless composite */
};

/* As in the "takes" column: "JSON", "pairs", "as the step"; "" for TAKES_NOTHING. */
const char *step_takes_name(enum step_takes takes);
bool step_takes_doc_string(enum step_takes takes); /* also true for TAKES_ANY */
bool step_takes_table(enum step_takes takes);      /* also true for TAKES_ANY */

/* What a capturing group took; as Cucumber Messages' Group. Offsets are bytes in the step's text.
 * A group that took no part has is_set false, value empty. */
struct match_group {
    struct text value;
    size_t start;
    size_t end;
    bool is_set;
    size_t child_count;
    const struct match_group *children;
};

struct match_argument {
    const char *type_name; /* "actor", "string"; "" for {} */
    struct text text;      /* the whole parameter as written, quotes included */
    size_t start;          /* bytes in the step's text */
    size_t end;
    struct match_group group; /* the parameter, its inner groups as children */
};

/* One definition that fits a text. Lives as long as the registry it came from, and so does
 * `text`, which is a copy. */
struct step_match {
    const struct step_definition *definition;
    struct text text; /* the whole step text */
    const struct match_argument *arguments;
    size_t argument_count;
    struct text within;             /* the duration of "within 2 s "; empty without */
    size_t within_start;            /* of the duration, bytes in the text */
    const struct step_match *inner; /* what "afterwards" runs, else NULL; its offsets are
                                             those of its own text, inner_start bytes later */
    size_t inner_start;
    bool is_kept; /* it lives as long as the registry */
};

#endif
