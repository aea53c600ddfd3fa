/* SPDX-License-Identifier: MIT */
/*
 * The members of an object moved to the arena, with what finding them by key needs: repeated keys
 * flagged and, for objects that are large or have such keys, the order of the keys behind them.
 */
#ifndef BDDRUN_FORMAT_JSON_JSON_SORT_H
#define BDDRUN_FORMAT_JSON_JSON_SORT_H

#include "base/arena.h"
#include "format/json.h"

/* A copy of so many values in the arena. */
const struct json_value *json_sort_keep(struct arena *arena, const struct json_value *values,
                                        size_t count);

/* Sets object->children and has_repeated_keys; object->count is set. members are copied. */
void json_sort_close(struct json_value *object, const struct json_value *members,
                     struct arena *arena);

#endif
