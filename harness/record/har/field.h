/* SPDX-License-Identifier: MIT */
/*
 * Members of a HAR file's objects read by name and type. Absent and null are the same; a member of
 * another type is a problem at its place, and is_bad is set. Texts are borrowed from the parsed
 * value.
 */
#ifndef BDDRUN_RECORD_HAR_FIELD_H
#define BDDRUN_RECORD_HAR_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "format/json.h"
#include "record/recording.h"

/* What is being read: one value of the file, parsed by itself. */
struct har_part {
    struct recording *recording; /* what is kept goes to its arena */
    struct problems *problems;
    struct arena *scratch; /* for what lives as long as this part */
    size_t start;          /* of the part in the source */
    const char *what;      /* "entry", "log" */
    size_t number;         /* of the entry, 1-based */
    bool is_own;           /* the entry was written by us */
    bool is_elsewhere;     /* values are of another text: places are the part's */
    bool is_bad;
};

/* Adds "entry 3: " and the formatted message at the value, and sets is_bad. */
void har_refuse(struct har_part *part, const struct json_value *at, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* The same as a warning; is_bad stays. */
void har_warn(struct har_part *part, const struct json_value *at, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* "an object", "a number", … */
const char *har_type_name(const struct json_value *value);

/* NULL where it is absent, null, or of another type. */
const struct json_value *har_object(struct har_part *part, const struct json_value *object,
                                    const char *name);
const struct json_value *har_list(struct har_part *part, const struct json_value *object,
                                  const char *name);

/* A string, or a number as written; empty where absent. */
struct text har_text(struct har_part *part, const struct json_value *object, const char *name);

struct text har_string(struct har_part *part, const struct json_value *object,
                       const char *name); /* no number */

/* A number, or a string that holds one; false where absent. */
bool har_number(struct har_part *part, const struct json_value *object, const char *name,
                double *ret_number);

bool har_is_true(const struct json_value *object, const char *name);

/* A number in decimal times 10^digits, exactly, digits beyond dropped; false when negative or 2^64
 * and above. */
bool har_decimal(struct text number, unsigned digits, uint64_t *ret_value);

/* The member as har_decimal: of milliseconds digits is 6 for nanoseconds. 0 where it is absent,
 * negative, which means "not applicable", or too large to mean anything (years of waiting). */
#define HAR_SCALED_MOST (UINT64_C(1) << 56)
uint64_t har_scaled(struct har_part *part, const struct json_value *object, const char *name,
                    unsigned digits);

/* A copy that lives as long as the recording. */
struct text har_kept(struct har_part *part, struct text text);

#endif
