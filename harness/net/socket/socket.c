/* SPDX-License-Identifier: MIT */
#include "net/socket.h"

#include "net/socket/parts.h"

enum {
    MESSAGE_LIMIT_BYTES = 16 << 20,
    KEPT_LIMIT_BYTES = 256 << 20,
    CLOSE_TIMEOUT_MS = 2000,
    CONTROL_LIMIT_BYTES = FRAME_CONTROL_BYTES,
};

static struct loop *loop_of(const struct socket *socket)
{
    return socket->session->net->loop;
}

/* Gives back the connection and all that is not told any more. */
static void disconnect(struct socket *socket)
{
    struct loop *loop = loop_of(socket);
    loop_timer_clear(loop, &socket->deadline);
    loop_timer_clear(loop, &socket->later);
    connecting_leave(socket);
    socket->watch = NULL;
    if (socket->transfer) {
        transfer_give_back(socket->transfer);
        socket->transfer = NULL;
    }
    frames_free(socket->frames);
    socket->frames = NULL;
    stream_release(socket);
    buffer_release(&socket->answer.line);
    buffer_release(&socket->incoming.message);
}

static uint64_t now_ns(const struct socket *socket)
{
    return clock_realtime_ns(socket->session->net->clock);
}

static void finish_handshake(struct socket *socket)
{
    socket->handshake->finished_at_ns = now_ns(socket);
    socket->handshake->is_finished = true;
}

/* Told from the loop, not from within a call. */
static void end_as(struct socket *socket, enum socket_state state)
{
    struct conversation_close *close = &socket->conversation.close;
    socket->state = state;
    close->code = close->code ? close->code : 1006;
    close->at_ns = now_ns(socket);
    disconnect(socket);
    loop_timer_set(loop_of(socket), &socket->later, 0);
}

void socket_end(struct socket *socket)
{
    end_as(socket, SOCKET_CLOSED);
}

void socket_refuse(struct socket *socket)
{
    finish_handshake(socket);
    socket->conversation.close.by = CONVERSATION_ENDED_BY_SERVER;
    end_as(socket, SOCKET_REFUSED);
}

/* The memory of the handshake is not kept while the socket is open. */
static void forget_answer(struct socket *socket)
{
    struct transfer *transfer = socket->transfer;
    buffer_release(&socket->answer.line);
    transfer_forget_response(transfer);
    buffer_release(&transfer->head);
    buffer_release(&transfer->content);
}

void socket_accept(struct socket *socket)
{
    finish_handshake(socket);
    loop_timer_clear(loop_of(socket), &socket->deadline);
    forget_answer(socket);
    socket->frames = frames_new(&socket->session->net->masks);
    socket->state = SOCKET_OPEN;
    if (socket->listener->opened) {
        socket->listener->opened(socket->listener->context);
    }
}

static void later_due(void *context)
{
    struct socket *socket = context;
    if (socket->watch) {
        stream_receive(socket);
    } else if (socket->listener->ended) {
        socket->listener->ended(socket->listener->context);
    }
}

static void deadline_due(void *context)
{
    struct socket *socket = context;
    if (socket->state == SOCKET_CONNECTING) {
        answer_time_out(socket);
    } else {
        closing_time_out(socket);
    }
}

/* Until then the time is libcurl's to watch. */
static void set_deadline(struct socket *socket)
{
    const struct transfer *transfer = socket->transfer;
    if (transfer->settings->response_timeout_ms > 0) {
        loop_timer_set(loop_of(socket), &socket->deadline,
                       transfer->started_ns + transfer->settings->response_timeout_ms *
                                                  NANOSECONDS_PER_MILLISECOND);
    }
}

void socket_connected(struct socket *socket, CURLcode result)
{
    struct transfer *transfer = socket->transfer;
    struct loop_watch *watch =
        result == CURLE_OK ? pool_watch(transfer->pool, transfer->easy) : NULL;
    if (!watch) {
        transfer_read_response(transfer);
        transfer_fail_with(transfer, result ? result : CURLE_RECV_ERROR);
        socket_refuse(socket);
        return;
    }
    socket->watch = watch;
    watch->ready = stream_ready;
    watch->context = socket;
    set_deadline(socket);
    upgrade_print(socket, &socket->output.queued);
    stream_flush(socket);
}

