/* SPDX-License-Identifier: MIT */
/*
 * A format of coverage reports: one file below readers/ and one line in coverage_readers[]. The
 * first that recognises the content reads it. A reader goes on after a record that it cannot read,
 * having said where it stands: the report is refused, but all that is wrong with it is told at once.
 */
#ifndef BDDRUN_COVERAGE_READER_H
#define BDDRUN_COVERAGE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/problem.h"
#include "coverage/filler.h"
#include "coverage/input.h"
#include "format/json.h"

enum coverage_syntax { SYNTAX_TEXT, SYNTAX_JSON, SYNTAX_XML };

struct coverage_reading {
    struct coverage_filler filler;
    struct coverage_input *input;
    const struct source *source;
    struct text head;              /* the first bytes after blanks; of XML from the root on */
    const struct json_value *root; /* of JSON, else NULL */
    struct arena texts;            /* of the file that is being read */
    struct problems *problems;
    uint64_t timestamp_s; /* what the report says of itself; 0 */
    bool is_part;         /* of a whole: it may measure nothing */
    size_t files;
    size_t damaged;
    size_t negative; /* counts below zero: taken as 0, and told once */
    struct span first_negative;
};

struct coverage_reader {
    const char *name;  /* for `format:` and --format */
    const char *title; /* as shown */
    enum coverage_syntax syntax;
    bool is_read_apart; /* then merged, because merging checks it against what is there */
    bool (*recognises)(const struct coverage_reading *reading);
    bool (*read)(
        struct coverage_reading *reading); /* false: cannot go on; a problem says why */
};

extern const struct coverage_reader *const coverage_readers[]; /* NULL-ended */

/* NULL: none of this name. */
const struct coverage_reader *coverage_reader_named(struct text name);

/* A problem at the place; the report is damaged. hint may be NULL. */
void reading_damaged(struct coverage_reading *reading, struct span at, const char *hint,
                     const char *format, ...) PRINTF_LIKE(4, 5);

/* Begins the file and counts it. False, as a problem at `at`: it has no name. */
bool reading_begin(struct coverage_reading *reading, struct text path,
                   struct span at) MUST_CHECK;

/* Ends the file, where one is begun. */
void reading_end(struct coverage_reading *reading);

/* A copy that lives until the file ends; of two texts, joined. */
struct text reading_keep(struct coverage_reading *reading, struct text text);
struct text reading_keep_both(struct coverage_reading *reading, struct text first,
                              struct text second);

/* A count as tools write it: digits, below zero (0, remembered), scientific, too large (the
 * greatest). False: none of these. */
bool reading_count(struct coverage_reading *reading, struct text digits, struct span at,
                   uint64_t *ret_count) MUST_CHECK;

/* 1 to 2^31 - 1, digits only. */
bool reading_line_number(struct text digits, uint32_t *ret_number) MUST_CHECK;

#endif
