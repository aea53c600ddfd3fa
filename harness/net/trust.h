/* SPDX-License-Identifier: MIT */
/*
 * The certificates that TLS trusts unless a setting says otherwise: the system's bundle, parsed
 * once and shared by all connections and, when it was loaded before the fork, all processes.
 * Private to net: the wrapper of libssl.
 */
#ifndef BDDRUN_NET_TRUST_H
#define BDDRUN_NET_TRUST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/problem.h"

struct trust {
    void *store;             /* X509_STORE; NULL until loaded */
    const char *bundle_path; /* libcurl's built-in default; may be NULL */
};

bool trust_load(struct trust *trust, struct problems *problems) MUST_CHECK;
void trust_release(struct trust *trust);

/* Shakes hands with itself once, in memory, so that what OpenSSL finds out at its first handshake
 * (providers, algorithms: 2 ms) is known to all processes forked later. The store is loaded. False: it came to no end, which costs
 * nothing but the time it would have saved. */
bool trust_rehearse(struct trust *trust);

/* Makes an SSL_CTX verify against the store, loading it where that was not done yet. */
bool trust_apply(struct trust *trust, void *ssl_context) MUST_CHECK;

/* When the certificate of the other side of an SSL ends, nanoseconds since 1970; 0: none. */
uint64_t trust_peer_expires_ns(void *ssl);

#endif
