/* SPDX-License-Identifier: MIT */
#include "net/socket/frames/frames.h"

enum {
    BIT_FINAL = 0x80,
    BITS_RESERVED = 0x70,
    BITS_OPCODE = 0x0F,
    BIT_CONTROL = 0x08,
    BIT_MASKED = 0x80,
    BITS_LENGTH = 0x7F,
    LENGTH_IN_2_BYTES = 126,
    LENGTH_IN_8_BYTES = 127,
};

unsigned frame_header_opcode(const struct frame_header *header)
{
    return header->bytes[0] & BITS_OPCODE;
}

bool frame_header_is_final(const struct frame_header *header)
{
    return header->bytes[0] & BIT_FINAL;
}

bool frame_opcode_is_control(unsigned opcode)
{
    return opcode & BIT_CONTROL;
}

static unsigned length_of(const struct frame_header *header)
{
    return header->bytes[1] & BITS_LENGTH;
}

static size_t length_bytes(const struct frame_header *header)
{
    unsigned length = length_of(header);
    return length == LENGTH_IN_2_BYTES ? 2 : length == LENGTH_IN_8_BYTES ? 8 : 0;
}

size_t frame_header_full_size(const struct frame_header *header)
{
    if (header->size < 2) {
        return 2;
    }
    return 2 + length_bytes(header) + (header->bytes[1] & BIT_MASKED ? MASK_BYTES : 0);
}

uint64_t frame_header_payload_bytes(const struct frame_header *header)
{
    size_t size = length_bytes(header);
    uint64_t length = size == 0 ? length_of(header) : 0;
    for (size_t i = 0; i < size; i++) {
        length = length << 8 | header->bytes[2 + i];
    }
    return length;
}

static bool is_opcode_known(unsigned opcode)
{
    return opcode <= FRAME_BINARY || (opcode >= FRAME_CLOSE && opcode <= FRAME_PONG);
}

static const char *length_fault(const struct frame_header *header)
{
    uint64_t length = frame_header_payload_bytes(header);
    size_t size = length_bytes(header);
    if (length > INT64_MAX) {
        return "the highest bit of a payload's length is 0 (section 5.2)";
    }
    if ((size == 2 && length < LENGTH_IN_2_BYTES) || (size == 8 && length <= UINT16_MAX)) {
        return "a payload's length is written with as few bytes as it needs (section 5.2)";
    }
    return NULL;
}

const char *frame_header_fault(const struct frame_header *header)
{
    unsigned opcode = frame_header_opcode(header);
    if (header->bytes[0] & BITS_RESERVED) {
        return "reserved bits are 0 without an extension (section 5.2)";
    }
    if (!is_opcode_known(opcode)) {
        return "opcodes 3 to 7 and 11 to 15 are reserved (section 5.2)";
    }
    if (header->bytes[1] & BIT_MASKED) {
        return "a server's frames are not masked (section 5.1)";
    }
    if (frame_opcode_is_control(opcode) && !frame_header_is_final(header)) {
        return "a control frame is not fragmented (section 5.5)";
    }
    if (frame_opcode_is_control(opcode) && length_of(header) > FRAME_CONTROL_BYTES) {
        return "a control frame has at most 125 bytes of payload (section 5.5)";
    }
    return length_fault(header);
}
