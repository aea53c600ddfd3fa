/* SPDX-License-Identifier: MIT */
#include "exchange/header.h"

#include <string.h>

#include "base/clock.h"
#include "exchange/http_date.h"

void headers_add(struct headers *headers, struct arena *arena, struct text name,
                 struct text value)
{
    if (headers->count == headers->capacity) {
        size_t capacity = headers->capacity ? 2 * headers->capacity : 8;
        struct header *list = ARENA_ARRAY(arena, capacity, struct header);
        if (headers->count > 0) {
            memcpy(list, headers->list, headers->count * sizeof *list);
        }
        headers->list = list;
        headers->capacity = capacity;
    }
    headers->list[headers->count++] = (struct header){ name, value };
}

void headers_remove(struct headers *headers, struct text name)
{
    size_t kept = 0;
    for (size_t i = 0; i < headers->count; i++) {
        if (!text_equal_ignoring_case(headers->list[i].name, name)) {
            headers->list[kept++] = headers->list[i];
        }
    }
    headers->count = kept;
}

void headers_set(struct headers *headers, struct arena *arena, struct text name,
                 struct text value)
{
    headers_remove(headers, name);
    headers_add(headers, arena, name, value);
}

const struct header *headers_next(const struct headers *headers, struct text name,
                                  size_t *index)
{
    while (*index < headers->count) {
        const struct header *header = &headers->list[(*index)++];
        if (text_equal_ignoring_case(header->name, name)) {
            return header;
        }
    }
    return NULL;
}

bool headers_find(const struct headers *headers, struct text name, struct text *ret_value)
{
    size_t index = 0;
    const struct header *header = headers_next(headers, name, &index);
    if (!header) {
        return false;
    }
    *ret_value = header->value;
    return true;
}

size_t headers_count(const struct headers *headers, struct text name)
{
    size_t count = 0;
    size_t index = 0;
    while (headers_next(headers, name, &index)) {
        count++;
    }
    return count;
}

static bool is_token_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte != '\0' && strchr("!#$%&'*+-.^_`|~", byte));
}

bool header_name_is_valid(struct text name)
{
    for (size_t i = 0; i < name.size; i++) {
        if (!is_token_byte(name.at[i])) {
            return false;
        }
    }
    return name.size > 0;
}

bool header_value_is_valid(struct text value)
{
    for (size_t i = 0; i < value.size; i++) {
        unsigned char byte = (unsigned char)value.at[i];
        if ((byte < 0x20 && byte != '\t') || byte == 0x7F) {
            return false;
        }
    }
    return true;
}

bool header_retry_after_ns(struct text value, uint64_t now_ns, uint64_t *ret_wait_ns)
{
    uint64_t seconds;
    uint64_t date_ns;
    value = text_trim(value);
    if (text_to_uint64(value, &seconds)) {
        bool is_huge = seconds > UINT64_MAX / 2 / NANOSECONDS_PER_SECOND;
        *ret_wait_ns = is_huge ? UINT64_MAX / 2 : seconds * NANOSECONDS_PER_SECOND;
        return true;
    }
    if (!http_date_parse(value, &date_ns)) {
        return false;
    }
    *ret_wait_ns = date_ns > now_ns ? date_ns - now_ns : 0;
    return true;
}
