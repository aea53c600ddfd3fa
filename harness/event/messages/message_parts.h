/* SPDX-License-Identifier: MIT */
/*
 * What envelopes are made of.
 */
#ifndef BDDRUN_EVENT_MESSAGES_MESSAGE_PARTS_H
#define BDDRUN_EVENT_MESSAGES_MESSAGE_PARTS_H

#include "base/attribute.h"
#include "format/json_writer.h"

/* {"kind":{ and }} around the members of an envelope. */
void message_begin(struct json_writer *json, struct buffer *out, const char *kind);
void message_end(struct json_writer *json);

void message_add_string(struct json_writer *json, const char *key, const char *value);
void message_add_text(struct json_writer *json, const char *key, struct text value);
void message_add_format(struct json_writer *json, const char *key, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* "key":{"seconds":1,"nanos":500} */
void message_add_time(struct json_writer *json, const char *key, uint64_t time_ns);

#endif
