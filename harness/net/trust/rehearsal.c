/* SPDX-License-Identifier: MIT */
/* A TLS handshake with ourselves, in memory. */
#include "net/trust.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

enum { ROUNDS_LIMIT = 10, SECONDS_VALID = 3600 };

struct rehearsal {
    EVP_PKEY *key;
    X509 *certificate;
    SSL_CTX *client_context;
    SSL_CTX *server_context;
    SSL *client;
    SSL *server;
};

static int accept_any(int is_well, X509_STORE_CTX *context)
{
    (void)is_well;
    (void)context;
    return 1;
}

static bool make_certificate(struct rehearsal *rehearsal)
{
    EVP_PKEY *key = rehearsal->key = EVP_EC_gen("P-256");
    X509 *certificate = rehearsal->certificate = X509_new();
    X509_NAME *name = certificate ? X509_get_subject_name(certificate) : NULL;
    return key && name && X509_set_version(certificate, X509_VERSION_3) &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                      (const unsigned char *)"rehearsal", -1, -1, 0) &&
           X509_set_issuer_name(certificate, name) &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), 0) &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), SECONDS_VALID) &&
           X509_set_pubkey(certificate, key) && X509_sign(certificate, key, EVP_sha256());
}

static bool make_sides(struct rehearsal *rehearsal, void *store)
{
    SSL_CTX *client = rehearsal->client_context = SSL_CTX_new(TLS_client_method());
    SSL_CTX *server = rehearsal->server_context = SSL_CTX_new(TLS_server_method());
    if (!client || !server || !SSL_CTX_use_certificate(server, rehearsal->certificate) ||
        !SSL_CTX_use_PrivateKey(server, rehearsal->key)) {
        return false;
    }
    SSL_CTX_set1_cert_store(client, store);
    SSL_CTX_set_verify(client, SSL_VERIFY_PEER, accept_any);
    rehearsal->client = SSL_new(client);
    rehearsal->server = SSL_new(server);
    BIO *near_end;
    BIO *far_end;
    if (!rehearsal->client || !rehearsal->server ||
        !BIO_new_bio_pair(&near_end, 0, &far_end, 0)) {
        return false;
    }
    SSL_set_bio(rehearsal->client, near_end, near_end);
    SSL_set_bio(rehearsal->server, far_end, far_end);
    SSL_set_connect_state(rehearsal->client);
    SSL_set_accept_state(rehearsal->server);
    return true;
}

bool trust_rehearse(struct trust *trust)
{
    struct rehearsal rehearsal = { 0 };
    bool is_over = false;
    if (make_certificate(&rehearsal) && make_sides(&rehearsal, trust->store)) {
        for (int i = 0; i < ROUNDS_LIMIT && !is_over; i++) {
            (void)SSL_do_handshake(rehearsal.client);
            (void)SSL_do_handshake(rehearsal.server);
            is_over = SSL_is_init_finished(rehearsal.client) &&
                      SSL_is_init_finished(rehearsal.server);
        }
    }
    SSL_free(rehearsal.client);
    SSL_free(rehearsal.server);
    SSL_CTX_free(rehearsal.client_context);
    SSL_CTX_free(rehearsal.server_context);
    X509_free(rehearsal.certificate);
    EVP_PKEY_free(rehearsal.key);
    ERR_clear_error();
    return is_over;
}
