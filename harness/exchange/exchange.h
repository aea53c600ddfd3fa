/* SPDX-License-Identifier: MIT */
/*
 * One request as it was sent and what came of it: a response, or a failure. Lives in the arena
 * that was given to http_start; never changes once is_finished.
 */
#ifndef BDDRUN_EXCHANGE_EXCHANGE_H
#define BDDRUN_EXCHANGE_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "exchange/header.h"
#include "exchange/response.h"

enum exchange_failure {
    EXCHANGE_ANSWERED, /* no failure, whatever the status */
    EXCHANGE_TIMEOUT,
    EXCHANGE_REFUSED, /* a refused or unreachable connection */
    EXCHANGE_UNKNOWN_HOST,
    EXCHANGE_TLS,
    EXCHANGE_RESET,      /* the connection broke before or in the response */
    EXCHANGE_UNREADABLE, /* not HTTP, broken encoding, too large headers, a wrong length */
    EXCHANGE_BODY_LIMIT,
    EXCHANGE_INTERRUPTED, /* cancelled by us */
    EXCHANGE_OTHER,       /* the request itself: URL, file, settings; too many redirects */
};

/* The last request of the exchange, after redirects. */
struct sent_request {
    struct text method;
    struct text url;        /* absolute, query included */
    struct headers headers; /* with cookies and what we add; answers to digest, NTLM and
                               Negotiate challenges are not among them */
    struct text body;
    bool has_body;
};

struct exchange {
    bool is_finished;
    struct text actor;          /* for the caller */
    struct text correlation_id; /* for the caller */
    uint64_t started_at_ns;     /* realtime */
    uint64_t finished_at_ns;    /* realtime */
    struct sent_request request;
    struct response response;
    enum exchange_failure failure;
    struct text message; /* of a failure: what, of which URL, expected and found */
    struct text hint;    /* of a failure: the next action, or empty */
};

/* The word of the vocabulary: "a timeout", "a refused connection", ... ; "" for the others. */
const char *exchange_failure_fault(enum exchange_failure failure);

/* The failure that a {fault} of the vocabulary names; false for another text. */
bool exchange_failure_of_fault(struct text fault, enum exchange_failure *ret_failure);

#endif