static struct socket_options complete(const struct socket_options *given)
{
    struct socket_options options = *given;
    options.message_limit_bytes =
        options.message_limit_bytes ? options.message_limit_bytes : MESSAGE_LIMIT_BYTES;
    options.kept_limit_bytes =
        options.kept_limit_bytes ? options.kept_limit_bytes : KEPT_LIMIT_BYTES;
    options.close_timeout_ms =
        options.close_timeout_ms ? options.close_timeout_ms : CLOSE_TIMEOUT_MS;
    return options;
}

static void take_transfer(struct socket *socket, const struct http_settings *settings)
{
    struct transfer *transfer = transfer_take(socket->session);
    const struct clock *clock = socket->session->net->clock;
    socket->transfer = transfer;
    transfer->exchange = socket->handshake;
    transfer->settings = settings;
    transfer->context = socket;
    transfer->started_ns = clock_monotonic_ns(clock);
    socket->handshake->started_at_ns = clock_realtime_ns(clock);
}

struct socket *socket_open(struct http_session *session, struct arena *arena,
                           const struct request *request, const struct http_settings *settings,
                           const struct socket_options *options,
                           const struct socket_listener *listener)
{
    struct socket *socket = ARENA_NEW(arena, struct socket);
    socket->session = session;
    socket->arena = arena;
    socket->listener = listener;
    socket->options = complete(options);
    socket->handshake = ARENA_NEW(arena, struct exchange);
    socket->conversation.handshake = socket->handshake;
    socket->deadline = (struct loop_timer){ .due = deadline_due, .context = socket };
    socket->later = (struct loop_timer){ .due = later_due, .context = socket };
    buffer_init(&socket->output.queued, BUFFER_NO_LIMIT); /* by what the caller sends */
    buffer_init(&socket->output.offered, BUFFER_NO_LIMIT);
    buffer_init(&socket->answer.line, 2 * (size_t)SOCKET_HEAD_LIMIT_BYTES);
    buffer_init(&socket->incoming.message, (size_t)socket->options.message_limit_bytes);
    socket->next = session->sockets;
    session->sockets = socket;
    take_transfer(socket, settings);
    if (upgrade_prepare(socket, request)) {
        connecting_enter(socket);
    } else {
        socket_refuse(socket);
    }
    return socket;
}

static void leave_session(struct socket *socket)
{
    struct socket **link = &socket->session->sockets;
    while (*link && *link != socket) {
        link = &(*link)->next;
    }
    if (*link) {
        *link = socket->next;
    }
}

void socket_free(struct socket *socket)
{
    if (socket) {
        leave_session(socket);
        disconnect(socket);
    }
}

enum socket_state socket_state(const struct socket *socket)
{
    return socket->state;
}

const struct exchange *socket_handshake(const struct socket *socket)
{
    return socket->handshake;
}

struct conversation *socket_conversation(struct socket *socket)
{
    return &socket->conversation;
}

struct text socket_subprotocol(const struct socket *socket)
{
    return socket->subprotocol;
}

bool socket_send(struct socket *socket, enum conversation_kind kind, struct text data)
{
    static const enum frame_opcode opcodes[] = {
        [CONVERSATION_TEXT] = FRAME_TEXT,
        [CONVERSATION_BINARY] = FRAME_BINARY,
        [CONVERSATION_PING] = FRAME_PING,
        [CONVERSATION_PONG] = FRAME_PONG,
    };
    bool is_control = kind == CONVERSATION_PING || kind == CONVERSATION_PONG;
    if (kind == CONVERSATION_CLOSE || kind == CONVERSATION_EVENT ||
        (is_control && data.size > CONTROL_LIMIT_BYTES)) {
        BUG("a socket cannot send %zu bytes of kind %d", data.size, (int)kind);
    }
    if (socket->state != SOCKET_OPEN || socket->output.is_broken) {
        return false;
    }
    incoming_send(socket, opcodes[kind], data);
    return true;
}

void socket_close(struct socket *socket, unsigned code, struct text reason)
{
    if (socket->state == SOCKET_OPEN) {
        closing_send(socket, code, reason);
    }
}

void socket_drop(struct socket *socket)
{
    if (socket->state == SOCKET_CONNECTING) {
        transfer_fail_ended(socket->transfer, EXCHANGE_INTERRUPTED);
        socket_refuse(socket);
    } else if (socket->transfer) {
        if (socket->conversation.close.by == CONVERSATION_OPEN) {
            socket->conversation.close.by = CONVERSATION_ENDED_BY_US;
        }
        socket_end(socket);
    }
}

size_t socket_pending_bytes(const struct socket *socket)
{
    const struct socket_output *output = &socket->output;
    return output->queued.size + output->offered.size - output->taken_bytes;
}
