/* SPDX-License-Identifier: MIT */
#include "gate/measure/endpoint.h"

#include "base/buffer.h"

enum { ENDPOINT_LIMIT = 1 << 16, ID_DIGITS = 8 };

/* A number, or something long with digits in it: a uuid, a token. */
static bool is_id(struct text part)
{
    size_t digits = 0;
    for (size_t i = 0; i < part.size; i++) {
        digits += part.at[i] >= '0' && part.at[i] <= '9';
    }
    return part.size > 0 && (digits == part.size || (digits > 0 && part.size >= ID_DIGITS));
}

/* The path of a URL, without its host and query. */
static struct text path_of(struct text url)
{
    size_t start = text_find(url, TEXT("://"), 0);
    start = start < url.size ? text_find_byte(url, '/', start + 3) : 0;
    size_t query = text_find_byte(url, '?', start);
    return text_slice(url, start, query);
}

struct text endpoint_make(struct arena *arena, struct text method, struct text url)
{
    CLEANUP(buffer_release) struct buffer out;
    struct text rest = path_of(url);
    struct text part;
    buffer_init(&out, ENDPOINT_LIMIT);
    buffer_add(&out, method);
    buffer_add_byte(&out, ' ');
    for (bool is_first = true; text_take_until(&rest, '/', &part); is_first = false) {
        buffer_add_string(&out, is_first ? "" : "/");
        buffer_add(&out, is_id(part) ? TEXT("{}") : part);
    }
    return arena_text(arena, buffer_text(&out));
}

struct text endpoint_of_entry(struct arena *arena, struct text entry)
{
    size_t space = text_find_byte(entry, ' ', 0);
    return space < entry.size
               ? endpoint_make(arena, text_slice(entry, 0, space), text_from(entry, space + 1))
               : entry;
}
