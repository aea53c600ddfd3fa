/* SPDX-License-Identifier: MIT */
/*
 * Two HTTP exchanges compared, a recorded one (left) and that which is judged: status or failure,
 * headers, cookies, redirect, body by its media type. The host of each side counts as the same
 * wherever it occurs in a header. How the body was transferred and encoded never counts, its
 * Content-Length only in an answer to HEAD. Paths: "status", `header "Cache-Control"`,
 * `cookie "session" attribute "SameSite"`, "redirect", "$.items[*].name" and others of bodies.
 */
#ifndef BDDRUN_DIFF_EXCHANGE_DIFF_H
#define BDDRUN_DIFF_EXCHANGE_DIFF_H

#include <stdbool.h>

#include "base/text.h"
#include "diff/difference.h"
#include "diff/judge.h"
#include "exchange/exchange.h"

struct exchange_pair {
    const struct exchange *left;
    const struct exchange *right;
    const struct judge *judge; /* NULL: nothing is allowed */
};

/* All of it. What is volatile by nature (Date, request ids, cookies that expire at a time, tokens
 * of the same form) counts as masked. */
void exchange_diff(const struct exchange_pair *pair, struct differences *differences);

/* Its parts, as the steps name them. */
void exchange_diff_status(const struct exchange_pair *pair, struct differences *differences);
void exchange_diff_headers(const struct exchange_pair *pair, struct differences *differences);
void exchange_diff_cookies(const struct exchange_pair *pair, struct differences *differences);
void exchange_diff_body(const struct exchange_pair *pair, struct differences *differences);

/* Date, Age, and ids of requests and traces: their values change with every answer. */
bool header_is_volatile(struct text name);

#endif
