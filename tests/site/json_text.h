/* SPDX-License-Identifier: MIT */
/* What the demo site reads of JSON: members and items, by strings, nesting and separators alone. */
#ifndef BDDRUN_SITE_JSON_TEXT_H
#define BDDRUN_SITE_JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/text.h"

/* The member of a JSON object as written. False: no such member, or no object. */
bool json_member_raw(struct text json, const char *name, struct text *ret_value);

/* The same, a string without its quotes (escapes kept). */
bool json_member(struct text json, const char *name, struct text *ret_value);

/* The item of a JSON array as written. False: no such item, or no array. */
bool json_item_raw(struct text json, size_t index, struct text *ret_value);

struct text json_without_quotes(struct text value);

/* Escaped, with its quotes. */
void json_add_string(struct buffer *out, struct text text);

#endif
