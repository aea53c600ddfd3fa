/* SPDX-License-Identifier: MIT */
/*
 * The challenges of a WWW-Authenticate field (RFC 9110, section 11.6.1): `Bearer realm="…",
 * service="…", scope="repository:a/b:pull,push", Basic realm="…"`. Commas stand between
 * parameters, between challenges and inside quotes.
 */
#ifndef BDDRUN_DEPLOY_IMAGE_CHALLENGE_H
#define BDDRUN_DEPLOY_IMAGE_CHALLENGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "exchange/header.h"

struct challenge {
    struct text scheme;
    struct headers parameters; /* values without quotes and backslashes */
};

/* Takes the next challenge off the front of *rest; false at the end, or where it cannot be read.
 * The parameters are the arena's. */
bool challenge_next(struct text *rest, struct arena *arena, struct challenge *ret_challenge);

/* The first challenge of this scheme in any field of the name WWW-Authenticate. */
bool challenge_find(const struct headers *headers, struct text scheme, struct arena *arena,
                    struct challenge *ret_challenge);

#endif
