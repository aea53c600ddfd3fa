/* SPDX-License-Identifier: MIT */
/* The first byte says how the body of a refused upgrade is framed and how it comes: in parts of
 * any size, the same content and the same end come of it as of the whole. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "net/socket/body.h"

enum { CONTENT_LIMIT_BYTES = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_body(const struct response *head, struct text bytes, size_t part_bytes,
                      struct buffer *content)
{
    struct body_reader body;
    body_begin(&body, head);
    for (size_t at = 0; at < bytes.size; at += part_bytes) {
        struct text rest = text_slice(bytes, at, at + part_bytes);
        struct text piece;
        while ((piece = body_take(&body, &rest)).size > 0) {
            buffer_add(content, piece);
        }
    }
    buffer_add_format(content, "|%d %d", body_end(&body), body.state == BODY_BROKEN);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer whole CLEANUP(buffer_release);
    struct buffer parts CLEANUP(buffer_release);
    struct header chunked = { TEXT("Transfer-Encoding"), TEXT("gzip, chunked") };
    struct header length = { TEXT("Content-Length"), TEXT("20") };
    struct header *headers[] = { &chunked, &length, NULL };
    buffer_init(&whole, CONTENT_LIMIT_BYTES);
    buffer_init(&parts, CONTENT_LIMIT_BYTES);
    if (size == 0) {
        return 0;
    }
    struct header *header = headers[data[0] % 3];
    struct response head = { .status = 403, .headers = { header, header ? 1 : 0, 1 } };
    struct text bytes = text_from(text_make((const char *)data, size), 1);
    read_body(&head, bytes, size, &whole);
    read_body(&head, bytes, 1 + data[0] / 3U, &parts);
    if (!text_equal(buffer_text(&whole), buffer_text(&parts))) {
        abort();
    }
    return 0;
}
