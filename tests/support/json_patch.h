/* SPDX-License-Identifier: MIT */
/* JSON Patch (RFC 6902) applied: add, remove, replace, move. For tests of patches. */
#ifndef BDDRUN_SUPPORT_JSON_PATCH_H
#define BDDRUN_SUPPORT_JSON_PATCH_H

#include "base/arena.h"
#include "base/buffer.h"
#include "format/json.h"

/* Adds the patched document as JSON; false when an operation does not apply. */
bool json_patch_apply(const struct json_value *document, const struct json_value *patch,
                      struct arena *arena, struct buffer *out);

#endif
