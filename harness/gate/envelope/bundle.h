/* SPDX-License-Identifier: MIT */
/*
 * The file of a verdict: its three statements (statement.h), each in a signed envelope, one on each
 * line (application/vnd.in-toto.bundle). An override is a second signature over the verdict, by a
 * key of its own.
 */
#ifndef BDDRUN_GATE_ENVELOPE_BUNDLE_H
#define BDDRUN_GATE_ENVELOPE_BUNDLE_H

#include <stdbool.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "gate/envelope/signer.h"
#include "gate/verdict.h"

/* Adds the file. override_signer is needed where the verdict has an override, whose key_id is set
 * here, and otherwise not used. False with a problem of the signer; out is then of no use. */
bool bundle_print(struct buffer *out, struct verdict *verdict, const struct signer *signer,
                  const struct signer *override_signer, struct problems *problems) MUST_CHECK;

#endif
