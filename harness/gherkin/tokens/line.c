/* SPDX-License-Identifier: MIT */
#include "gherkin/tokens/line.h"

#include "base/utf8.h"

void line_reader_init(struct line_reader *reader, struct text bytes)
{
    *reader = (struct line_reader){ .bytes = bytes };
    if (text_starts_with(bytes, TEXT("\xEF\xBB\xBF"))) {
        reader->at = 3;
    }
}

size_t blank_size(struct text text)
{
    size_t at = 0;
    while (at < text.size) {
        unsigned char byte = (unsigned char)text.at[at];
        if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
            at++;
            continue;
        }
        uint32_t code_point = 0;
        size_t size = byte < 0x80 ? 0 : utf8_decode(text_from(text, at), &code_point);
        if (size == 0 || !utf8_is_space(code_point)) {
            break;
        }
        at += size;
    }
    return at;
}

/* Start of the code point that ends at `end`. */
static size_t step_back(struct text text, size_t end)
{
    size_t at = end - 1;
    while (at > 0 && end - at < 4 && ((unsigned char)text.at[at] & 0xC0) == 0x80) {
        at--;
    }
    return at;
}

struct text blank_trim_end(struct text text)
{
    while (text.size > 0) {
        size_t at = step_back(text, text.size);
        uint32_t code_point = 0;
        if (!utf8_decode(text_from(text, at), &code_point) || !utf8_is_space(code_point)) {
            break;
        }
        text.size = at;
    }
    return text;
}

bool line_reader_next(struct line_reader *reader, struct line *ret_line)
{
    struct text bytes = reader->bytes;
    if (reader->is_at_end) {
        *ret_line = (struct line){ reader->number, (uint32_t)bytes.size, (uint32_t)bytes.size,
                                   (uint32_t)bytes.size };
        return false;
    }
    size_t start = reader->at;
    size_t end = text_find_byte(bytes, '\n', start);
    bool is_last = end == bytes.size;
    reader->at = is_last ? end : end + 1;
    reader->number++;
    if (!is_last && end > start && bytes.at[end - 1] == '\r') {
        end--;
    }
    size_t text = start + blank_size(text_slice(bytes, start, end));
    *ret_line = (struct line){ reader->number, (uint32_t)start, (uint32_t)text, (uint32_t)end };
    if (!is_last) {
        return true;
    }
    reader->is_at_end = true;
    if (text == end) {
        return false;
    }
    /* The line after this one is where the file ends. */
    reader->number++;
    return true;
}

size_t line_indent(struct text bytes, const struct line *line)
{
    return utf8_count(text_slice(bytes, line->start, line->text));
}
