/* SPDX-License-Identifier: MIT */
#include "format/json_writer.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/attribute.h"
#include "base/utf8.h"
#include "format/json/json_string.h"

void json_writer_init(struct json_writer *writer, struct buffer *out, unsigned indent)
{
    *writer = (struct json_writer){ .out = out, .indent = indent };
}

static void break_line(const struct json_writer *writer, unsigned depth)
{
    if (writer->indent) {
        buffer_add_byte(writer->out, '\n');
        buffer_add_repeated(writer->out, ' ', (size_t)writer->indent * depth);
    }
}

/* What stands before an item or key. */
static void separate(struct json_writer *writer)
{
    if (writer->depth == 0) {
        return;
    }
    bool *has_items = &writer->has_items[writer->depth - 1];
    if (*has_items) {
        buffer_add_byte(writer->out, ',');
    }
    *has_items = true;
    break_line(writer, writer->depth);
}

static void begin_value(struct json_writer *writer)
{
    if (writer->is_after_key) {
        writer->is_after_key = false;
        return;
    }
    if (writer->depth && !writer->is_array[writer->depth - 1]) {
        BUG("a JSON value without a key in an object");
    }
    separate(writer);
}

static void begin(struct json_writer *writer, bool is_array)
{
    begin_value(writer);
    if (writer->depth == JSON_WRITER_DEPTH) {
        BUG("JSON written deeper than %d levels", JSON_WRITER_DEPTH);
    }
    writer->is_array[writer->depth] = is_array;
    writer->has_items[writer->depth++] = false;
    buffer_add_byte(writer->out, is_array ? '[' : '{');
}

static void end(struct json_writer *writer, bool is_array)
{
    if (writer->depth == 0 || writer->is_array[writer->depth - 1] != is_array ||
        writer->is_after_key) {
        BUG("a JSON %s is ended that is not open", is_array ? "array" : "object");
    }
    writer->depth--;
    if (writer->has_items[writer->depth]) {
        break_line(writer, writer->depth);
    }
    buffer_add_byte(writer->out, is_array ? ']' : '}');
}

void json_write_begin_object(struct json_writer *writer)
{
    begin(writer, false);
}

void json_write_end_object(struct json_writer *writer)
{
    end(writer, false);
}

void json_write_begin_array(struct json_writer *writer)
{
    begin(writer, true);
}

void json_write_end_array(struct json_writer *writer)
{
    end(writer, true);
}

void json_write_key_text(struct json_writer *writer, struct text key)
{
    if (writer->depth == 0 || writer->is_array[writer->depth - 1] || writer->is_after_key) {
        BUG("the JSON key '%.*s' outside of an object", TEXT_ARG(key));
    }
    separate(writer);
    json_print_string(writer->out, key);
    buffer_add_string(writer->out, writer->indent ? ": " : ":");
    writer->is_after_key = true;
}

void json_write_key(struct json_writer *writer, const char *key)
{
    json_write_key_text(writer, text_of(key));
}

void json_write_raw(struct json_writer *writer, struct text json)
{
    begin_value(writer);
    buffer_add(writer->out, json);
}

void json_write_string(struct json_writer *writer, struct text value)
{
    begin_value(writer);
    json_print_string(writer->out, value);
}

void json_write_string_of(struct json_writer *writer, const char *value)
{
    json_write_string(writer, text_of(value));
}

void json_write_int(struct json_writer *writer, int64_t value)
{
    begin_value(writer);
    buffer_add_format(writer->out, "%" PRId64, value);
}

void json_write_uint(struct json_writer *writer, uint64_t value)
{
    begin_value(writer);
    buffer_add_format(writer->out, "%" PRIu64, value);
}

void json_write_double(struct json_writer *writer, double value)
{
    if (!isfinite(value)) {
        json_write_null(writer);
        return;
    }
    char shortest[32];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(shortest, sizeof shortest, "%.*g", digits, value);
        if (strtod(shortest, NULL) == value) {
            break;
        }
    }
    json_write_raw(writer, text_of(shortest));
}

