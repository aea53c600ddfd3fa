/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 that comes in pieces, cut anywhere: the first byte that no valid text can have is found as
 * soon as it comes (RFC 6455, section 8.1; RFC 3629). Zeroed it is at the start of a text. Private
 * to net.
 */
#ifndef BDDRUN_NET_SOCKET_FRAMES_UTF8_STREAM_H
#define BDDRUN_NET_SOCKET_FRAMES_UTF8_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct utf8_stream {
    unsigned left;           /* bytes still wanted of the sequence under way */
    unsigned char low, high; /* what its next byte must lie between */
};

/* How many bytes of the next piece are good: all, or the offset of the first bad one. */
size_t utf8_stream_take(struct utf8_stream *stream, struct text piece);

bool utf8_stream_is_whole(const struct utf8_stream *stream); /* no sequence is under way */

#endif
