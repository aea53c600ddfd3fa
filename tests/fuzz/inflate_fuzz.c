/* SPDX-License-Identifier: MIT */
/* The first byte says the form and how the rest comes: in parts of any size, the same comes of it
 * as of the whole. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "format/inflate.h"

enum { OUT_LIMIT_BYTES = 1 << 18, ROOM_BYTES = 1 << 12 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum inflate_fault decode(enum inflate_form form, struct text packed, size_t part_bytes,
                                 size_t room_bytes, struct buffer *plain)
{
    char room[ROOM_BYTES];
    size_t made = 0;
    bool is_sound = true;
    struct inflate *inflate = inflate_new(form);
    for (size_t at = 0; is_sound && at < packed.size; at += part_bytes) {
        struct text part = text_slice(packed, at, at + part_bytes);
        do {
            is_sound = inflate_decode(inflate, &part, room, room_bytes, &made);
            buffer_add(plain, text_make(room, made));
        } while (is_sound && made == room_bytes && !plain->is_over_limit);
        if (plain->is_over_limit) {
            break;
        }
    }
    (void)!inflate_end(inflate);
    enum inflate_fault fault = inflate_fault(inflate);
    inflate_free(inflate);
    return fault;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer whole CLEANUP(buffer_release);
    struct buffer parts CLEANUP(buffer_release);
    struct text packed = text_make((const char *)data, size);
    buffer_init(&whole, OUT_LIMIT_BYTES);
    buffer_init(&parts, OUT_LIMIT_BYTES);
    if (size == 0) {
        return 0;
    }
    enum inflate_form form = (data[0] & 1) ? INFLATE_DEFLATE : INFLATE_GZIP;
    packed = text_from(packed, 1);
    enum inflate_fault fault = decode(form, packed, size, ROOM_BYTES, &whole);
    enum inflate_fault again = decode(form, packed, 1 + data[0] / 2U, 1 + data[0], &parts);
    bool is_same = fault == again && text_equal(buffer_text(&whole), buffer_text(&parts));
    if (!whole.is_over_limit && !parts.is_over_limit && !is_same) {
        abort();
    }
    return 0;
}
