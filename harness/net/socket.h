/* SPDX-License-Identifier: MIT */
/*
 * A WebSocket (RFC 6455) as a client, on the loop: libcurl's CONNECT_ONLY connection, our upgrade,
 * wslay's frames. It belongs to a session: cookies, credentials, TLS, proxy, resolve are those of
 * its HTTP, and cookies that the upgrade sets flow back. Pings are answered by itself. No
 * extension is offered. Nothing blocks; the listener is told from the loop only, never from
 * within a call here, and may call anything here but socket_free.
 *
 * Whatever goes wrong ends the socket and is told in conversation->close, or, before the upgrade
 * was accepted, in the exchange (its failure; or its response with a status other than 101, with
 * the body that explains it).
 */
#ifndef BDDRUN_NET_SOCKET_H
#define BDDRUN_NET_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "exchange/conversation.h"
#include "exchange/exchange.h"
#include "exchange/request.h"
#include "net/http.h"
#include "net/http_settings.h"

struct socket;

enum socket_state {
    SOCKET_CONNECTING, /* until the upgrade was answered */
    SOCKET_OPEN,
    SOCKET_CLOSING, /* a close frame was sent or received */
    SOCKET_CLOSED,
    SOCKET_REFUSED, /* the upgrade failed: see the exchange */
};

enum { SOCKET_CONTROL_KEPT = 1000 };

struct socket_options {
    const struct text *subprotocols; /* offered, in this order */
    size_t subprotocol_count;
    uint64_t message_limit_bytes; /* 0: 16 MiB; a longer one ends the socket with 1009 */
    /* Of pings and pongs only the first SOCKET_CONTROL_KEPT are kept, the others counted. */
    uint64_t kept_limit_bytes; /* 0: 256 MiB of conversation; more ends the socket with 1008 */
    uint64_t close_timeout_ms; /* 0: 2 s; how long the server's part of a close is waited for */
};

struct socket_listener {
    void *context;
    void (*opened)(void *context); /* the upgrade was accepted */
    /* A whole message, ping or pong. */
    void (*received)(void *context, const struct conversation_message *message);
    void (*ended)(void *context); /* CLOSED or REFUSED; nothing comes after it */
};

/* Opens ws:, wss:, http: or https: (the latter two mean the former) or a path that follows the
 * base URL. The arena holds everything the socket says and must outlive it; what the request holds
 * is copied, settings and listener are borrowed, options are not. Own headers of the request, and
 * default ones, replace those of the upgrade (Origin, Sec-WebSocket-Protocol, …); the method is GET.
 * The time until the upgrade is answered is the settings' connect and response timeout. */
struct socket *socket_open(struct http_session *session, struct arena *arena,
                           const struct request *request, const struct http_settings *settings,
                           const struct socket_options *options,
                           const struct socket_listener *listener);

/* Ends the connection without a word if it is open; no callback comes any more. The memory is the
 * arena's: it may be called again, and http_session_free calls it for what is left. NULL is fine. */
void socket_free(struct socket *socket);

enum socket_state socket_state(const struct socket *socket);
const struct exchange *socket_handshake(const struct socket *socket);
struct conversation *socket_conversation(struct socket *socket);
struct text socket_subprotocol(const struct socket *socket); /* the server's choice, or empty */

/* Queues a message: TEXT, BINARY, PING or PONG (the latter two at most 125 bytes). False: the
 * socket is not open; nothing was sent. */
bool socket_send(struct socket *socket, enum conversation_kind kind, struct text data);

/* Starts the closing handshake; code 0: a close frame without a code. Nothing for one that is not
 * open. */
void socket_close(struct socket *socket, unsigned code, struct text reason);

/* Breaks the connection without a close frame. */
void socket_drop(struct socket *socket);

/* Bytes queued that the kernel has not taken yet (a slow reader on the other side). */
size_t socket_pending_bytes(const struct socket *socket);

#endif
