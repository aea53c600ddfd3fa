/* SPDX-License-Identifier: MIT */
#include "net/transfer.h"

static void set_text(struct transfer *transfer, CURLoption option, struct text text)
{
    curl_easy_setopt(transfer->easy, option, arena_string(transfer->session->arena, text));
}

static void set_optional_text(struct transfer *transfer, CURLoption option, struct text text)
{
    if (text.size > 0) {
        set_text(transfer, option, text);
    }
}

static void set_method(struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    struct text method = transfer->exchange->request.method;
    const struct request_body *body = &transfer->body;
    bool is_sending = transfer_sends_content(transfer);
    if (is_sending) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body->bytes.size > 0 ? body->bytes.at : "");
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->bytes.size);
    }
    if (text_is(method, "HEAD")) {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (!text_is(method, is_sending ? "POST" : "GET")) {
        set_text(transfer, CURLOPT_CUSTOMREQUEST, method);
    }
}

static CURLcode trust_store_wanted(CURL *easy, void *ssl_context, void *context)
{
    (void)easy;
    struct net_global *global = context;
    return trust_apply(&global->trust, ssl_context) ? CURLE_OK : CURLE_SSL_CACERT_BADFILE;
}

static void set_trust(struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    const struct http_settings *settings = transfer->settings;
    if (settings->trusts_any_certificate) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    } else if (settings->ca_file.size > 0) {
        /* By libcurl: so connections that trust differently are kept apart, and it parses the
         * file once for all. */
        set_text(transfer, CURLOPT_CAINFO, settings->ca_file);
        curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    } else {
        curl_easy_setopt(easy, CURLOPT_CAINFO, NULL);
        curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, trust_store_wanted);
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, transfer->session->net->global);
    }
}

static void set_tls(struct transfer *transfer)
{
    static const long minimum[] = {
        [HTTP_TLS_ANY] = CURL_SSLVERSION_DEFAULT, [HTTP_TLS_1_0] = CURL_SSLVERSION_TLSv1_0,
        [HTTP_TLS_1_1] = CURL_SSLVERSION_TLSv1_1, [HTTP_TLS_1_2] = CURL_SSLVERSION_TLSv1_2,
        [HTTP_TLS_1_3] = CURL_SSLVERSION_TLSv1_3,
    };
    const struct http_settings *settings = transfer->settings;
    set_trust(transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_SSLVERSION, minimum[settings->tls_minimum]);
    if (transfer_may_send_credentials(transfer)) {
        set_optional_text(transfer, CURLOPT_SSLCERT, settings->client_certificate);
        set_optional_text(transfer, CURLOPT_SSLKEY, settings->client_key);
        set_optional_text(transfer, CURLOPT_KEYPASSWD, settings->client_key_passphrase);
    }
}

static void set_version(struct transfer *transfer)
{
    long version = CURL_HTTP_VERSION_NONE;
    switch (transfer->settings->version) {
    case HTTP_VERSION_ANY:
        return; /* HTTP/2 where TLS negotiates it */
    case HTTP_VERSION_1_0:
        version = CURL_HTTP_VERSION_1_0;
        break;
    case HTTP_VERSION_1_1:
        version = CURL_HTTP_VERSION_1_1;
        break;
    case HTTP_VERSION_2:
        version = url_is_secure(&transfer->url) ? CURL_HTTP_VERSION_2_0
                                                : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
        break;
    }
    curl_easy_setopt(transfer->easy, CURLOPT_HTTP_VERSION, version);
}

