/* SPDX-License-Identifier: MIT */
/*
 * The two files of a new pair of keys: STEM.key, the private one, for its owner alone (mode 0600),
 * and STEM.pub, as keyring.h reads it. Neither ever replaces a file.
 */
#ifndef BDDRUN_GATE_ENVELOPE_KEY_PAIR_H
#define BDDRUN_GATE_ENVELOPE_KEY_PAIR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "format/signature.h"

struct key_pair {
    struct text private_path;
    struct text public_path;
    struct text id;
};

/* Makes a pair and writes it. On failure neither file is left. Texts are in the arena. */
bool key_pair_write(struct text stem, enum signature_algorithm algorithm,
                    uint64_t expires_at_ns, struct arena *arena, struct key_pair *ret_pair,
                    struct problems *problems) MUST_CHECK;

#endif
