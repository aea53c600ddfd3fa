/* SPDX-License-Identifier: MIT */
#include "net/event_stream/parts.h"

enum { EVENT_LIMIT_BYTES = 16 << 20, KEPT_LIMIT_BYTES = 256 << 20 };

static uint64_t now_ns(const struct event_stream *stream)
{
    return clock_realtime_ns(stream->session->net->clock);
}

void events_tell_later(struct event_stream *stream)
{
    loop_timer_set(events_loop(stream), &stream->telling, 0);
}

/* Each callback may close or free the stream; then nothing more is told but the end, or nothing
 * at all. */
static void tell(void *context)
{
    struct event_stream *stream = context;
    const struct socket_listener *listener = stream->listener;
    struct conversation *conversation = &stream->conversation;
    if (stream->conversation.handshake && !stream->is_opened_told &&
        stream->state != SOCKET_REFUSED) {
        stream->is_opened_told = true;
        listener->opened(listener->context);
    }
    while (!stream->is_ended_told && stream->told < conversation->count) {
        listener->received(listener->context, &conversation->list[stream->told++]);
    }
    if (!stream->is_ended_told && !stream->exchange) {
        stream->is_ended_told = true;
        listener->ended(listener->context);
    }
}

/* The stream is over, or was never open; told later. */
void events_end(struct event_stream *stream, enum conversation_ender by, bool is_clean)
{
    struct conversation_close *close = &stream->conversation.close;
    bool was_open = stream->state == SOCKET_OPEN;
    stream->exchange = NULL;
    stream->state = was_open ? SOCKET_CLOSED : SOCKET_REFUSED;
    stream->conversation.handshake = &stream->handshake;
    close->by = by;
    close->is_clean = is_clean;
    close->code = is_clean ? 1005 : 1006;
    close->at_ns = now_ns(stream);
    loop_timer_clear(events_loop(stream), &stream->deadline);
    events_tell_later(stream);
}

void events_keep_handshake(struct event_stream *stream, const struct exchange *exchange)
{
    stream->handshake = *exchange;
    stream->handshake.finished_at_ns = now_ns(stream);
    stream->handshake.is_finished = true;
}

/* Not open in time, or closed by us. */
static void cancel(struct event_stream *stream, enum exchange_failure failure)
{
    struct exchange *exchange = stream->exchange;
    bool was_open = stream->state == SOCKET_OPEN;
    http_cancel(stream->session, exchange, failure);
    if (!was_open) {
        events_keep_handshake(stream, exchange);
    }
    events_end(stream, CONVERSATION_ENDED_BY_US, was_open);
}

static void deadline_passed(void *context)
{
    struct event_stream *stream = context;
    cancel(stream, EXCHANGE_TIMEOUT);
    stream->handshake.hint =
        TEXT("look into the server's log, or raise the setting 'response timeout'");
    if (stream->handshake.response.status > 0) {
        events_print_expected(stream, &stream->handshake.response);
    }
}

static void set_deadline(struct event_stream *stream, const struct http_settings *settings)
{
    stream->deadline = (struct loop_timer){ .due = deadline_passed, .context = stream };
    if (settings->response_timeout_ms > 0) {
        loop_timer_set(events_loop(stream), &stream->deadline,
                       loop_now_ns(events_loop(stream)) +
                           settings->response_timeout_ms * NANOSECONDS_PER_MILLISECOND);
    }
}

static void add_header(struct event_stream *stream, struct request *request, struct text name,
                       struct text value)
{
    struct text found;
    if (!headers_find(&request->headers, name, &found) &&
        !headers_find(&stream->settings.default_headers, name, &found)) {
        headers_add(&request->headers, stream->arena, name, value);
    }
}

static void start(struct event_stream *stream, const struct request *request)
{
    struct request own = *request;
    own.headers = (struct headers){ 0 };
    for (size_t i = 0; i < request->headers.count; i++) {
        headers_add(&own.headers, stream->arena, request->headers.list[i].name,
                    request->headers.list[i].value);
    }
    add_header(stream, &own, TEXT("Accept"), TEXT("text/event-stream"));
    add_header(stream, &own, TEXT("Cache-Control"), TEXT("no-cache"));
    stream->hook = (struct transfer_stream){ .context = stream,
                                             .wants = events_are_wanted,
                                             .part = events_take };
    stream->exchange = transfer_start(stream->session, &own, &stream->settings, &stream->hook,
                                      events_over, stream);
}

static struct event_stream_options with_defaults(const struct event_stream_options *options)
{
    struct event_stream_options result = *options;
    if (result.event_limit_bytes == 0) {
        result.event_limit_bytes = EVENT_LIMIT_BYTES;
    }
    if (result.kept_limit_bytes == 0) {
        result.kept_limit_bytes = KEPT_LIMIT_BYTES;
    }
    return result;
}

struct event_stream *event_stream_open(struct http_session *session, struct arena *arena,
                                       const struct request *request,
                                       const struct http_settings *settings,
                                       const struct event_stream_options *options,
                                       const struct socket_listener *listener)
{
    struct event_stream *stream = ARENA_NEW(arena, struct event_stream);
    stream->session = session;
    stream->arena = arena;
    stream->listener = listener;
    stream->options = with_defaults(options);
    stream->settings = *settings;
    stream->settings.response_timeout_ms = 0;
    stream->state = SOCKET_CONNECTING;
    stream->conversation.protocol = TEXT("event stream");
    stream->telling = (struct loop_timer){ .due = tell, .context = stream };
    event_stream_parser_init(&stream->parser, (size_t)stream->options.event_limit_bytes,
                             events_take_one, stream);
    stream->next = session->streams;
    session->streams = stream;
    set_deadline(stream, settings);
    start(stream, request);
    return stream;
}

static void leave_session(const struct event_stream *stream)
{
    struct event_stream **link = &stream->session->streams;
    while (*link && *link != stream) {
        link = &(*link)->next;
    }
    if (*link) {
        *link = stream->next;
    }
}

void event_stream_free(struct event_stream *stream)
{
    if (!stream) {
        return;
    }
    leave_session(stream);
    event_stream_close(stream);
    stream->is_opened_told = true;
    stream->is_ended_told = true;
    loop_timer_clear(events_loop(stream), &stream->telling);
    event_stream_parser_release(&stream->parser);
}

enum socket_state event_stream_state(const struct event_stream *stream)
{
    return stream->state;
}

const struct exchange *event_stream_handshake(const struct event_stream *stream)
{
    return &stream->handshake;
}

struct conversation *event_stream_conversation(struct event_stream *stream)
{
    return &stream->conversation;
}

struct text event_stream_last_id(const struct event_stream *stream)
{
    return buffer_text(&stream->parser.id);
}

uint64_t event_stream_retry_ms(const struct event_stream *stream)
{
    return stream->parser.has_retry ? stream->parser.retry_ms : 0;
}

void event_stream_close(struct event_stream *stream)
{
    if (stream->exchange) {
        cancel(stream, EXCHANGE_INTERRUPTED);
    }
}
