/* SPDX-License-Identifier: MIT */
/* The left side of a comparison: a status, a header, a value of JSON, a count, … Borrowed. */
#ifndef BDDRUN_DIFF_SUBJECT_H
#define BDDRUN_DIFF_SUBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

struct json_value;

/* What is compared, by its nature: it decides which literals make sense. */
enum subject_nature {
    NATURE_STATUS,   /* number */
    NATURE_TEXT,     /* header, cookie, body, HTML, XML, text variable */
    NATURE_SIZE,     /* number, bytes */
    NATURE_DURATION, /* number, nanoseconds */
    NATURE_NUMBER,   /* number: a count */
    NATURE_JSON,
    NATURE_VARIABLE, /* only for comparison_check_nature: text or JSON, not known before */
};

struct subject {
    enum subject_nature nature;
    bool is_absent;
    struct text text;              /* NATURE_TEXT */
    const struct json_value *json; /* NATURE_JSON */
    uint64_t number;               /* the others */
};

/* A text by nature, or a string of JSON; subject_plain is its text. */
bool subject_is_textual(const struct subject *subject);
struct text subject_plain(const struct subject *subject);

/* The subject as a person reads it: `403`, `"lobby"`, `[1, 2]`, `312 ms`, `absent`. */
struct text subject_print(struct arena *arena, const struct subject *subject);

/* A long text as people are shown it: its start and its size. */
struct text subject_shorten(struct arena *arena, struct text text);

#endif
