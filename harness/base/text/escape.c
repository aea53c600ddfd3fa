/* SPDX-License-Identifier: MIT */
#include "base/escape.h"

#include "base/utf8.h"

static bool is_bidi_control(uint32_t c)
{
    return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 ||
           is_bidi_control(c);
}

static void add_escaped(struct buffer *out, uint32_t c)
{
    if (c < 0x100) {
        buffer_add_format(out, "\\x%02x", c);
    } else {
        buffer_add_format(out, "\\u{%x}", c);
    }
}

/* How many bytes from at are printable ASCII: most of all text. */
static size_t plain_size(struct text bytes, size_t at)
{
    size_t end = at;
    while (end < bytes.size && bytes.at[end] >= ' ' && bytes.at[end] < 0x7F) {
        end++;
    }
    return end - at;
}

static void escape(struct buffer *out, struct text bytes, bool keeps_line_ends)
{
    for (size_t at = 0; at < bytes.size;) {
        size_t plain = plain_size(bytes, at);
        if (plain) {
            buffer_add(out, text_slice(bytes, at, at + plain));
            at += plain;
            continue;
        }
        uint32_t c = 0;
        size_t size = utf8_decode(text_from(bytes, at), &c);
        if (size == 0) {
            buffer_add_format(out, "\\x%02x", (unsigned)(unsigned char)bytes.at[at]);
            at++;
            continue;
        }
        if (c == '\n' && !keeps_line_ends) {
            buffer_add_string(out, "\\n");
        } else if (c == '\t') {
            buffer_add_byte(out, ' ');
        } else if (is_control(c) && c != '\n') {
            add_escaped(out, c);
        } else {
            buffer_add(out, text_slice(bytes, at, at + size));
        }
        at += size;
    }
}

void escape_control(struct buffer *out, struct text bytes)
{
    escape(out, bytes, true);
}

void escape_line(struct buffer *out, struct text bytes)
{
    escape(out, bytes, false);
}

void escape_shell_word(struct buffer *out, struct text word)
{
    buffer_add_byte(out, '\'');
    for (size_t i = 0; i < word.size; i++) {
        if (word.at[i] == '\'') {
            buffer_add_string(out, "'\\''");
        } else {
            buffer_add_byte(out, word.at[i]);
        }
    }
    buffer_add_byte(out, '\'');
}
