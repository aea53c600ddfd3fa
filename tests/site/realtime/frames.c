/* SPDX-License-Identifier: MIT */
#include "realtime/frames.h"

enum { MASK_BYTES = 4 };

static uint64_t big_endian(const unsigned char *bytes, size_t count)
{
    uint64_t number = 0;
    for (size_t i = 0; i < count; i++) {
        number = number << 8 | bytes[i];
    }
    return number;
}

static size_t length_bytes(unsigned length)
{
    return length == 126 ? 2 : length == 127 ? 8 : 0;
}

enum frame_result frame_take(char *bytes, size_t size, struct frame *ret_frame,
                             size_t *ret_used)
{
    const unsigned char *head = (const unsigned char *)bytes;
    if (size < 2) {
        return FRAME_INCOMPLETE;
    }
    bool is_masked = head[1] & 0x80;
    uint64_t length = head[1] & 0x7fu;
    size_t extra = length_bytes((unsigned)length);
    if ((head[0] & 0x70) || !is_masked) {
        return FRAME_BROKEN;
    }
    size_t start = 2 + extra + MASK_BYTES;
    if (size < start) {
        return FRAME_INCOMPLETE;
    }
    if (extra) {
        length = big_endian(head + 2, extra);
    }
    if (length > FRAME_LIMIT_BYTES) {
        return FRAME_BROKEN;
    }
    if (size - start < length) {
        return FRAME_INCOMPLETE;
    }
    const char *mask = bytes + 2 + extra;
    for (size_t i = 0; i < length; i++) {
        bytes[start + i] = (char)(bytes[start + i] ^ mask[i % MASK_BYTES]);
    }
    ret_frame->is_final = head[0] & 0x80;
    ret_frame->opcode = head[0] & 0x0fu;
    ret_frame->payload = text_make(bytes + start, (size_t)length);
    *ret_used = start + (size_t)length;
    return FRAME_WHOLE;
}

void frame_add(struct buffer *out, enum frame_opcode opcode, struct text payload)
{
    buffer_add_byte(out, (char)(0x80u | opcode));
    size_t extra = payload.size < 126 ? 0 : payload.size < 65536 ? 2 : 8;
    buffer_add_byte(out, (char)(extra == 0 ? payload.size : extra == 2 ? 126 : 127));
    for (size_t i = extra; i > 0; i--) {
        buffer_add_byte(out, (char)((uint64_t)payload.size >> (8 * (i - 1)) & 0xff));
    }
    buffer_add(out, payload);
}
