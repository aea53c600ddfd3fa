/* SPDX-License-Identifier: MIT */
/*
 * The key of a project's redaction tokens: the content of a file that only its owner may read, or
 * of BDDRUN_REDACTION_KEY. Without one each process makes a key of its own, so that tokens are
 * never reversible; they then compare by kind and identity only.
 */
#ifndef BDDRUN_REDACT_REDACTION_KEY_H
#define BDDRUN_REDACT_REDACTION_KEY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "format/redaction_token.h"

struct random;

#define REDACTION_KEY_VARIABLE "BDDRUN_REDACTION_KEY"
#define REDACTION_KEY_FILE ".bddrun-redaction-key" /* beside bddrun.yaml, unless configured */

enum { REDACTION_KEY_SHORTEST = 16, REDACTION_KEY_LIMIT_BYTES = 4096 };

struct redaction_key {
    struct text bytes; /* the arena's; a secret */
    char id[REDACTION_KEY_ID_SIZE + 1];
    bool is_passing; /* made for this process: no other run can make its tokens */
};

/* Of bytes that are known; white space at the ends does not count. */
void redaction_key_make(struct redaction_key *key, struct text bytes, struct arena *arena);

/* The variable's value (empty: not set) before the file at path; else a random one. A file that
 * others may read, a short key and an unreadable file are problems; a missing file is none, unless
 * it must be there. */
struct redaction_key_sources {
    struct text variable;
    struct text path;
    bool is_path_configured; /* the file must be there */
};
bool redaction_key_find(const struct redaction_key_sources *sources, struct random *random,
                        struct arena *arena, struct redaction_key *ret_key,
                        struct problems *problems) MUST_CHECK;

#endif
