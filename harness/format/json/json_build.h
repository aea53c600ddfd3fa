/* SPDX-License-Identifier: MIT */
/*
 * The tree of a JSON document, made in one pass over its bytes: what json_parse does while nothing
 * is wrong. It says nothing about errors; the reader (json_reader.h), which has the same grammar,
 * then finds them.
 */
#ifndef BDDRUN_FORMAT_JSON_JSON_BUILD_H
#define BDDRUN_FORMAT_JSON_JSON_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"
#include "format/json.h"

/* False for what is no JSON or nested deeper; *ret_root is then untouched. */
bool json_build(struct text bytes, size_t depth_limit, struct arena *arena,
                const struct json_value **ret_root) MUST_CHECK;

#endif
