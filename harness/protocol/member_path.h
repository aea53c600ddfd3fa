/* SPDX-License-Identifier: MIT */
/* A JSONPath of names only ($.type, $.meta.event, $['type']): where a value can be written. */
#ifndef BDDRUN_PROTOCOL_MEMBER_PATH_H
#define BDDRUN_PROTOCOL_MEMBER_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/text.h"

enum { MEMBER_PATH_LIMIT = 8 };

struct member_path {
    struct text names[MEMBER_PATH_LIMIT]; /* slices of the path */
    size_t count;                         /* at least 1 */
};

/* False for a path with anything else in it, escapes included. */
bool member_path_read(struct text path, struct member_path *ret_path) MUST_CHECK;

#endif
