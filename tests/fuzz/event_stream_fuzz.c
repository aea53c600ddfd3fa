/* SPDX-License-Identifier: MIT */
/* A text/event-stream: however it is cut, the same events come. The first byte is the size of the
 * pieces. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "protocol/event_stream_parser.h"

enum { EVENT_LIMIT_BYTES = 1 << 10, LOG_LIMIT_BYTES = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_event(void *context, const struct event_stream_event *event)
{
    struct buffer *log = context;
    if (event->name.size == 0 || event->data.size > EVENT_LIMIT_BYTES ||
        text_find_byte(event->id, '\0', 0) < event->id.size) {
        abort();
    }
    buffer_add(log, event->name);
    buffer_add_byte(log, '\0');
    buffer_add(log, event->data);
    buffer_add_byte(log, '\0');
    buffer_add(log, event->id);
    buffer_add_byte(log, '\0');
}

static bool parse(struct text stream, size_t piece, struct buffer *log)
{
    struct event_stream_parser parser;
    bool is_parsed = true;
    buffer_init(log, LOG_LIMIT_BYTES);
    event_stream_parser_init(&parser, EVENT_LIMIT_BYTES, add_event, log);
    for (size_t at = 0; is_parsed && at < stream.size; at += piece) {
        is_parsed = event_stream_parse(&parser, text_slice(stream, at, at + piece));
    }
    event_stream_parser_release(&parser);
    return is_parsed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer whole CLEANUP(buffer_release);
    struct buffer pieces CLEANUP(buffer_release);
    struct text stream = text_from(text_make((const char *)data, size), 1);
    size_t piece = size > 0 ? (size_t)data[0] + 1 : 1;
    bool is_whole = parse(stream, stream.size + 1, &whole);
    bool is_cut = parse(stream, piece, &pieces);
    if (is_whole && is_cut && !text_equal(buffer_text(&whole), buffer_text(&pieces))) {
        abort();
    }
    return 0;
}
