/* SPDX-License-Identifier: MIT */
/*
 * What is masked by its name, whatever its value: headers that carry credentials, keys of JSON and
 * forms, credentials inside URLs. Masks keep enough to tell cases apart: the scheme of
 * Authorization, the names of cookies.
 */
#ifndef BDDRUN_REDACT_SENSITIVE_H
#define BDDRUN_REDACT_SENSITIVE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"

enum { SENSITIVE_KEY_LIMIT = 64 };

/* A name as names are compared: lower case, without hyphens, underscores, dots and blanks; the last
 * SENSITIVE_KEY_LIMIT bytes of a longer one. It lives in `normal`. */
struct text sensitive_normalise(struct text key, char normal[SENSITIVE_KEY_LIMIT]);

/* Authorization, Proxy-Authorization, Cookie, Set-Cookie, X-Api-Key, X-Auth-Token, X-CSRF-Token, …
 * without regard to case. */
bool sensitive_header(struct text name);

/* The value as it may be shown: "Bearer ***", "session=***; Path=/"; as it is when the name is not
 * sensitive. */
void sensitive_print_header(struct buffer *out, struct text name, struct text value);

/* password, passwd, secret, token, access_token, api_key, … : also inside longer names
 * ("newPassword", "csrf_token"), without regard to case. */
bool sensitive_key(struct text key);

/* A body with the string and number values of sensitive keys masked: JSON objects ("key": value)
 * and forms (key=value). Works on broken and cut bodies too; other bytes are kept. */
void sensitive_print_body(struct buffer *out, struct text body);

/* A URL with its password and the values of sensitive query parameters masked. */
void sensitive_print_url(struct buffer *out, struct text url);

#endif
