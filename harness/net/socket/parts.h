/* SPDX-License-Identifier: MIT */
/*
 * A socket's state and what its files do for each other. Private to net/socket.
 *
 *   socket.c     its life: opening, the calls of net/socket.h, the end
 *   upgrade.c    the request of the upgrade
 *   answer.c     the response to it: head, and the body of a refusal (body.c)
 *   accept.c     whether a 101 is an acceptance
 *   stream.c     bytes in and out
 *   incoming.c   frames into messages
 *   closing.c    close frames and failures
 *   record.c     the conversation
 */
#ifndef BDDRUN_NET_SOCKET_PARTS_H
#define BDDRUN_NET_SOCKET_PARTS_H

#include "base/loop.h"
#include "net/socket.h"
#include "net/socket/frames/frames.h"
#include "net/socket/ways.h"
#include "net/transfer.h"

enum {
    SOCKET_HEAD_LIMIT_BYTES = 64 << 10,
    SOCKET_REPLIES_LIMIT_BYTES = 1 << 20, /* above: only the last ping is answered */
};

struct socket {
    struct socket *next; /* of the session */
    struct http_session *session;
    struct arena *arena;
    const struct socket_listener *listener;
    struct socket_options options;
    enum socket_state state;
    struct exchange *handshake;
    struct conversation conversation;
    uint64_t kept_bytes;                /* of the conversation */
    struct conversation_message unkept; /* the last ping or pong beyond those that are kept */
    struct text subprotocol;

    struct socket *next_waiting; /* for its turn to connect */
    bool is_connecting;
    struct transfer *transfer; /* NULL: the connection is gone */
    struct loop_watch *watch;  /* NULL until connected */
    struct frames *frames;     /* NULL until open */
    struct loop_timer deadline;
    struct loop_timer later; /* reads on, or tells the end */
    struct socket_output output;
    struct socket_answer answer;
    struct socket_incoming incoming;
    bool is_secure;
    bool is_close_sent;
    bool is_close_received;
    bool is_deaf; /* what comes now is not read any more, only its end is waited for */
    bool is_pong_due;
    char pong_due[FRAME_CONTROL_BYTES];
    size_t pong_due_size;
};

/* connecting.c: connects now, or when others have; its turn is over. */
void connecting_enter(struct socket *socket);
void connecting_leave(struct socket *socket);

/* socket.c */
void socket_connected(struct socket *socket,
                      CURLcode result);    /* the connection stands, or not */
void socket_refuse(struct socket *socket); /* the handshake's failure, or answer, is set */
void socket_end(struct socket *socket);    /* the connection is over */
void socket_accept(struct socket *socket);

/* upgrade.c */
bool upgrade_prepare(struct socket *socket, const struct request *request) MUST_CHECK;
void upgrade_print(const struct socket *socket, struct buffer *out);

/* answer.c: takes the bytes; how many is told, the rest is the first frames'. */
size_t answer_take(struct socket *socket, struct text bytes);
void answer_end(struct socket *socket, CURLcode result); /* the connection ended or broke */
void answer_time_out(struct socket *socket);

/* accept.c: false: the handshake failed. */
bool answer_is_acceptance(struct socket *socket) MUST_CHECK;

/* stream.c */
void stream_ready(void *socket, unsigned ready);
void stream_receive(struct socket *socket);
void stream_flush(struct socket *socket);
void stream_release(struct socket *socket);

/* incoming.c */
void incoming_take(struct socket *socket, struct text bytes);
void incoming_send(struct socket *socket, enum frame_opcode opcode, struct text payload);

/* closing.c */
void closing_send(struct socket *socket, unsigned code, struct text reason);
void closing_take(struct socket *socket, struct text payload);
void closing_time_out(struct socket *socket);
void closing_connection_over(struct socket *socket, CURLcode result);

/* Fails the connection (RFC 6455, section 7.1.7) with this close code. Broken says "the server
 * broke RFC 6455: RULE; it sent BYTES". */
void closing_fail(struct socket *socket, unsigned code, const char *hint, const char *format,
                  ...) PRINTF_LIKE(4, 5);
void closing_fail_broken(struct socket *socket, unsigned code, const char *rule,
                         struct text bytes);

/* record.c: NULL: the conversation is full, and the socket failed for it. */
struct conversation_message *socket_record(struct socket *socket, bool is_sent,
                                           enum conversation_kind kind, struct text data);

#endif
