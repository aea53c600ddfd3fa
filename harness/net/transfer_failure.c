/* SPDX-License-Identifier: MIT */
#include "net/transfer.h"

#include <inttypes.h>
#include <stdarg.h>

#include "base/escape.h"

struct failure_kind {
    CURLcode code;
    enum exchange_failure failure;
    const char *what; /* before the URL */
    const char *hint;
};

#define HINT_TLS                                                                               \
    "name the server's authority with the setting 'CA file', or say 'I trust any certificate'"
#define HINT_CERTIFICATE                                                                       \
    "check the settings 'client certificate', 'client key' and 'client key passphrase'"
#define HINT_LISTENING "check that the server is running and that host and port are right"
#define HINT_NAME "check the host's spelling and the name server"
#define HINT_LOG "look into the server's log: it ended the connection itself"
#define HINT_PROTOCOL                                                                          \
    "check that the port speaks HTTP and that nothing between rewrites answers"
#define HINT_PROXY                                                                             \
    "check the setting 'proxy' and the variables http_proxy, https_proxy, no_proxy"

static const struct failure_kind kinds[] = {
    { CURLE_URL_MALFORMAT, EXCHANGE_OTHER, "cannot use the URL", "check how it is written" },
    { CURLE_COULDNT_RESOLVE_PROXY, EXCHANGE_UNKNOWN_HOST, "unknown proxy on the way to",
      HINT_PROXY },
    { CURLE_COULDNT_RESOLVE_HOST, EXCHANGE_UNKNOWN_HOST, "unknown host in", HINT_NAME },
    { CURLE_COULDNT_CONNECT, EXCHANGE_REFUSED, "no connection to", HINT_LISTENING },
    { CURLE_PROXY, EXCHANGE_OTHER, "no connection through the proxy to", HINT_PROXY },
    { CURLE_WEIRD_SERVER_REPLY, EXCHANGE_UNREADABLE, "unreadable answer from", HINT_PROTOCOL },
    { CURLE_UNSUPPORTED_PROTOCOL, EXCHANGE_UNREADABLE, "not an HTTP answer from",
      HINT_PROTOCOL },
    { CURLE_HTTP2, EXCHANGE_UNREADABLE, "broken HTTP/2 answer from", HINT_PROTOCOL },
    { CURLE_HTTP2_STREAM, EXCHANGE_RESET, "the HTTP/2 stream was reset by", HINT_LOG },
    { CURLE_PARTIAL_FILE, EXCHANGE_UNREADABLE, "incomplete answer from",
      "the server said a longer body than it sent: look into its log" },
    { CURLE_GOT_NOTHING, EXCHANGE_RESET, "connection closed without an answer by", HINT_LOG },
    { CURLE_SEND_ERROR, EXCHANGE_RESET, "connection broken while sending to", HINT_LOG },
    { CURLE_RECV_ERROR, EXCHANGE_RESET, "connection broken while receiving from", HINT_LOG },
    { CURLE_SSL_CONNECT_ERROR, EXCHANGE_TLS, "no TLS connection to",
      "check that the port speaks TLS, its versions and certificates" },
    { CURLE_PEER_FAILED_VERIFICATION, EXCHANGE_TLS, "certificate not trusted of", HINT_TLS },
    { CURLE_SSL_CERTPROBLEM, EXCHANGE_TLS, "client certificate cannot be used for",
      HINT_CERTIFICATE },
    { CURLE_SSL_CLIENTCERT, EXCHANGE_TLS, "client certificate wanted by", HINT_CERTIFICATE },
    { CURLE_SSL_CACERT_BADFILE, EXCHANGE_TLS, "trusted certificates cannot be read for",
      "check the setting 'CA file' and the package ca-certificates" },
    { CURLE_SSL_CIPHER, EXCHANGE_TLS, "no common cipher with", NULL },
};

/* The first failure stays: the rest follows from it. */
static void set_failure(struct transfer *transfer, enum exchange_failure failure,
                        const char *hint, struct text message)
{
    struct exchange *exchange = transfer->exchange;
    if (exchange->failure == EXCHANGE_ANSWERED) {
        exchange->failure = failure;
        exchange->message = message;
        exchange->hint = text_of(hint ? hint : "");
    }
}

void transfer_fail(struct transfer *transfer, enum exchange_failure failure, const char *hint,
                   const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct text message = arena_format_list(transfer->session->arena, format, arguments);
    va_end(arguments);
    set_failure(transfer, failure, hint, message);
}

static struct text shown(struct transfer *transfer, struct text text)
{
    CLEANUP(buffer_release) struct buffer escaped;
    buffer_init(&escaped, 4 * (size_t)URL_SIZE_LIMIT);
    escape_line(&escaped, text);
    return arena_text(transfer->session->arena, buffer_text(&escaped));
}

static void fail_over_limit(struct transfer *transfer)
{
    struct text url = transfer->exchange->request.url;
    if (transfer->is_head_over) {
        transfer_fail(transfer, EXCHANGE_UNREADABLE, HINT_PROTOCOL,
                      "unreadable answer from '%.*s': expected at most %d bytes of headers, "
                      "got more",
                      TEXT_ARG(url), (int)HTTP_HEADERS_LIMIT_BYTES);
        return;
    }
    transfer_fail(transfer, EXCHANGE_BODY_LIMIT,
                  "raise the setting 'body limit' if that is right",
                  "body too large from '%.*s': expected at most %zu bytes (decompressed), got "
                  "more",
                  TEXT_ARG(url), transfer->content.limit_bytes);
}

