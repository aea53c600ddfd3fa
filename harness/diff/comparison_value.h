/* SPDX-License-Identifier: MIT */
/*
 * The value of an operand once its ${…} are replaced, and its meeting with a subject. Lives in the
 * arena of the check.
 */
#ifndef BDDRUN_DIFF_COMPARISON_VALUE_H
#define BDDRUN_DIFF_COMPARISON_VALUE_H

#include <stdbool.h>

#include "diff/comparison.h"

struct comparison_value {
    enum operand_kind kind; /* never OPERAND_VARIABLE */
    bool is_variable;       /* a text that came from a variable: by nature a text */
    struct text text;       /* unquoted; a number without its unit; a regex with slashes */
    const struct json_value *json; /* of words, numbers, JSON; else NULL */
    uint64_t amount;               /* nanoseconds or bytes of a quantity with a unit */
};

bool comparison_value_resolve(const struct operand *operand,
                              const struct comparison_resolver *resolver, struct arena *arena,
                              struct comparison_value *ret_value) MUST_CHECK;

/* What it is as text: of a string its content. */
struct text comparison_value_plain(const struct comparison_value *value);

bool comparison_value_equals(const struct subject *subject,
                             const struct comparison_value *value, struct arena *arena);

/* The number that a subject is, as decimal text; false when it is none. */
bool comparison_number_of_subject(const struct subject *subject, struct arena *arena,
                                  struct text *ret_number);

/* The number that a value is when compared with a subject of this nature; false when it is none. */
bool comparison_number_of_value(const struct comparison_value *value,
                                enum subject_nature nature, struct arena *arena,
                                struct text *ret_number);

/* The comparison with the values instead of its ${…}. */
struct text comparison_value_print(const struct comparison *comparison,
                                   const struct comparison_value *values, struct arena *arena);

#endif
