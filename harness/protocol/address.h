/* SPDX-License-Identifier: MIT */
/* The URL or path that a scenario wrote, cut so that a protocol can add to it. */
#ifndef BDDRUN_PROTOCOL_ADDRESS_H
#define BDDRUN_PROTOCOL_ADDRESS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"
#include "exchange/header.h"

struct address {
    struct text origin; /* scheme and host, or empty */
    struct text path;
    struct text rest; /* the query with its '?', or empty */
};

void address_split(struct text url, struct address *ret_address);
struct text address_join(struct arena *arena, const struct address *address);

/* The value of a pair in the URL's query, as written, or in query. */
bool address_find(const struct address *address, const struct headers *query, struct text name,
                  struct text *ret_value) MUST_CHECK;

/* Adds the pair to query where neither has the name. */
void address_default(const struct address *address, struct headers *query, struct arena *arena,
                     struct text name, struct text value);

#endif
