/* SPDX-License-Identifier: MIT */
/*
 * Sessions that scenarios kept for others, by name: kept by the parent, for no memory is shared
 * between workers. The newest of a name stays.
 */
#ifndef BDDRUN_RUN_DESK_KEPT_H
#define BDDRUN_RUN_DESK_KEPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum { KEPT_LIMIT = 10000 };

struct kept_session {
    char *name; /* heap, as the data */
    size_t name_bytes;
    char *data;
    size_t data_bytes;
};

struct kept_sessions {
    struct kept_session *list;
    size_t count;
    size_t capacity;
};

void kept_release(struct kept_sessions *kept);

/* False when there are too many. */
bool kept_set(struct kept_sessions *kept, struct text name, struct text data);
bool kept_find(const struct kept_sessions *kept, struct text name, struct text *ret_data);

#endif