void json_write_bool(struct json_writer *writer, bool value)
{
    json_write_raw(writer, value ? TEXT("true") : TEXT("false"));
}

void json_write_null(struct json_writer *writer)
{
    json_write_raw(writer, TEXT("null"));
}

static void write_members(struct json_writer *writer, const struct json_value *container)
{
    for (size_t i = 0; i < container->count; i++) {
        const struct json_value *child = &container->children[i];
        if (container->type == JSON_OBJECT) {
            json_write_key_text(writer, json_key(child));
        }
        json_write_value(writer, child);
    }
}

void json_write_value(struct json_writer *writer, const struct json_value *value)
{
    bool is_container = value->type == JSON_ARRAY || value->type == JSON_OBJECT;
    if (!is_container || !writer->indent || writer->depth == JSON_WRITER_DEPTH) {
        begin_value(writer);
        json_print(writer->out, value);
        return;
    }
    begin(writer, value->type == JSON_ARRAY);
    write_members(writer, value);
    end(writer, value->type == JSON_ARRAY);
}

static void print_container(struct buffer *out, const struct json_value *value)
{
    bool is_array = value->type == JSON_ARRAY;
    buffer_add_byte(out, is_array ? '[' : '{');
    for (size_t i = 0; i < value->count; i++) {
        if (i) {
            buffer_add_byte(out, ',');
        }
        if (!is_array) {
            json_print_string(out, json_key(&value->children[i]));
            buffer_add_byte(out, ':');
        }
        json_print(out, &value->children[i]);
    }
    buffer_add_byte(out, is_array ? ']' : '}');
}

void json_print(struct buffer *out, const struct json_value *value)
{
    switch (value->type) {
    case JSON_NULL:
        buffer_add_string(out, "null");
        break;
    case JSON_FALSE:
        buffer_add_string(out, "false");
        break;
    case JSON_TRUE:
        buffer_add_string(out, "true");
        break;
    case JSON_NUMBER:
        buffer_add(out, json_text(value));
        break;
    case JSON_STRING:
        json_print_string(out, json_text(value));
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        print_container(out, value);
        break;
    }
}

void json_print_string(struct buffer *out, struct text value)
{
    buffer_add_byte(out, '"');
    json_print_escaped(out, value);
    buffer_add_byte(out, '"');
}

/* Writes the byte or sequence at the start of rest; returns its size. */
static size_t print_special(struct buffer *out, struct text rest)
{
    static const char *const escapes[0x20] = {
        ['\b'] = "\\b", ['\f'] = "\\f", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t",
    };
    unsigned char byte = (unsigned char)rest.at[0];
    if (byte == '"' || byte == '\\') {
        buffer_add_format(out, "\\%c", byte);
        return 1;
    }
    if (byte < 0x20) {
        if (escapes[byte]) {
            buffer_add_string(out, escapes[byte]);
        } else {
            buffer_add_format(out, "\\u%04x", byte);
        }
        return 1;
    }
    size_t size = utf8_decode(rest, NULL);
    if (size) {
        buffer_add(out, text_slice(rest, 0, size));
        return size;
    }
    uint32_t surrogate = json_string_surrogate(rest);
    if (surrogate) {
        buffer_add_format(out, "\\u%04x", (unsigned)surrogate);
        return 3;
    }
    buffer_add_code_point(out, 0xFFFD);
    return 1;
}

static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

void json_print_escaped(struct buffer *out, struct text value)
{
    size_t at = 0;
    while (at < value.size) {
        size_t start = at;
        while (at < value.size && is_plain((unsigned char)value.at[at])) {
            at++;
        }
        buffer_add(out, text_slice(value, start, at));
        if (at < value.size) {
            at += print_special(out, text_from(value, at));
        }
    }
}
