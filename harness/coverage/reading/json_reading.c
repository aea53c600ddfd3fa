/* SPDX-License-Identifier: MIT */
#include "coverage/json_reading.h"

static struct span place(const struct coverage_reading *reading,
                         const struct json_value *parent, const struct json_value *value)
{
    if (value) {
        return json_span(reading->source, value);
    }
    struct span span = json_span(reading->source, parent);
    span.end = span.start < span.end ? span.start + 1 : span.end;
    return span;
}

bool json_line_number(struct coverage_reading *reading, const struct json_value *parent,
                      const struct json_value *value, uint32_t *ret_number)
{
    bool is_line =
        json_is(value, JSON_NUMBER) && reading_line_number(json_text(value), ret_number);
    if (!is_line) {
        reading_damaged(reading, place(reading, parent, value),
                        "lines are numbered from 1; write the file again",
                        "this is no line number");
    }
    return is_line;
}

bool json_count(struct coverage_reading *reading, const struct json_value *parent,
                const struct json_value *value, uint64_t *ret_count)
{
    struct span at = place(reading, parent, value);
    bool is_count =
        json_is(value, JSON_NUMBER) && reading_count(reading, json_text(value), at, ret_count);
    if (!is_count) {
        reading_damaged(reading, at, "a count is a whole number; write the file again",
                        "this is no count");
    }
    return is_count;
}

bool json_must_be(struct coverage_reading *reading, const struct json_value *parent,
                  const struct json_value *value, enum json_type type)
{
    if (!json_is(value, type)) {
        static const char *const words[] = { "null",   "false",    "true",     "a number",
                                             "a text", "an array", "an object" };
        reading_damaged(reading, place(reading, parent, value), "write the file again",
                        "%s is missing here", words[type]);
        return false;
    }
    return true;
}

bool json_begin_file(struct coverage_reading *reading, const struct json_value *parent,
                     struct text path)
{
    return reading_begin(reading, path, place(reading, parent, NULL));
}

uint64_t json_timestamp_s(const struct json_value *value)
{
    double number;
    bool is_number = json_is(value, JSON_NUMBER) && text_to_double(json_text(value), &number) &&
                     number > 0 && number < 1e15;
    return is_number ? (uint64_t)number : 0;
}

bool json_is_true(const struct json_value *value)
{
    return json_is(value, JSON_TRUE);
}
