/* SPDX-License-Identifier: MIT */
/*
 * Who signs: a private key, or a command that asks a key service. The command is an argument
 * vector; it gets the bytes to sign (DSSE's pre-authentication encoding) on its standard input and
 * answers with the signature, raw or in base64, on its standard output. What it answers is checked
 * with its public key before it is used, so a wrong key is found where it is, not at the switch.
 */
#ifndef BDDRUN_GATE_ENVELOPE_SIGNER_H
#define BDDRUN_GATE_ENVELOPE_SIGNER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "format/signature.h"

enum { SIGNER_DEADLINE_S = 60 };

struct signer {
    struct signature_key *key;  /* owned: private, or public where there is a command */
    const char *const *command; /* NULL-ended, borrowed; NULL: the key signs */
};

/* From the PEM of a private key (of a variable, see signature_key_read), or from its file. */
bool signer_init(struct signer *signer, struct text pem, struct text shown,
                 struct problems *problems) MUST_CHECK;
bool signer_init_file(struct signer *signer, struct text path,
                      struct problems *problems) MUST_CHECK;

/* From a command and the file of its public key. */
bool signer_init_command(struct signer *signer, const char *const *command,
                         struct text public_key_path, struct problems *problems) MUST_CHECK;

void signer_release(struct signer *signer); /* a zeroed one may be released */

struct text signer_key_id(const struct signer *signer); /* borrowed */

/* The signature, in the arena. False with a problem: the command failed, or signed with another
 * key. */
bool signer_sign(const struct signer *signer, struct text bytes, struct arena *arena,
                 struct text *ret_signature, struct problems *problems) MUST_CHECK;

#endif
