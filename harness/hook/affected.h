/* SPDX-License-Identifier: MIT */
/*
 * Which scenarios a push concerns: those of the components it touches, those that declare
 * `@covers:PATTERN` of a changed file, those that the imported coverage map saw in a changed file,
 * the scenarios it adds or edits, and those that failed last. Everything when in doubt.
 */
#ifndef BDDRUN_HOOK_AFFECTED_H
#define BDDRUN_HOOK_AFFECTED_H

#include "change/component.h"
#include "config/hook.h"
#include "git/diff.h"
#include "git/tree.h"
#include "hook/push.h"

/* One pushed commit and what it changes. */
struct push_range {
    struct text commit; /* peeled */
    struct text base;   /* what the remote has; empty: nothing is known */
    struct git_diff diff;
};

/* False with problems. A commit that the remote has already has an empty diff. */
bool push_range_read(struct git *git, const struct push *push, const struct pushed_ref *ref,
                     struct push_range *ret_range, struct problems *problems) MUST_CHECK;

struct affected {
    const char *all_because; /* NULL: not all */
    struct text tags; /* an expression of the components' and the covers' tags; empty: none */
    struct text *features; /* changed feature files that are there, from the repository's top */
    size_t feature_count;
    struct text *names; /* of scenarios, as in the coverage map; see affected_has_name */
    size_t name_count;
    struct components_touched touched;
};

struct affected_request {
    const struct config_component *components;
    size_t component_count;
    struct text coverage; /* the bytes of the lcov file; empty: none */
    struct text folder;   /* of bddrun.yaml, from the top: "" or "app/" */
};

bool affected_make(struct git *git, const struct push_range *range,
                   const struct affected_request *request, struct affected *ret_affected,
                   struct problems *problems) MUST_CHECK;

/* Whether the map names the scenario. Tools write _ for what is no letter or digit. */
bool affected_has_name(const struct affected *affected, struct text scenario);

#endif
