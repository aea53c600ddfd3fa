/* SPDX-License-Identifier: MIT */
#include "net/trust.h"

#include <stdlib.h>
#include <time.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "base/clock.h"
#include "exchange/http_date.h"

bool trust_load(struct trust *trust, struct problems *problems)
{
    if (trust->store) {
        return true;
    }
    const char *named = getenv("SSL_CERT_FILE");
    const char *path = named && *named ? named : trust->bundle_path;
    X509_STORE *store = X509_STORE_new();
    if (!store || !path || X509_STORE_load_locations(store, path, NULL) != 1) {
        X509_STORE_free(store);
        ERR_clear_error();
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "install the package ca-certificates, or name a bundle in SSL_CERT_FILE",
                     "cannot read the trusted certificates '%s'", path ? path : "(none)");
        return false;
    }
    /* As libcurl does: an intermediate in the bundle is as good as its root. */
    X509_STORE_set_flags(store, X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
    trust->store = store;
    return true;
}

void trust_release(struct trust *trust)
{
    X509_STORE_free(trust->store);
    trust->store = NULL;
}

bool trust_apply(struct trust *trust, void *ssl_context)
{
    CLEANUP(problems_release)
    struct problems unsaid; /* the exchange fails with its own message */
    problems_init(&unsaid);
    if (!trust_load(trust, &unsaid)) {
        return false;
    }
    SSL_CTX_set1_cert_store(ssl_context, trust->store);
    return true;
}

uint64_t trust_peer_expires_ns(void *ssl)
{
    struct tm end;
    const X509 *certificate = ssl ? SSL_get0_peer_certificate(ssl) : NULL;
    if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1) {
        return 0;
    }
    unsigned second_of_day =
        (unsigned)end.tm_hour * 3600 + (unsigned)end.tm_min * 60 + (unsigned)end.tm_sec;
    return http_date_make((unsigned)end.tm_year + 1900, (unsigned)end.tm_mon + 1,
                          (unsigned)end.tm_mday, second_of_day);
}
