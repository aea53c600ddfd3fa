/* SPDX-License-Identifier: MIT */
/*
 * What stands in a recording, and in staging's answer before it is compared, where a secret was:
 *
 *     ‹redacted:KIND:KEYID:hmac8›      (U+2039 … U+203A, UTF-8)
 *
 * KIND says what it was (jwt, cookie, password, card, secret, …, "-number" after it for a JSON
 * number), KEYID which key made it, hmac8 is the start of HMAC-SHA256 over the secret: under one key
 * equal secrets have equal tokens. Tokens of different keys, and the tokens of secrets that every
 * run gets anew (redaction_token_is_minted), can be compared only by kind, and as a bijection.
 */
#ifndef BDDRUN_FORMAT_REDACTION_TOKEN_H
#define BDDRUN_FORMAT_REDACTION_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"

#define REDACTION_TOKEN_START "\xe2\x80\xb9redacted:"
#define REDACTION_TOKEN_END "\xe2\x80\xba"

enum {
    REDACTION_KEY_ID_SIZE = 8, /* hex digits */
    REDACTION_DIGEST_SIZE = 8, /* hex digits */
    REDACTION_KIND_LIMIT = 32, /* bytes: a-z, digits and hyphens */
};

/* Texts borrow from what was parsed. */
struct redaction_token {
    struct text kind;
    struct text key_id;
    struct text digest;
    size_t size; /* of the whole token, bytes */
};

/* The token that stands at `at`; false where none does. Also one that is percent-encoded, as in a
 * URL or a form. */
bool redaction_token_at(struct text whole, size_t at,
                        struct redaction_token *ret_token) MUST_CHECK;

/* The whole text is one token. */
bool redaction_token_parse(struct text whole, struct redaction_token *ret_token) MUST_CHECK;

/* Offset of the first token at or after `from`, or whole.size. */
size_t redaction_token_find(struct text whole, size_t from);

/* Equal under one key, or possibly equal: the same kind under different keys. */
bool redaction_token_same_key(const struct redaction_token *a, const struct redaction_token *b);

/* A secret of this kind is new in every run (a session, a JWT, a CSRF token): it differs from the
 * recording by nature, and only its identity can be compared. */
bool redaction_token_is_minted(const struct redaction_token *token);

void redaction_token_print(struct buffer *out, const struct redaction_token *token);

#endif
