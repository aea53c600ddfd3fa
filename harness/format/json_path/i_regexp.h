/* SPDX-License-Identifier: MIT */
/*
 * I-Regexp (RFC 9485), the interoperable regular expressions of JSONPath, checked against its
 * grammar and written as the syntax of format/regex.h.
 */
#ifndef BDDRUN_FORMAT_JSON_PATH_I_REGEXP_H
#define BDDRUN_FORMAT_JSON_PATH_I_REGEXP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/text.h"
#include "format/regex.h"

enum { I_REGEXP_NESTING_LIMIT = 64 };

/* is_whole: matches the whole subject (match), else a part of it (search). False when pattern is
 * no I-Regexp; ret_error_offset (may be NULL) is then where. */
bool i_regexp_compile(struct text pattern, bool is_whole, struct regex **ret_regex,
                      size_t *ret_error_offset) MUST_CHECK;

#endif
