/* SPDX-License-Identifier: MIT */
/* Parts of JSON tokens passed over: NULL for what is none. `end` is the end of the document. */
#ifndef BDDRUN_FORMAT_JSON_JSON_SKIP_H
#define BDDRUN_FORMAT_JSON_JSON_SKIP_H

/* An escape, or a sequence beyond ASCII, in a string; at < end. */
const char *json_skip_special(const char *at, const char *end);

/* A number (RFC 8259, section 6), whatever follows it; at < end. */
const char *json_skip_number(const char *at, const char *end);

#endif
