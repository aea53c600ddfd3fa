/* SPDX-License-Identifier: MIT */
/*
 * Which components of bddrun.yaml a set of changed files touches. A file belongs to every component
 * one of whose patterns matches it, by its new or by its old path. A file that no component owns
 * concerns all of them, and is named. Everything is borrowed from the diff and the configuration,
 * or in the arena given.
 */
#ifndef BDDRUN_CHANGE_COMPONENT_H
#define BDDRUN_CHANGE_COMPONENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "config/components.h"
#include "git/diff.h"

struct component_touch {
    const struct config_component *component;
    const struct git_file **files; /* of its own, in the diff's order; not the unmapped ones */
    size_t file_count;
    size_t lines; /* added and deleted in them */
};

struct components_touched {
    struct component_touch *list; /* in the order of bddrun.yaml: only those that are touched */
    size_t count;
    const struct git_file **unmapped; /* concern all */
    size_t unmapped_count;
    bool is_all; /* every component is touched, by unmapped files too */
};

struct components_touched components_touch(const struct config_component *components,
                                           size_t count, const struct git_diff *diff,
                                           struct arena *arena);

/* Whether the component owns the path. */
bool component_owns(const struct config_component *component, struct text path);

/* The first component of this name, or NULL. */
const struct config_component *component_find(const struct config_component *components,
                                              size_t count, struct text name);

/* Whether the touched ones include this one. */
bool components_touched_has(const struct components_touched *touched, struct text name);

/* Adds the tag expression that selects the scenarios of all touched components:
 * "(@omaha) or (@holdem)"; nothing where all scenarios are meant. */
struct buffer;
void components_print_tags(struct buffer *out, const struct components_touched *touched);

#endif
