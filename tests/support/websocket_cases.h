/* SPDX-License-Identifier: MIT */
/*
 * What a strict client of RFC 6455 has to do, case by case. The numbers are those of the Autobahn
 * test suite, so that results compare one to one: all 301 that are not about compression. Cases
 * that it does not have follow as h.* (faults of the handshake) and x.*.
 */
#ifndef BDDRUN_TESTS_SUPPORT_WEBSOCKET_CASES_H
#define BDDRUN_TESTS_SUPPORT_WEBSOCKET_CASES_H

#include "support/websocket_game.h"

enum { WEBSOCKET_CASES_LIMIT = 400, WEBSOCKET_AUTOBAHN_CASES = 301 };

struct websocket_case {
    char id[12];
    void (*play)(struct websocket_game *game, const struct websocket_case *played);
    unsigned opcode;
    const char *bytes;
    size_t size;  /* of bytes, or of the message */
    size_t piece; /* bytes of a fragment */
    size_t chop;  /* bytes of a write */

    /* What the client says of it. */
    unsigned code; /* of the close frame that came, 1006: none; of a refusal: the status */
    const char *failure;      /* a part of it; NULL: it is none */
    bool is_refused;          /* the upgrade; failure is the exchange's */
    bool is_head_own;         /* play answers the upgrade itself */
    bool is_with_subprotocol; /* the client offers "chat" and "superchat" */
};

/* All of them, in the order of their numbers. */
const struct websocket_case *websocket_cases(size_t *ret_count);

#endif
