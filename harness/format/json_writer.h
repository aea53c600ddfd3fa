/* SPDX-License-Identifier: MIT */
/*
 * JSON written into a buffer, token by token: valid by construction. Calls that do not nest are
 * bugs of the caller (BUG). Text that is not UTF-8 is written with U+FFFD for each bad byte, lone
 * surrogates as escapes, so the output is always valid UTF-8. The buffer is borrowed and carries the
 * limit.
 */
#ifndef BDDRUN_FORMAT_JSON_WRITER_H
#define BDDRUN_FORMAT_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"
#include "format/json.h"

enum { JSON_WRITER_DEPTH = 64 }; /* of begin_…; values written whole may be deeper */

struct json_writer {
    struct buffer *out;
    unsigned indent; /* blanks for each level; 0: compact, on one line */
    unsigned depth;
    bool is_array[JSON_WRITER_DEPTH];
    bool has_items[JSON_WRITER_DEPTH];
    bool is_after_key;
};

void json_writer_init(struct json_writer *writer, struct buffer *out, unsigned indent);

void json_write_begin_object(struct json_writer *writer);
void json_write_end_object(struct json_writer *writer);
void json_write_begin_array(struct json_writer *writer);
void json_write_end_array(struct json_writer *writer);

/* The next write is this member's value. */
void json_write_key(struct json_writer *writer, const char *key);
void json_write_key_text(struct json_writer *writer, struct text key);

void json_write_string(struct json_writer *writer, struct text value);
void json_write_string_of(struct json_writer *writer, const char *value);
void json_write_int(struct json_writer *writer, int64_t value);
void json_write_uint(struct json_writer *writer, uint64_t value);
void json_write_double(struct json_writer *writer,
                       double value); /* shortest; null if infinite */
void json_write_bool(struct json_writer *writer, bool value);
void json_write_null(struct json_writer *writer);

/* Text that is JSON already, as it is. */
void json_write_raw(struct json_writer *writer, struct text json);

/* A value of a document: numbers as written, strings escaped anew. */
void json_write_value(struct json_writer *writer, const struct json_value *value);

/* Adds one value or text without a writer: compact, and with quotes. */
void json_print(struct buffer *out, const struct json_value *value);
void json_print_string(struct buffer *out, struct text value);

/* What stands between the quotes. */
void json_print_escaped(struct buffer *out, struct text value);

#endif
