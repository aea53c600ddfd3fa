/* SPDX-License-Identifier: MIT */
/*
 * A protocol driven line by line, and everything that it tells as text.
 *
 * Lines: `opened`, `< TEXT` and `<< BYTES` (received), `<ping`, `due`, `goodbye`, `send NAME CHANNEL
 * [JSON]`, `call NAME CHANNEL [JSON]`, `reply CHANNEL CALL [JSON]`, `join X`, `leave X`, `members X`,
 * `authorised CHANNEL AUTH DATA REASON`; `-` is an empty word.
 * Told: `> TEXT`, `>> BYTES`, `wake MS`, `event …`, `call …`, `reply …`, the changes by name,
 * `authorise CHANNEL SOCKET`, `refuses: PROBLEM; HINT`.
 */
#ifndef BDDRUN_SUPPORT_PROTOCOL_SCRIPT_H
#define BDDRUN_SUPPORT_PROTOCOL_SCRIPT_H

#include "protocol/protocol.h"

/* Fails the test when what is told differs from `expected`. options may be NULL. */
void assert_protocol(const struct protocol *protocol, const struct protocol_options *options,
                     const char *script, const char *expected);

#endif
