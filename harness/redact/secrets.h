/* SPDX-License-Identifier: MIT */
/*
 * The secrets known in this process (of the configuration, saved as secret, credentials sent), and
 * their masking: every occurrence in a text becomes ***, also in derived forms: base64 and
 * base64url at each alignment (so a basic-auth pair too), percent-encoded, escaped for JSON, for
 * HTML. One pass over the text, whatever the number of secrets; free when none is known.
 */
#ifndef BDDRUN_REDACT_SECRETS_H
#define BDDRUN_REDACT_SECRETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"

#define SECRETS_MASK "***"

enum {
    SECRETS_SHORTEST = 4, /* bytes; shorter values would mask half of every report */
    SECRETS_BUCKETS = 1024,
};

struct secret_form;

struct secrets {
    struct secret_form *forms; /* heap */
    size_t count;
    size_t capacity;
    uint32_t
        newest[SECRETS_BUCKETS]; /* by the first bytes: index + 1 of the newest form, 0: none */
};

void secrets_init(struct secrets *secrets);
void secrets_release(struct secrets *secrets);

/* The value is copied. False when it is too short to be masked (nothing is added). */
bool secrets_add(struct secrets *secrets, struct text value);

/* Forgets what was added since the mark was taken: secrets of one scenario. */
size_t secrets_mark(const struct secrets *secrets);
void secrets_rewind(struct secrets *secrets, size_t mark);

/* The next place of a secret at or after `from`: forms that overlap or touch make one. False: no
 * more. */
bool secrets_find(const struct secrets *secrets, struct text bytes, size_t from,
                  size_t *ret_start, size_t *ret_end);

/* Adds bytes, masked. */
void secrets_mask(const struct secrets *secrets, struct buffer *out, struct text bytes);

/* The text itself where it holds no secret, otherwise a masked copy in the arena. */
struct text secrets_masked(const struct secrets *secrets, struct arena *arena,
                           struct text bytes);

#endif
