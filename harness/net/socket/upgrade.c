/* SPDX-License-Identifier: MIT */
#include "net/socket/parts.h"

#include "format/base64.h"
#include "format/percent.h"

enum { KEY_BYTES = 16 };

/* http: and https: mean ws: and wss:. */
static bool take_url(struct socket *socket)
{
    struct transfer *transfer = socket->transfer;
    struct sent_request *sent = &socket->handshake->request;
    if (!url_parse(sent->url, &transfer->url)) {
        transfer_fail(
            transfer, EXCHANGE_OTHER,
            "write ws:// or wss:// and a host, or a path with the base URL: --base-url, "
            "or 'url' of the environment in bddrun.yaml",
            "cannot open a socket to '%.*s': not a URL with a host", TEXT_ARG(sent->url));
        return false;
    }
    socket->is_secure = url_is_secure(&transfer->url);
    sent->url = arena_format(socket->arena, "%s%.*s", socket->is_secure ? "wss" : "ws",
                             TEXT_ARG(text_from(sent->url, transfer->url.scheme.size)));
    if (!url_parse(sent->url, &transfer->url)) {
        BUG("'%.*s' was a URL", TEXT_ARG(sent->url));
    }
    transfer->first_url = transfer->url;
    return true;
}

static void add(struct socket *socket, const char *name, struct text value)
{
    headers_add(&socket->transfer->added, socket->session->arena, text_of(name), value);
}

static struct text origin_of(const struct socket *socket)
{
    return arena_format(socket->arena, "%s://%.*s", socket->is_secure ? "https" : "http",
                        TEXT_ARG(transfer_authority(socket->transfer)));
}

static struct text key_of(const struct socket *socket)
{
    char bytes[KEY_BYTES];
    random_fill(&socket->session->net->random, bytes, sizeof bytes);
    return base64_encode(socket->arena, text_make(bytes, sizeof bytes));
}

/* What libcurl does for HTTP. */
static void add_credentials_of_url(struct socket *socket)
{
    struct text pair = socket->transfer->url.user_info;
    const struct http_settings *settings = socket->transfer->settings;
    if (pair.size > 0 && settings->bearer_token.size == 0 &&
        settings->auth != HTTP_AUTH_BASIC) {
        add(socket, "Authorization",
            arena_format(
                socket->arena, "Basic %.*s",
                TEXT_ARG(base64_encode(socket->arena, percent_decode(socket->arena, pair)))));
    }
}

static void add_subprotocols(struct socket *socket)
{
    CLEANUP(buffer_release) struct buffer list;
    buffer_init(&list, SOCKET_HEAD_LIMIT_BYTES);
    for (size_t i = 0; i < socket->options.subprotocol_count; i++) {
        buffer_add_format(&list, "%s%.*s", i ? ", " : "",
                          TEXT_ARG(socket->options.subprotocols[i]));
    }
    if (list.size > 0) {
        add(socket, "Sec-WebSocket-Protocol", arena_text(socket->arena, buffer_text(&list)));
    }
}

static void add_headers(struct socket *socket)
{
    add(socket, "Upgrade", TEXT("websocket"));
    add(socket, "Connection", TEXT("Upgrade"));
    add(socket, "Sec-WebSocket-Key", key_of(socket));
    add(socket, "Sec-WebSocket-Version", TEXT("13"));
    add(socket, "Origin", origin_of(socket));
    add_subprotocols(socket);
    add_credentials_of_url(socket);
}

static void set_options(struct socket *socket)
{
    struct transfer *transfer = socket->transfer;
    CURL *easy = transfer->easy;
    struct text rest = text_from(transfer->exchange->request.url, transfer->url.scheme.size);
    struct text url = arena_format(socket->arena, "%s%.*s",
                                   socket->is_secure ? "https" : "http", TEXT_ARG(rest));
    transfer_set_options(transfer);
    curl_easy_setopt(easy, CURLOPT_URL, url.at);
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    /* With HTTP/2 negotiated, sending and receiving ourselves crashes within libcurl. */
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    /* Otherwise an http: URL only connects to the proxy. */
    curl_easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
}

bool upgrade_prepare(struct socket *socket, const struct request *request)
{
    struct transfer *transfer = socket->transfer;
    if (!transfer_take_request(transfer, request)) {
        return false;
    }
    socket->handshake->request.method = TEXT("GET");
    if (!take_url(socket)) {
        return false;
    }
    add_headers(socket);
    if (!transfer_compose(transfer)) {
        return false;
    }
    set_options(socket);
    return true;
}

void upgrade_print(const struct socket *socket, struct buffer *out)
{
    const struct url *url = &socket->transfer->url;
    const struct headers *headers = &socket->handshake->request.headers;
    buffer_add_format(out, "GET %s%.*s%s%.*s HTTP/1.1\r\n", url->path.size > 0 ? "" : "/",
                      TEXT_ARG(url->path), url->has_query ? "?" : "", TEXT_ARG(url->query));
    for (size_t i = 0; i < headers->count; i++) {
        buffer_add(out, headers->list[i].name);
        buffer_add_string(out, ": ");
        buffer_add(out, headers->list[i].value);
        buffer_add_string(out, "\r\n");
    }
    buffer_add_string(out, "\r\n");
}
