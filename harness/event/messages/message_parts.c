/* SPDX-License-Identifier: MIT */
#include "event/messages/message_parts.h"

#include <stdio.h>

#include "base/clock.h"

enum { ID_LIMIT = 64 };

void message_begin(struct json_writer *json, struct buffer *out, const char *kind)
{
    json_writer_init(json, out, 0);
    json_write_begin_object(json);
    json_write_key(json, kind);
    json_write_begin_object(json);
}

void message_end(struct json_writer *json)
{
    json_write_end_object(json);
    json_write_end_object(json);
}

void message_add_string(struct json_writer *json, const char *key, const char *value)
{
    json_write_key(json, key);
    json_write_string_of(json, value);
}

void message_add_text(struct json_writer *json, const char *key, struct text value)
{
    json_write_key(json, key);
    json_write_string(json, value);
}

void message_add_format(struct json_writer *json, const char *key, const char *format, ...)
{
    char value[ID_LIMIT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    message_add_string(json, key, value);
}

void message_add_time(struct json_writer *json, const char *key, uint64_t time_ns)
{
    json_write_key(json, key);
    json_write_begin_object(json);
    json_write_key(json, "seconds");
    json_write_uint(json, time_ns / NANOSECONDS_PER_SECOND);
    json_write_key(json, "nanos");
    json_write_uint(json, time_ns % NANOSECONDS_PER_SECOND);
    json_write_end_object(json);
}
