/* SPDX-License-Identifier: MIT */
#include "net/socket/frames/utf8_stream.h"

/* Unicode, table 3-7: the second byte's range excludes overlong forms, surrogates and what is
 * above U+10FFFF. */
static bool begin(struct utf8_stream *stream, unsigned char first)
{
    if (first < 0xC2 || first > 0xF4) {
        return false;
    }
    stream->left = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    stream->low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    stream->high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return true;
}

static bool go_on(struct utf8_stream *stream, unsigned char byte)
{
    if (byte < stream->low || byte > stream->high) {
        return false;
    }
    stream->left--;
    stream->low = 0x80;
    stream->high = 0xBF;
    return true;
}

size_t utf8_stream_take(struct utf8_stream *stream, struct text piece)
{
    for (size_t i = 0; i < piece.size; i++) {
        unsigned char byte = (unsigned char)piece.at[i];
        if (stream->left > 0) {
            if (!go_on(stream, byte)) {
                return i;
            }
        } else if (byte >= 0x80 && !begin(stream, byte)) {
            return i;
        }
    }
    return piece.size;
}

bool utf8_stream_is_whole(const struct utf8_stream *stream)
{
    return stream->left == 0;
}
