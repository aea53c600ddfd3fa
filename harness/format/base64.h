/* SPDX-License-Identifier: MIT */
/* Base64 (RFC 4648, section 4). */
#ifndef BDDRUN_FORMAT_BASE64_H
#define BDDRUN_FORMAT_BASE64_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

struct text base64_encode(struct arena *arena, struct text bytes);

/* Also the URL-safe alphabet and missing padding. False for anything else. */
bool base64_decode(struct arena *arena, struct text encoded, struct text *ret_bytes) MUST_CHECK;

#endif