static void set_proxy(struct transfer *transfer)
{
    const struct http_settings *settings = transfer->settings;
    bool is_loopback = url_is_loopback(&transfer->url);
    if (settings->proxy_use == HTTP_PROXY_GIVEN) {
        set_text(transfer, CURLOPT_PROXY, settings->proxy);
        curl_easy_setopt(transfer->easy, CURLOPT_NOPROXY, "");
        curl_easy_setopt(transfer->easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    } else if (settings->proxy_use == HTTP_PROXY_NONE || is_loopback) {
        curl_easy_setopt(transfer->easy, CURLOPT_PROXY, "");
    } else {
        curl_easy_setopt(transfer->easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    }
}

/* The port of "host:port:address". */
static struct text port_of(struct text resolve)
{
    bool is_bracketed = text_starts_with(resolve, TEXT("["));
    size_t host_end =
        is_bracketed ? text_find_byte(resolve, ']', 0) + 1 : text_find_byte(resolve, ':', 0);
    return text_slice(resolve, host_end + 1, text_find_byte(resolve, ':', host_end + 1));
}

/* `resolve` is given as connect-to, too: CURLOPT_RESOLVE would put the address into the cache that
 * all actors share, and its connections would be taken by others. */
static void set_routes(struct transfer *transfer)
{
    const struct http_settings *settings = transfer->settings;
    struct arena *arena = transfer->session->arena;
    struct curl_slist *routes = NULL;
    for (size_t i = settings->resolve_count + settings->connect_to_count; i > 0; i--) {
        struct curl_slist *route = ARENA_NEW(arena, struct curl_slist);
        if (i > settings->resolve_count) {
            route->data =
                arena_string(arena, settings->connect_to[i - 1 - settings->resolve_count]);
        } else {
            struct text resolve = settings->resolve[i - 1];
            struct text line =
                arena_format(arena, "%.*s:%.*s", TEXT_ARG(resolve), TEXT_ARG(port_of(resolve)));
            route->data = arena_string(arena, line);
        }
        route->next = routes;
        routes = route;
    }
    if (routes) {
        curl_easy_setopt(transfer->easy, CURLOPT_CONNECT_TO, routes);
    }
    set_optional_text(transfer, CURLOPT_UNIX_SOCKET_PATH, settings->unix_socket);
    if (settings->ip != HTTP_IP_ANY) {
        curl_easy_setopt(transfer->easy, CURLOPT_IPRESOLVE,
                         settings->ip == HTTP_IP_4 ? (long)CURL_IPRESOLVE_V4
                                                   : (long)CURL_IPRESOLVE_V6);
    }
}

/* Basic and bearer are headers of ours; the others answer challenges, which libcurl does. */
static void set_auth(struct transfer *transfer)
{
    const struct http_settings *settings = transfer->settings;
    unsigned long kinds = settings->auth == HTTP_AUTH_DIGEST ? CURLAUTH_DIGEST
                          : settings->auth == HTTP_AUTH_NTLM ? CURLAUTH_NTLM
                                                             : CURLAUTH_NEGOTIATE;
    if (settings->auth <= HTTP_AUTH_BASIC || !transfer_may_send_credentials(transfer)) {
        return;
    }
    curl_easy_setopt(transfer->easy, CURLOPT_HTTPAUTH, (long)kinds);
    set_text(transfer, CURLOPT_USERNAME, settings->auth_user);
    set_text(transfer, CURLOPT_PASSWORD, settings->auth_password);
}

static void set_timeouts(struct transfer *transfer)
{
    const struct http_settings *settings = transfer->settings;
    if (settings->connect_timeout_ms > 0) {
        curl_easy_setopt(transfer->easy, CURLOPT_CONNECTTIMEOUT_MS,
                         (long)settings->connect_timeout_ms);
    }
    if (settings->response_timeout_ms > 0) {
        uint64_t now_ns = clock_monotonic_ns(transfer->session->net->clock);
        uint64_t gone_ms = (now_ns - transfer->started_ns) / NANOSECONDS_PER_MILLISECOND;
        uint64_t limit_ms = settings->response_timeout_ms;
        curl_easy_setopt(transfer->easy, CURLOPT_TIMEOUT_MS,
                         (long)(limit_ms > gone_ms ? limit_ms - gone_ms : 1));
    }
}

void transfer_set_options(struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    /* A name still being looked up when we give up must not hold the loop. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->error);
    curl_easy_setopt(easy, CURLOPT_URL, transfer->exchange->request.url.at);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->lines);
    set_method(transfer);
    set_version(transfer);
    set_proxy(transfer);
    set_routes(transfer);
    set_auth(transfer);
    set_timeouts(transfer);
    if (url_is_secure(&transfer->url)) {
        set_tls(transfer);
    }
    transfer_receive_into(transfer);
}
