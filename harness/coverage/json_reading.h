/* SPDX-License-Identifier: MIT */
/* What the readers of JSON formats share: values as numbers, with problems where they stand. */
#ifndef BDDRUN_COVERAGE_JSON_READING_H
#define BDDRUN_COVERAGE_JSON_READING_H

#include "coverage/reader.h"

/* value may be NULL: then the problem is at `parent`, which lacks it. False as a problem. */
bool json_line_number(struct coverage_reading *reading, const struct json_value *parent,
                      const struct json_value *value, uint32_t *ret_number) MUST_CHECK;
bool json_count(struct coverage_reading *reading, const struct json_value *parent,
                const struct json_value *value, uint64_t *ret_count) MUST_CHECK;

/* Whether it is of the type; otherwise a problem that says what it should be. */
bool json_must_be(struct coverage_reading *reading, const struct json_value *parent,
                  const struct json_value *value, enum json_type type) MUST_CHECK;

/* Begins the file; the path may be NULL, as a problem at parent. */
bool json_begin_file(struct coverage_reading *reading, const struct json_value *parent,
                     struct text path) MUST_CHECK;

/* A number of seconds, also with a fraction; 0 where it is none. */
uint64_t json_timestamp_s(const struct json_value *value);

bool json_is_true(const struct json_value *value);

#endif
