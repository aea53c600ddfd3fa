/* SPDX-License-Identifier: MIT */
#include "net/socket/frames/frames.h"

#include <stdlib.h>
#include <string.h>

#include <wslay/wslay.h>

#include "base/alloc.h"

struct frames {
    wslay_frame_context_ptr wslay;
    struct masks *masks;
    struct buffer *out; /* of the frame being written */
    struct text fed;
    struct frame_header header;
    uint64_t left_bytes; /* of the payload, to be given to wslay */
    uint64_t got_bytes;  /* of the payload, given back by it */
    bool is_within;
    bool is_header_new; /* whole, and not yet told */
    bool is_broken;
};

/* Moves what is fed of the header under way into it. */
static void take_header(struct frames *frames)
{
    struct frame_header *header = &frames->header;
    if (!frames->is_within) {
        header->size = 0;
        frames->is_within = true;
    }
    while (frames->fed.size > 0 && header->size < frame_header_full_size(header)) {
        header->bytes[header->size++] = (unsigned char)frames->fed.at[0];
        frames->fed = text_from(frames->fed, 1);
    }
}

static bool is_header_whole(const struct frames *frames)
{
    return frames->is_within && frames->header.size == frame_header_full_size(&frames->header);
}

static size_t give_payload(struct frames *frames, unsigned char *to, size_t room)
{
    size_t size = frames->left_bytes < room ? (size_t)frames->left_bytes : room;
    size = size < frames->fed.size ? size : frames->fed.size;
    if (size > 0) {
        memcpy(to, frames->fed.at, size);
        frames->fed = text_from(frames->fed, size);
        frames->left_bytes -= size;
    }
    return size;
}

/* wslay asks for bytes: it gets a header when that is whole and sound, and is stopped where the
 * payload begins. */
static ssize_t bytes_wanted(uint8_t *to, size_t room, int flags, void *context)
{
    (void)flags;
    struct frames *frames = context;
    struct frame_header *header = &frames->header;
    if (frames->is_header_new || frames->is_broken) {
        return -1;
    }
    if (is_header_whole(frames)) {
        size_t size = give_payload(frames, to, room);
        return size > 0 ? (ssize_t)size : -1;
    }
    take_header(frames);
    if (!is_header_whole(frames)) {
        return -1;
    }
    if (frame_header_fault(header)) {
        frames->is_broken = true;
        return -1;
    }
    frames->is_header_new = true;
    frames->left_bytes = frame_header_payload_bytes(header);
    frames->got_bytes = 0;
    memcpy(to, header->bytes, header->size);
    return (ssize_t)header->size;
}

static ssize_t bytes_made(const uint8_t *bytes, size_t size, int flags, void *context)
{
    (void)flags;
    struct frames *frames = context;
    buffer_add(frames->out, text_make((const char *)bytes, size));
    return (ssize_t)size;
}

static int mask_wanted(uint8_t *mask, size_t size, void *context)
{
    struct frames *frames = context;
    masks_take(frames->masks, mask);
    return size == MASK_BYTES ? 0 : -1;
}

struct frames *frames_new(struct masks *masks)
{
    static const struct wslay_frame_callbacks callbacks = {
        .send_callback = bytes_made,
        .recv_callback = bytes_wanted,
        .genmask_callback = mask_wanted,
    };
    struct frames *frames = alloc_or_die(1, sizeof *frames);
    frames->masks = masks;
    if (wslay_frame_context_init(&frames->wslay, &callbacks, frames) != 0) {
        BUG("out of memory for a socket");
    }
    return frames;
}

void frames_free(struct frames *frames)
{
    if (frames) {
        wslay_frame_context_free(frames->wslay);
        free(frames);
    }
}

void frames_feed(struct frames *frames, struct text bytes)
{
    frames->fed = bytes;
}

enum frames_result frames_take(struct frames *frames, struct frame_part *ret_part)
{
    struct wslay_frame_iocb frame = { 0 };
    ssize_t size = wslay_frame_recv(frames->wslay, &frame);
    if (frames->is_broken) {
        return FRAMES_BROKEN;
    }
    if (size < 0 && !frames->is_header_new) {
        return FRAMES_HUNGRY;
    }
    struct frame_part part = { .is_first = frames->is_header_new };
    if (size > 0) {
        part.bytes = text_make((const char *)frame.data, frame.data_length);
    }
    frames->is_header_new = false;
    frames->got_bytes += part.bytes.size;
    part.is_last = frames->got_bytes == frame_header_payload_bytes(&frames->header);
    frames->is_within = !part.is_last;
    *ret_part = part;
    return FRAMES_PART;
}

const struct frame_header *frames_header(const struct frames *frames)
{
    return &frames->header;
}

uint64_t frames_left_bytes(const struct frames *frames)
{
    return frames->left_bytes;
}

bool frames_is_within(const struct frames *frames)
{
    return frames->is_within && frames->header.size > 0;
}

void frames_write(struct frames *frames, enum frame_opcode opcode, struct text payload,
                  struct buffer *out)
{
    struct wslay_frame_iocb frame = {
        .fin = 1,
        .opcode = (uint8_t)opcode,
        .payload_length = payload.size,
        .mask = 1,
        .data = (const uint8_t *)payload.at,
        .data_length = payload.size,
    };
    frames->out = out;
    if (wslay_frame_send(frames->wslay, &frame) != (ssize_t)payload.size) {
        BUG("a frame of %zu bytes was not written", payload.size);
    }
    frames->out = NULL;
}
