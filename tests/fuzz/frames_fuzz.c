/* SPDX-License-Identifier: MIT */
/* The first byte says how the rest comes: in parts of any size, the same frames come of it as of
 * the whole; and a text is valid UTF-8 or not whatever its parts. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "net/socket/frames/frames.h"
#include "net/socket/frames/utf8_stream.h"

enum { LOG_LIMIT_BYTES = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Headers, payloads, ends, and whether it broke. */
static void read_frames(struct text bytes, size_t part_bytes, struct buffer *log)
{
    struct masks masks;
    struct frame_part part;
    masks_init(&masks);
    struct frames *frames = frames_new(&masks);
    enum frames_result result = FRAMES_HUNGRY;
    for (size_t at = 0; at < bytes.size && result != FRAMES_BROKEN; at += part_bytes) {
        frames_feed(frames, text_slice(bytes, at, at + part_bytes));
        while ((result = frames_take(frames, &part)) == FRAMES_PART) {
            const struct frame_header *header = frames_header(frames);
            if (part.is_first) {
                buffer_add(log, text_make((const char *)header->bytes, header->size));
            }
            buffer_add(log, part.bytes);
            buffer_add_string(log, part.is_last ? "|" : "");
        }
    }
    buffer_add_format(log, "%d %d %llu", result == FRAMES_BROKEN, frames_is_within(frames),
                      (unsigned long long)frames_left_bytes(frames));
    frames_free(frames);
}

static bool is_text(struct text bytes, size_t part_bytes)
{
    struct utf8_stream stream = { 0 };
    for (size_t at = 0; at < bytes.size; at += part_bytes) {
        struct text part = text_slice(bytes, at, at + part_bytes);
        if (utf8_stream_take(&stream, part) < part.size) {
            return false;
        }
    }
    return utf8_stream_is_whole(&stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer whole CLEANUP(buffer_release);
    struct buffer parts CLEANUP(buffer_release);
    buffer_init(&whole, LOG_LIMIT_BYTES);
    buffer_init(&parts, LOG_LIMIT_BYTES);
    if (size == 0) {
        return 0;
    }
    size_t part_bytes = 1 + data[0] / 8U;
    struct text bytes = text_from(text_make((const char *)data, size), 1);
    read_frames(bytes, size, &whole);
    read_frames(bytes, part_bytes, &parts);
    if (!text_equal(buffer_text(&whole), buffer_text(&parts)) ||
        is_text(bytes, part_bytes) != utf8_is_valid(bytes)) {
        abort();
    }
    return 0;
}
