/* SPDX-License-Identifier: MIT */
#include "format/json_holes.h"

#include <string.h>

/* Behind the '}' of the hole at `at`, or `at` where none stands there. */
static size_t hole_end(struct text json, size_t at)
{
    if (!text_starts_with(text_from(json, at), TEXT("${"))) {
        return at;
    }
    size_t end = at + 2;
    while (end < json.size && json.at[end] != '}' && json.at[end] != '{') {
        end++;
    }
    bool is_hole = end > at + 2 && end < json.size && json.at[end] == '}';
    return is_hole ? end + 1 : at;
}

static size_t string_end(struct text json, size_t at)
{
    at++;
    while (at < json.size && json.at[at] != '"') {
        at += json.at[at] == '\\' ? 2 : 1;
    }
    return at < json.size ? at + 1 : json.size;
}

struct text json_holes_mask(struct arena *arena, struct text json)
{
    char *masked = NULL;
    for (size_t at = 0; at < json.size;) {
        size_t end = hole_end(json, at);
        if (end > at) {
            masked = masked ? masked : arena_string(arena, json);
            memset(masked + at, ' ', end - at);
            memcpy(masked + at, "null", 4);
            at = end;
        } else {
            at = json.at[at] == '"' ? string_end(json, at) : at + 1;
        }
    }
    return masked ? text_make(masked, json.size) : json;
}

bool json_holes_in(struct text text)
{
    for (size_t at = 0; at < text.size;) {
        if (text_starts_with(text_from(text, at), TEXT("$${"))) {
            at += 3;
        } else if (hole_end(text, at) > at) {
            return true;
        } else {
            at++;
        }
    }
    return false;
}
