/* SPDX-License-Identifier: MIT */
/* What comes of the exchange: the head, which is that of a stream or not; events; the end. */
#include <inttypes.h>

#include "base/escape.h"
#include "net/event_stream/parts.h"

enum { TYPE_SHOWN_BYTES = 400 };

static bool is_event_stream(struct text type)
{
    return text_equal_ignoring_case(
        text_trim(text_slice(type, 0, text_find_byte(type, ';', 0))),
        TEXT("text/event-stream"));
}

void events_print_expected(struct event_stream *stream, const struct response *response)
{
    struct buffer out CLEANUP(buffer_release);
    struct text type = TEXT_EMPTY;
    buffer_init(&out, 4 * (size_t)TYPE_SHOWN_BYTES);
    if (response->status != 200) {
        buffer_add_format(&out, "expected status 200, got %u", response->status);
    } else if (!headers_find(&response->headers, TEXT("Content-Type"), &type)) {
        buffer_add_string(&out, "expected Content-Type 'text/event-stream', got none");
    } else {
        buffer_add_string(&out, "expected Content-Type 'text/event-stream', got '");
        escape_line(&out, text_slice(type, 0, TYPE_SHOWN_BYTES));
        buffer_add_byte(&out, '\'');
    }
    stream->conversation.close.failure = arena_text(stream->arena, buffer_text(&out));
}

bool events_are_wanted(void *context, const struct transfer *transfer)
{
    struct event_stream *stream = context;
    const struct response *response = &transfer->exchange->response;
    struct text type = TEXT_EMPTY;
    if (response->status != 200 ||
        !headers_find(&response->headers, TEXT("Content-Type"), &type) ||
        !is_event_stream(type)) {
        return false;
    }
    events_keep_handshake(stream, transfer->exchange);
    stream->conversation.handshake = &stream->handshake;
    stream->state = SOCKET_OPEN;
    loop_timer_clear(events_loop(stream), &stream->deadline);
    events_tell_later(stream);
    return true;
}

static void fail(struct event_stream *stream, struct text failure, const char *hint)
{
    struct conversation_close *close = &stream->conversation.close;
    if (close->failure.size == 0) {
        close->failure = failure;
        close->hint = text_of(hint);
    }
}

void events_take_one(void *context, const struct event_stream_event *event)
{
    struct event_stream *stream = context;
    struct conversation_message message = { .at_ns =
                                                clock_realtime_ns(stream->session->net->clock),
                                            .kind = CONVERSATION_EVENT,
                                            .data = event->data,
                                            .event = event->name };
    uint64_t size = sizeof message + event->data.size + event->name.size;
    conversation_count(&stream->conversation, false, CONVERSATION_EVENT, event->data.size);
    if (size > stream->options.kept_limit_bytes - stream->kept_bytes) {
        fail(stream,
             arena_format(stream->arena,
                          "the conversation is full: at most %" PRIu64
                          " bytes are kept of one stream",
                          stream->options.kept_limit_bytes),
             "use a stream for less time");
        return;
    }
    stream->kept_bytes += size;
    conversation_keep(&stream->conversation, stream->arena, &message);
    events_tell_later(stream);
}

bool events_take(void *context, struct text bytes)
{
    struct event_stream *stream = context;
    if (!event_stream_parse(&stream->parser, bytes)) {
        fail(stream,
             arena_format(stream->arena,
                          "an event of the stream passes %" PRIu64
                          " bytes, or a line of it does",
                          stream->options.event_limit_bytes),
             "look into what the server sends: an event ends with an empty line");
    }
    return stream->conversation.close.failure.size == 0;
}

void events_over(void *context, struct exchange *exchange)
{
    struct event_stream *stream = context;
    bool is_sound = exchange->failure == EXCHANGE_ANSWERED;
    bool was_open = stream->state == SOCKET_OPEN;
    bool is_ours = stream->conversation.close.failure.size > 0;
    if (!was_open) {
        events_keep_handshake(stream, exchange);
    }
    if (!was_open && is_sound) {
        events_print_expected(stream, &exchange->response);
    } else if (was_open && !is_sound) {
        fail(stream, exchange->message, exchange->hint.at);
    }
    events_end(stream, is_ours ? CONVERSATION_ENDED_BY_US : CONVERSATION_ENDED_BY_SERVER,
               was_open && is_sound);
}
