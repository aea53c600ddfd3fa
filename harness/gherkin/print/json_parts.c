/* SPDX-License-Identifier: MIT */
#include "gherkin/print/json_parts.h"

#include <string.h>

#include "base/utf8.h"

static void print_special(struct buffer *out, unsigned char byte)
{
    static const char letters[] = "btn\0fr";
    if (byte == '"' || byte == '\\') {
        buffer_add_byte(out, '\\');
        buffer_add_byte(out, (char)byte);
    } else if (byte >= '\b' && byte <= '\r' && letters[byte - '\b']) {
        buffer_add_byte(out, '\\');
        buffer_add_byte(out, letters[byte - '\b']);
    } else if (byte < 0x20) {
        buffer_add_format(out, "\\u%04x", byte);
    } else {
        buffer_add_code_point(out, 0xFFFD);
    }
}

/* Size of what can be shown as it stands. */
static size_t plain_size(struct text text)
{
    size_t at = 0;
    while (at < text.size) {
        unsigned char byte = (unsigned char)text.at[at];
        if (byte < 0x20 || byte == '"' || byte == '\\') {
            break;
        }
        size_t size = byte < 0x80 ? 1 : utf8_decode(text_from(text, at), NULL);
        if (size == 0) {
            break;
        }
        at += size;
    }
    return at;
}

void print_json_string(struct buffer *out, struct text text)
{
    buffer_add_byte(out, '"');
    while (text.size > 0) {
        size_t size = plain_size(text);
        buffer_add(out, text_slice(text, 0, size));
        if (size < text.size) {
            print_special(out, (unsigned char)text.at[size]);
            size++;
        }
        text = text_from(text, size);
    }
    buffer_add_byte(out, '"');
}

void print_json_field(struct buffer *out, const char *key, struct text value)
{
    buffer_add_string(out, key);
    print_json_string(out, value);
}

void print_json_id(const struct document_printer *printer, const char *key, uint64_t id)
{
    buffer_add_format(printer->out, "%s\"%llu\"", key,
                      (unsigned long long)(printer->first_id + id));
}

size_t column_of(struct text bytes, size_t offset)
{
    const char *line_end = offset ? memrchr(bytes.at, '\n', offset) : NULL;
    size_t start = line_end ? (size_t)(line_end - bytes.at) + 1 : 0;
    if (start == 0 && offset >= 3 && text_starts_with(bytes, TEXT("\xEF\xBB\xBF"))) {
        start = 3;
    }
    return utf8_count(text_slice(bytes, start, offset)) + 1;
}

void print_json_location(const struct document_printer *printer, uint32_t line, size_t offset)
{
    buffer_add_format(printer->out, "\"location\":{\"line\":%u,\"column\":%zu}", line,
                      column_of(printer->document->source->bytes, offset));
}

uint32_t step_row_count(const struct document *document, const struct step_node *step)
{
    const struct step_argument *argument = step_node_argument(document, step);
    return argument && argument->table ? argument->table->row_count : 0;
}

uint64_t first_step_id(const struct document *document, const struct step_node *steps,
                       uint32_t count, uint64_t end_id)
{
    for (uint32_t i = 0; i < count; i++) {
        end_id -= 1 + step_row_count(document, &steps[i]);
    }
    return end_id;
}

uint64_t first_tag_id(const struct heading *heading)
{
    return heading->tags ? heading->tags->list[0].id : heading->id;
}

uint64_t first_row_id(const struct examples *examples)
{
    return first_tag_id(&examples->heading) -
           (examples->table ? examples->table->row_count : 0);
}

uint64_t end_step_id(const struct scenario *scenario)
{
    return scenario->examples_count ? first_row_id(&scenario->examples[0])
                                    : first_tag_id(&scenario->heading);
}
