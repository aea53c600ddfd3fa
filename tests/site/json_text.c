/* SPDX-License-Identifier: MIT */
#include "json_text.h"

/* Offset of the quote that ends the string whose first quote is at `from`. */
static size_t string_end(struct text json, size_t from)
{
    size_t at = from + 1;
    while (at < json.size && json.at[at] != '"') {
        at += json.at[at] == '\\' ? 2 : 1;
    }
    return at;
}

static bool is_one_of(char byte, const char *wanted)
{
    return byte != '\0' && strchr(wanted, byte);
}

/* Offset behind the JSON value at `from`. */
static size_t skip(struct text json, size_t from)
{
    size_t depth = 0;
    for (size_t i = from; i < json.size; i++) {
        char byte = json.at[i];
        if (depth == 0 && is_one_of(byte, ",:}]")) {
            return i;
        }
        if (byte == '"') {
            i = string_end(json, i);
        }
        depth += is_one_of(byte, "{[") ? 1 : 0;
        depth -= is_one_of(byte, "}]") ? 1 : 0;
    }
    return json.size;
}

struct text json_without_quotes(struct text value)
{
    if (value.size >= 2 && value.at[0] == '"') {
        return text_slice(value, 1, value.size - 1);
    }
    return value;
}

bool json_member_raw(struct text json, const char *name, struct text *ret_value)
{
    json = text_trim(json);
    if (!text_starts_with(json, TEXT("{")) || !text_ends_with(json, TEXT("}"))) {
        return false;
    }
    size_t at = 1;
    while (at < json.size) {
        size_t colon = skip(json, at);
        size_t end = skip(json, colon + 1);
        struct text key = json_without_quotes(text_trim(text_slice(json, at, colon)));
        if (text_is(key, name)) {
            *ret_value = text_trim(text_slice(json, colon + 1, end));
            return true;
        }
        at = end + 1;
    }
    return false;
}

bool json_member(struct text json, const char *name, struct text *ret_value)
{
    if (!json_member_raw(json, name, ret_value)) {
        return false;
    }
    *ret_value = json_without_quotes(*ret_value);
    return true;
}

bool json_item_raw(struct text json, size_t index, struct text *ret_value)
{
    json = text_trim(json);
    if (!text_starts_with(json, TEXT("[")) || !text_ends_with(json, TEXT("]"))) {
        return false;
    }
    size_t at = 1;
    for (size_t i = 0; at < json.size; i++) {
        size_t end = skip(json, at);
        struct text item = text_trim(text_slice(json, at, end));
        if (i == index) {
            *ret_value = item;
            return item.size > 0;
        }
        at = end + 1;
    }
    return false;
}

void json_add_string(struct buffer *out, struct text text)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte == '"' || byte == '\\') {
            buffer_add_format(out, "\\%c", byte);
        } else if (byte < 0x20) {
            buffer_add_format(out, "\\u%04x", byte);
        } else {
            buffer_add_byte(out, text.at[i]);
        }
    }
    buffer_add_byte(out, '"');
}
