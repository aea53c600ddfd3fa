/* SPDX-License-Identifier: MIT */
/*
 * Percent-encoding (RFC 3986, section 2). Encoding keeps only the unreserved characters;
 * decoding leaves a '%' that no two hex digits follow as it is.
 */
#ifndef BDDRUN_FORMAT_PERCENT_H
#define BDDRUN_FORMAT_PERCENT_H

#include "base/arena.h"
#include "base/text.h"

struct text percent_encode(struct arena *arena, struct text bytes);
struct text percent_decode(struct arena *arena, struct text encoded);

#endif
