/* SPDX-License-Identifier: MIT */
#include "protocol/event_stream_parser.h"

enum { ID_LIMIT_BYTES = 64 << 10 };

void event_stream_parser_init(struct event_stream_parser *parser, size_t limit_bytes,
                              event_stream_function *tell, void *context)
{
    *parser = (struct event_stream_parser){ .tell = tell, .context = context };
    buffer_init(&parser->line, limit_bytes);
    buffer_init(&parser->name, limit_bytes);
    buffer_init(&parser->data, limit_bytes);
    buffer_init(&parser->id, limit_bytes < ID_LIMIT_BYTES ? limit_bytes : ID_LIMIT_BYTES);
}

void event_stream_parser_release(struct event_stream_parser *parser)
{
    buffer_release(&parser->line);
    buffer_release(&parser->name);
    buffer_release(&parser->data);
    buffer_release(&parser->id);
}

/* At an empty line. An event without data is none. */
static void dispatch(struct event_stream_parser *parser)
{
    struct text data = buffer_text(&parser->data);
    if (data.size > 0) {
        struct text name = buffer_text(&parser->name);
        struct event_stream_event event = {
            .name = name.size > 0 ? name : TEXT("message"),
            .data = text_slice(data, 0, data.size - 1), /* without the last LF */
            .id = buffer_text(&parser->id),
        };
        parser->tell(parser->context, &event);
    }
    buffer_clear(&parser->data);
    buffer_clear(&parser->name);
}

static bool set(struct buffer *buffer, struct text value)
{
    buffer_clear(buffer);
    buffer_add(buffer, value);
    return !buffer->is_over_limit;
}

static bool take_field(struct event_stream_parser *parser, struct text name, struct text value)
{
    if (text_is(name, "data")) {
        buffer_add(&parser->data, value);
        buffer_add_byte(&parser->data, '\n');
        return !parser->data.is_over_limit;
    }
    if (text_is(name, "event")) {
        return set(&parser->name, value);
    }
    if (text_is(name, "id") && text_find_byte(value, '\0', 0) == value.size) {
        return set(&parser->id, value);
    }
    if (text_is(name, "retry") && text_to_uint64(value, &parser->retry_ms)) {
        parser->has_retry = true;
    }
    return true;
}

static bool take_line(struct event_stream_parser *parser, struct text line)
{
    size_t colon = text_find_byte(line, ':', 0);
    struct text value = text_from(line, colon + 1);
    if (line.size == 0) {
        dispatch(parser);
        return true;
    }
    if (colon == 0) {
        return true; /* a comment */
    }
    if (text_starts_with(value, TEXT(" "))) {
        value = text_from(value, 1);
    }
    return take_field(parser, text_slice(line, 0, colon), value);
}

static size_t line_end(struct text bytes)
{
    size_t feed = text_find_byte(bytes, '\n', 0);
    return text_find_byte(text_slice(bytes, 0, feed), '\r', 0);
}

/* The rest of a line, and the line if it is whole. */
static bool take_part(struct event_stream_parser *parser, struct text part, bool is_whole)
{
    bool is_taken = true;
    if (is_whole && parser->line.size == 0) {
        return take_line(parser, part);
    }
    buffer_add(&parser->line, part);
    if (parser->line.is_over_limit) {
        return false;
    }
    if (is_whole) {
        is_taken = take_line(parser, buffer_text(&parser->line));
        buffer_clear(&parser->line);
    }
    return is_taken;
}

/* EF BB BF at the very start; a mark that is none belongs to the first line. */
static void skip_mark(struct event_stream_parser *parser, struct text *bytes)
{
    static const char mark[] = { '\xEF', '\xBB', '\xBF' };
    while (!parser->is_mark_over && bytes->size > 0) {
        if (bytes->at[0] != mark[parser->mark_size]) {
            buffer_add(&parser->line, text_make(mark, parser->mark_size));
            parser->is_mark_over = true;
            return;
        }
        parser->mark_size++;
        parser->is_mark_over = parser->mark_size == sizeof mark;
        *bytes = text_from(*bytes, 1);
    }
}

bool event_stream_parse(struct event_stream_parser *parser, struct text bytes)
{
    bool is_taken = true;
    skip_mark(parser, &bytes);
    while (bytes.size > 0 && is_taken) {
        if (parser->is_after_return && bytes.at[0] == '\n') {
            bytes = text_from(bytes, 1);
            parser->is_after_return = false;
            continue;
        }
        size_t end = line_end(bytes);
        bool is_whole = end < bytes.size;
        parser->is_after_return = is_whole && bytes.at[end] == '\r';
        is_taken = take_part(parser, text_slice(bytes, 0, end), is_whole);
        bytes = text_from(bytes, end + 1);
    }
    return is_taken;
}