static void fail_by_timeout(struct transfer *transfer)
{
    curl_off_t connected = 0;
    const struct http_settings *settings = transfer->settings;
    struct text url = transfer->exchange->request.url;
    curl_easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
    uint64_t gone_ms =
        (clock_monotonic_ns(transfer->session->net->clock) - transfer->started_ns) /
        NANOSECONDS_PER_MILLISECOND;
    if (connected == 0) {
        transfer_fail(transfer, EXCHANGE_TIMEOUT,
                      "check host, port and firewall, or raise the setting 'connect timeout'",
                      "no connection to '%.*s' within %" PRIu64 " ms", TEXT_ARG(url), gone_ms);
        return;
    }
    transfer_fail(transfer, EXCHANGE_TIMEOUT,
                  "look into the server's log, or raise the setting 'response timeout'",
                  "no complete answer from '%.*s' within %" PRIu64 " ms: %zu bytes of headers "
                  "and %zu of the body came",
                  TEXT_ARG(url), settings->response_timeout_ms, transfer->head.size,
                  transfer->content.size);
}

static void fail_by_code(struct transfer *transfer, CURLcode result)
{
    const struct failure_kind *kind = kinds;
    const struct failure_kind *end = kinds + ARRAY_SIZE(kinds);
    struct text url = transfer->exchange->request.url;
    struct text detail =
        text_of(transfer->error[0] ? transfer->error : curl_easy_strerror(result));
    while (kind < end && kind->code != result) {
        kind++;
    }
    if (kind == end) {
        transfer_fail(transfer, EXCHANGE_OTHER, NULL, "no answer from '%.*s': %.*s",
                      TEXT_ARG(url), TEXT_ARG(shown(transfer, detail)));
        return;
    }
    transfer_fail(transfer, kind->failure, kind->hint, "%s '%.*s': %.*s", kind->what,
                  TEXT_ARG(url), TEXT_ARG(shown(transfer, detail)));
}

/* libcurl has no code of its own for it. */
static bool is_about_chunks(const struct transfer *transfer)
{
    return text_contains(text_of(transfer->error), TEXT("chunked-encoding"));
}

/* libcurl takes a head that the connection's end cuts off for a whole one. */
void transfer_fail_cut_head(struct transfer *transfer)
{
    transfer_fail(transfer, EXCHANGE_UNREADABLE, HINT_LOG,
                  "incomplete answer from '%.*s': the connection was closed within the headers",
                  TEXT_ARG(transfer->exchange->request.url));
}

void transfer_fail_coding(struct transfer *transfer)
{
    CLEANUP(buffer_release) struct buffer fault;
    buffer_init(&fault, 4096);
    content_coding_print_fault(&transfer->coding, &fault);
    transfer_fail(transfer, EXCHANGE_UNREADABLE, content_coding_hint(&transfer->coding),
                  "broken Content-Encoding from '%.*s': %.*s",
                  TEXT_ARG(transfer->exchange->request.url),
                  TEXT_ARG(shown(transfer, buffer_text(&fault))));
}

void transfer_fail_with(struct transfer *transfer, CURLcode result)
{
    long proxy_status = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
    if (transfer->is_head_over || transfer->content.is_over_limit) {
        fail_over_limit(transfer);
    } else if (content_coding_is_broken(&transfer->coding)) {
        transfer_fail_coding(transfer);
    } else if (result == CURLE_OPERATION_TIMEDOUT) {
        fail_by_timeout(transfer);
    } else if (proxy_status >= 300) {
        transfer_fail(transfer, EXCHANGE_OTHER, HINT_PROXY,
                      "no connection to '%.*s': the proxy answered %ld",
                      TEXT_ARG(transfer->exchange->request.url), proxy_status);
    } else if (result == CURLE_OUT_OF_MEMORY) {
        /* So libcurl says of one line: memory itself does not run out at this size. */
        transfer_fail(
            transfer, EXCHANGE_UNREADABLE, HINT_PROTOCOL,
            "unreadable answer from '%.*s': expected at most 100 KiB in a header line, "
            "got more",
            TEXT_ARG(transfer->exchange->request.url));
    } else if (result == CURLE_WRITE_ERROR || is_about_chunks(transfer)) {
        /* Ours were told apart above: what is left is a transfer encoding libcurl cannot read. */
        fail_by_code(transfer, CURLE_WEIRD_SERVER_REPLY);
    } else {
        fail_by_code(transfer, result);
    }
}

void transfer_fail_ended(struct transfer *transfer, enum exchange_failure failure)
{
    struct text url = transfer->exchange->request.url;
    uint64_t gone_ms =
        (clock_monotonic_ns(transfer->session->net->clock) - transfer->started_ns) /
        NANOSECONDS_PER_MILLISECOND;
    if (failure == EXCHANGE_TIMEOUT) {
        transfer_fail(transfer, failure, "raise the deadline, or look into the server's log",
                      "no complete answer from '%.*s' within the deadline, after %" PRIu64
                      " ms",
                      TEXT_ARG(url), gone_ms);
        return;
    }
    transfer_fail(transfer, failure, NULL,
                  "interrupted after %" PRIu64 " ms: no answer yet from '%.*s'", gone_ms,
                  TEXT_ARG(url));
}
