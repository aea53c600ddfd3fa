/* SPDX-License-Identifier: MIT */
/*
 * An HTTP response: plain data, bytes as the server sent them but decoded (Transfer-Encoding,
 * Content-Encoding). Nothing is assumed to be UTF-8. Texts live as long as the exchange.
 */
#ifndef BDDRUN_EXCHANGE_RESPONSE_H
#define BDDRUN_EXCHANGE_RESPONSE_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "exchange/header.h"
#include "exchange/timing.h"

struct response {
    unsigned status;          /* 0: no status line came */
    struct text http_version; /* "1.0", "1.1", "2" */
    struct text reason;       /* may be empty */
    struct headers headers;
    struct text body;        /* decoded; what came of it when the exchange failed */
    uint64_t raw_size_bytes; /* of the body as it was sent */
    struct timing timing;
    struct text url; /* that answered, after redirects */
    unsigned redirect_count;
    struct text remote_address;      /* "127.0.0.1:8080", empty for a unix socket */
    uint64_t certificate_expires_ns; /* realtime; 0: not over TLS */
};

#endif
