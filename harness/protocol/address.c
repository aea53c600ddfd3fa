/* SPDX-License-Identifier: MIT */
#include "protocol/address.h"

void address_split(struct text url, struct address *ret_address)
{
    size_t query = text_find_byte(url, '?', 0);
    size_t scheme = text_find(url, TEXT("://"), 0);
    size_t path = scheme < query ? text_find_byte(url, '/', scheme + 3) : 0;
    if (path > query) {
        path = query;
    }
    ret_address->origin = text_slice(url, 0, path);
    ret_address->path = text_slice(url, path, query);
    ret_address->rest = text_from(url, query);
}

struct text address_join(struct arena *arena, const struct address *address)
{
    return arena_format(arena, "%.*s%.*s%.*s", TEXT_ARG(address->origin),
                        TEXT_ARG(address->path), TEXT_ARG(address->rest));
}

bool address_find(const struct address *address, const struct headers *query, struct text name,
                  struct text *ret_value)
{
    struct text rest = text_from(address->rest, 1);
    struct text pair;
    while (text_take_until(&rest, '&', &pair)) {
        size_t equals = text_find_byte(pair, '=', 0);
        if (text_equal(text_slice(pair, 0, equals), name)) {
            *ret_value = text_from(pair, equals + 1);
            return true;
        }
    }
    return headers_find(query, name, ret_value);
}

void address_default(const struct address *address, struct headers *query, struct arena *arena,
                     struct text name, struct text value)
{
    struct text present;
    if (!address_find(address, query, name, &present)) {
        headers_add(query, arena, name, value);
    }
}
