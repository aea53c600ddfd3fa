/* SPDX-License-Identifier: MIT */
#include "net/socket/parts.h"

#include <openssl/evp.h>

#include "base/escape.h"
#include "format/base64.h"

#define ACCEPT_SUFFIX "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define HINT_WEBSOCKET                                                                         \
    "check that the path is a WebSocket's, and that nothing between changes headers"

enum { SHA1_BYTES = 20 };

static bool fail(struct socket *socket, const char *expected, struct text got)
{
    CLEANUP(buffer_release) struct buffer shown;
    buffer_init(&shown, 4 * (size_t)SOCKET_HEAD_LIMIT_BYTES);
    escape_line(&shown, text_slice(got, 0, 256));
    transfer_fail(socket->transfer, EXCHANGE_UNREADABLE, HINT_WEBSOCKET,
                  "the upgrade of '%.*s' broke RFC 6455, section 4.1: expected %s, got %.*s",
                  TEXT_ARG(socket->handshake->request.url), expected,
                  TEXT_ARG(buffer_text(&shown)));
    return false;
}

static bool is_listed(struct text list, struct text wanted, bool ignores_case)
{
    struct text token;
    while (text_take_until(&list, ',', &token)) {
        token = text_trim(token);
        if (ignores_case ? text_equal_ignoring_case(token, wanted)
                         : text_equal(token, wanted)) {
            return true;
        }
    }
    return false;
}

static const struct headers *answered(const struct socket *socket)
{
    return &socket->handshake->response.headers;
}

static bool has_upgrade(struct socket *socket)
{
    struct text value = TEXT("none");
    bool is_there = headers_find(answered(socket), TEXT("Upgrade"), &value);
    return (is_there && text_equal_ignoring_case(value, TEXT("websocket"))) ||
           fail(socket, "the header 'Upgrade: websocket'", value);
}

static bool has_connection(struct socket *socket)
{
    size_t index = 0;
    struct text seen = TEXT("none");
    const struct header *header;
    while ((header = headers_next(answered(socket), TEXT("Connection"), &index))) {
        seen = header->value;
        if (is_listed(seen, TEXT("upgrade"), true)) {
            return true;
        }
    }
    return fail(socket, "the header 'Connection: Upgrade'", seen);
}

/* Section 4.2.2: what proves that the server read our key. */
static struct text accept_of(struct arena *arena, struct text key)
{
    unsigned char digest[SHA1_BYTES];
    struct text proof = arena_format(arena, "%.*s" ACCEPT_SUFFIX, TEXT_ARG(key));
    if (EVP_Q_digest(NULL, "SHA1", NULL, proof.at, proof.size, digest, NULL) != 1) {
        BUG("SHA-1 is not available");
    }
    return base64_encode(arena, text_make((const char *)digest, sizeof digest));
}

static bool has_accept(struct socket *socket)
{
    struct text key = TEXT_EMPTY;
    struct text value = TEXT("none");
    struct text name = TEXT("Sec-WebSocket-Accept");
    (void)headers_find(&socket->handshake->request.headers, TEXT("Sec-WebSocket-Key"), &key);
    struct text wanted = accept_of(socket->arena, key);
    size_t count = headers_count(answered(socket), name);
    (void)headers_find(answered(socket), name, &value);
    if (count > 1) {
        return fail(socket, "the header 'Sec-WebSocket-Accept' once", TEXT("it several times"));
    }
    struct text line = arena_format(socket->arena, "the header 'Sec-WebSocket-Accept: %.*s'",
                                    TEXT_ARG(wanted));
    return (count == 1 && text_equal(value, wanted)) || fail(socket, line.at, value);
}

static bool has_no_extension(struct socket *socket)
{
    size_t index = 0;
    const struct header *header =
        headers_next(answered(socket), TEXT("Sec-WebSocket-Extensions"), &index);
    return !header || fail(socket, "no extension, for none was offered", header->value);
}

static bool is_offered(const struct socket *socket, struct text wanted)
{
    size_t index = 0;
    const struct header *header;
    while ((header = headers_next(&socket->handshake->request.headers,
                                  TEXT("Sec-WebSocket-Protocol"), &index))) {
        if (is_listed(header->value, wanted, false)) {
            return true;
        }
    }
    return false;
}

static bool has_offered_subprotocol(struct socket *socket)
{
    size_t index = 0;
    struct text name = TEXT("Sec-WebSocket-Protocol");
    const struct header *header = headers_next(answered(socket), name, &index);
    if (!header) {
        return true;
    }
    if (!is_offered(socket, header->value)) {
        return fail(socket, "a subprotocol that was offered, or none", header->value);
    }
    socket->subprotocol = header->value;
    header = headers_next(answered(socket), name, &index);
    return !header || fail(socket, "one subprotocol", TEXT("several"));
}

bool answer_is_acceptance(struct socket *socket)
{
    struct text version = socket->handshake->response.http_version;
    if (!text_is(version, "1.1")) {
        return fail(socket, "HTTP/1.1", version);
    }
    return has_upgrade(socket) && has_connection(socket) && has_accept(socket) &&
           has_no_extension(socket) && has_offered_subprotocol(socket);
}
