/* SPDX-License-Identifier: MIT */
/*
 * How an actor's requests are made: plain data, copied by assignment. Zeroed and then
 * http_settings_init. Texts are borrowed and must outlive every exchange started with them.
 */
#ifndef BDDRUN_NET_HTTP_SETTINGS_H
#define BDDRUN_NET_HTTP_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "exchange/header.h"

enum http_auth {
    HTTP_AUTH_NONE,
    HTTP_AUTH_BASIC,
    HTTP_AUTH_DIGEST,
    HTTP_AUTH_NTLM,
    HTTP_AUTH_NEGOTIATE,
};

enum http_version { HTTP_VERSION_ANY, HTTP_VERSION_1_0, HTTP_VERSION_1_1, HTTP_VERSION_2 };
enum http_ip { HTTP_IP_ANY, HTTP_IP_4, HTTP_IP_6 };
enum http_tls { HTTP_TLS_ANY, HTTP_TLS_1_0, HTTP_TLS_1_1, HTTP_TLS_1_2, HTTP_TLS_1_3 };
enum http_proxy {
    HTTP_PROXY_ENVIRONMENT, /* http_proxy, https_proxy, all_proxy, no_proxy; never for loopback */
    HTTP_PROXY_NONE,
    HTTP_PROXY_GIVEN, /* proxy; for loopback too */
};

struct http_settings {
    struct text base_url;
    struct text bearer_token; /* empty: none */
    struct text user_agent;   /* empty: bddrun/VERSION */
    enum http_auth auth;
    struct text auth_user;
    struct text auth_password;
    struct text ca_file; /* empty: the system's */
    struct text client_certificate;
    struct text client_key; /* empty: in the certificate's file */
    struct text client_key_passphrase;
    enum http_proxy proxy_use;
    struct text proxy;
    struct text *resolve; /* host:port:address */
    size_t resolve_count;
    struct text *connect_to; /* host:port:host:port */
    size_t connect_to_count;
    struct text unix_socket;
    enum http_version version;
    enum http_ip ip;
    enum http_tls tls_minimum;
    uint64_t connect_timeout_ms; /* default 5 s; 0: none */
    uint64_t
        response_timeout_ms;   /* default 10 s; of the exchange, redirects included; 0: none */
    uint64_t body_limit_bytes; /* default 64 MiB, decompressed */
    unsigned redirect_limit;   /* default 10 */
    bool follows_redirects;
    bool trusts_any_certificate;
    struct headers default_headers; /* sent unless the request has its own of that name */
    struct headers removed_headers; /* names: not sent unless the request has them itself, not
                                       even those that we would add (Accept, User-Agent, ...) */
};

void http_settings_init(struct http_settings *settings);

/* Reads "1.0", "1.1", "2"; "4", "6"; "1.2" …: false for another text. */
bool http_version_parse(struct text text, enum http_version *ret_version);
bool http_ip_parse(struct text text, enum http_ip *ret_ip);
bool http_tls_parse(struct text text, enum http_tls *ret_tls);

/* True when text has curl's form of `resolve` (host:port:address), `connect-to`
 * (host:port:host:port). An IPv6 address stands in brackets. */
bool http_resolve_is_valid(struct text text);
bool http_connect_to_is_valid(struct text text);

#endif
