/* SPDX-License-Identifier: MIT */
#include "format/xml_writer.h"

#include <limits.h>
#include <string.h>

#include "base/attribute.h"
#include "base/utf8.h"

void xml_writer_init(struct xml_writer *writer, struct buffer *out, unsigned depth)
{
    *writer = (struct xml_writer){ .out = out, .depth = depth };
}

static void close_tag(struct xml_writer *writer)
{
    if (writer->is_tag_open)
        buffer_add_byte(writer->out, '>');
    writer->is_tag_open = false;
}

static void new_line(struct xml_writer *writer)
{
    if (writer->out->size > 0 && writer->out->at[writer->out->size - 1] != '\n')
        buffer_add_byte(writer->out, '\n');
    buffer_add_repeated(writer->out, ' ', (size_t)writer->depth * 2);
}

void xml_begin(struct xml_writer *writer, const char *name)
{
    if (writer->depth == XML_WRITER_DEPTH)
        BUG("XML deeper than %d", XML_WRITER_DEPTH);
    close_tag(writer);
    new_line(writer);
    buffer_add_byte(writer->out, '<');
    buffer_add_string(writer->out, name);
    writer->names[writer->depth++] = name;
    writer->is_tag_open = true;
    writer->has_text = false;
}

void xml_end(struct xml_writer *writer)
{
    const char *name = writer->names[--writer->depth];
    if (writer->is_tag_open) {
        buffer_add_string(writer->out, "/>");
    } else {
        if (!writer->has_text)
            new_line(writer);
        buffer_add_string(writer->out, "</");
        buffer_add_string(writer->out, name);
        buffer_add_byte(writer->out, '>');
    }
    buffer_add_byte(writer->out, '\n');
    writer->is_tag_open = false;
    writer->has_text = false;
}

void xml_attribute(struct xml_writer *writer, const char *name, struct text value)
{
    buffer_add_byte(writer->out, ' ');
    buffer_add_string(writer->out, name);
    buffer_add_string(writer->out, "=\"");
    xml_escape_attribute(writer->out, value);
    buffer_add_byte(writer->out, '"');
}

void xml_attribute_number(struct xml_writer *writer, const char *name, uint64_t value)
{
    buffer_add_byte(writer->out, ' ');
    buffer_add_string(writer->out, name);
    buffer_add_string(writer->out, "=\"");
    buffer_add_number(writer->out, value);
    buffer_add_byte(writer->out, '"');
}

void xml_text(struct xml_writer *writer, struct text text)
{
    close_tag(writer);
    writer->has_text = true;
    xml_escape(writer->out, text);
}

/* What stands for a byte that is markup, or NULL. */
static const char *entity_of(unsigned char byte, bool is_attribute)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return is_attribute ? "&quot;" : NULL;
    case '\n':
        return is_attribute ? "&#10;" : NULL;
    case '\t':
        return is_attribute ? "&#9;" : NULL;
    default:
        return NULL;
    }
}

/* XML 1.0, production 2, without the C1 control characters, which only XML 1.1 escapes but which
 * a terminal would obey. */
static bool is_character(uint32_t point)
{
    return point == '\t' || point == '\n' || point == '\r' ||
           (point >= 0x20 && point != 0x7f && !(point >= 0x80 && point < 0xa0) &&
            point != 0xfffe && point != 0xffff);
}

/* Eight bytes none of which is a control character, markup, a quote or beyond ASCII. */
static bool is_plain_block(const char *at)
{
    const uint64_t ones = 0x0101010101010101U;
    uint64_t block;
    memcpy(&block, at, sizeof block);
    uint64_t special = (block - ones * 0x20) | ((block ^ (ones * '"')) - ones) |
                       ((block ^ (ones * '&')) - ones) | ((block ^ (ones * '<')) - ones) |
                       ((block ^ (ones * '>')) - ones) | ((block ^ (ones * 0x7f)) - ones) |
                       block;
    return (special & (ones * 0x80)) == 0;
}

/* Bytes at the start that need no escape, by a bit for each byte. */
static size_t plain_size(struct text text, bool is_attribute)
{
#define BIT(byte) (UINT64_C(1) << (byte))
    static const uint64_t low = ~(BIT(' ') - 1) & ~(BIT('&') | BIT('<') | BIT('>'));
    const uint64_t plain[UCHAR_MAX / 64 + 1] = {
        is_attribute ? low & ~BIT('"') : low | BIT('\n'),
        ~BIT(0x7f - 64),
    };
#undef BIT
    size_t at = 0;
    while (at + sizeof(uint64_t) <= text.size && is_plain_block(text.at + at))
        at += sizeof(uint64_t);
    for (; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.at[at];
        if (!(plain[byte / 64] >> byte % 64 & 1))
            break;
    }
    return at;
}

/* Adds one code point, or one byte that is none; its size. */
static size_t add_special(struct buffer *out, struct text text, bool is_attribute)
{
    uint32_t point = 0;
    size_t size = utf8_decode(text, &point);
    unsigned char byte = (unsigned char)text.at[0];
    const char *entity = entity_of(byte, is_attribute);
    if (entity)
        buffer_add_string(out, entity);
    else if (size == 0 || (!is_character(point) && point < 0x100))
        buffer_add_format(out, "\\x%02x", size == 0 ? byte : (unsigned)point);
    else if (!is_character(point))
        buffer_add_format(out, "\\u{%x}", point);
    else
        buffer_add(out, text_slice(text, 0, size));
    return size > 0 ? size : 1;
}

static void escape(struct buffer *out, struct text text, bool is_attribute)
{
    while (text.size > 0) {
        size_t size = plain_size(text, is_attribute);
        buffer_add(out, text_slice(text, 0, size));
        text = text_from(text, size);
        if (text.size > 0)
            text = text_from(text, add_special(out, text, is_attribute));
    }
}

void xml_escape(struct buffer *out, struct text text)
{
    escape(out, text, false);
}

void xml_escape_attribute(struct buffer *out, struct text text)
{
    escape(out, text, true);
}
