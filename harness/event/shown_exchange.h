/* SPDX-License-Identifier: MIT */
/*
 * An exchange made fit to be shown: what is sensitive by the name of its header, JSON key or query
 * parameter is masked, bodies are capped. Bytes are as they were sent: not escaped, not always
 * UTF-8. Secrets known by value are masked later, by the emitter; so that none is cut in two
 * before that, bodies are kept a little longer than they are shown.
 */
#ifndef BDDRUN_EVENT_SHOWN_EXCHANGE_H
#define BDDRUN_EVENT_SHOWN_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum { SHOWN_BODY_LIMIT = 16 << 10, SHOWN_BODY_SLACK = 4 << 10 };

struct shown_exchange {
    struct text title;        /* "GET http://127.0.0.1/lobby: 404 Not Found in 12 ms" */
    struct text curl;         /* the request as a curl command */
    struct text request_head; /* lines ending in \n: "GET /lobby HTTP/1.1", headers */
    struct text request_body;
    struct text response_head; /* empty: no answer */
    struct text response_body;
    uint64_t request_body_bytes; /* of the whole bodies */
    uint64_t response_body_bytes;
};

/* Texts are in the arena, or borrowed from the exchange. */
struct exchange;
struct shown_exchange *shown_exchange_make(struct arena *arena,
                                           const struct exchange *exchange);

/* Takes the slack off bodies that are longer than SHOWN_BODY_LIMIT; once, after masking. */
void shown_exchange_cut(struct shown_exchange *shown);

#endif
