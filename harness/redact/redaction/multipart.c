/* SPDX-License-Identifier: MIT */
/* multipart/form-data (RFC 7578), and text/event-stream: bodies made of lines. */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "redact/redaction/splice.h"

/* The name of a part, of the lines of its head; empty where it has none. */
static struct text part_name(struct text head)
{
    const struct text start = TEXT(" name=\"");
    size_t at = text_find(head, start, 0);
    if (at == head.size)
        return TEXT_EMPTY;
    at += start.size;
    return text_slice(head, at, text_find_byte(head, '"', at));
}

struct text redaction_multipart(struct redaction *redaction, struct arena *arena,
                                struct text body)
{
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, body);
    size_t line = text_find(body, TEXT("\r\n"), 0);
    struct text boundary = text_slice(body, 0, line);
    size_t head = line;
    while (head < body.size) {
        size_t start = text_find(body, TEXT("\r\n\r\n"), head);
        if (start == body.size)
            break;
        start += 4;
        size_t end = text_find(body, boundary, start);
        size_t stop = end < body.size && end >= start + 2 ? end - 2 : end;
        const struct naming naming = { .name = part_name(text_slice(body, head, start)) };
        splice_update(&splice, start, stop,
                      redaction_named(redaction, arena, REDACTION_PARAMETER, &naming,
                                      text_slice(body, start, stop)));
        head = text_find(body, TEXT("\r\n"), end);
    }
    return splice_end(&splice, arena);
}

struct text redaction_event_stream(struct redaction *redaction, struct arena *arena,
                                   struct text body)
{
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, body);
    struct text rest = body;
    struct text line;
    size_t start = 0;
    while (text_take_until(&rest, '\n', &line)) {
        size_t colon = text_find_byte(line, ':', 0);
        size_t from = colon < line.size ? colon + 1 : 0;
        if (from < line.size && line.at[from] == ' ')
            from++;
        splice_update(&splice, start + from, start + line.size,
                      redaction_packets(redaction, arena, text_from(line, from)));
        start += line.size + 1;
    }
    return splice_end(&splice, arena);
}
