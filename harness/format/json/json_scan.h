/* SPDX-License-Identifier: MIT */
/*
 * The tokens of JSON that are longer than a word: strings (RFC 8259, section 7) and numbers
 * (section 6). start is the offset of the first byte, which is known to be '"', '-' or a digit.
 * On failure one problem is added.
 */
#ifndef BDDRUN_FORMAT_JSON_JSON_SCAN_H
#define BDDRUN_FORMAT_JSON_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "format/json/json_reader.h"

/* Sets all of token but its type. */
bool json_scan_string(const struct source *source, size_t start, struct json_token *token,
                      struct problems *problems) MUST_CHECK;

bool json_scan_number(const struct source *source, size_t start, struct json_token *token,
                      struct problems *problems) MUST_CHECK;

#endif
