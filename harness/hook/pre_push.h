/* SPDX-License-Identifier: MIT */
/*
 * The check of a push: for each commit that is pushed the scenarios it concerns, first those that
 * failed last and those it brings, then the others, within a time budget. What is tested is the
 * pushed commit, in a work tree of its own where the present one is not exactly it. How scenarios
 * are listed and run comes in as functions, from cli.
 */
#ifndef BDDRUN_HOOK_PRE_PUSH_H
#define BDDRUN_HOOK_PRE_PUSH_H

#include "base/buffer.h"
#include "base/clock.h"
#include "base/exit_code.h"
#include "hook/affected.h"

/* A scenario as a path "file.feature:12" below the folder, and its name. */
struct hook_scenario {
    struct text path;
    struct text name;
};

struct hook_scenarios {
    struct hook_scenario *list;
    size_t count;
};

struct hook_runner {
    void *context;

    /* The scenarios of the project in the folder that the paths (none: all) and the tag expression
     * (empty: any) select; none is no problem. In the arena. */
    bool (*list)(void *context, struct text folder, const struct text *paths, size_t path_count,
                 struct text tags, struct arena *arena, struct hook_scenarios *ret_scenarios,
                 struct problems *problems) MUST_CHECK;

    /* Runs them within the time; *ret_is_late when that did not do. Its exit code. */
    enum exit_code (*run)(void *context, struct text folder, const struct text *paths,
                          size_t path_count, uint64_t within_ms, bool *ret_is_late);

    /* Tells the person who pushes, a line at a time. */
    void (*say)(void *context, struct text line);
};

struct pre_push_request {
    struct push push;
    struct git *git;
    const struct hook_runner *runner;
    const struct clock *clock;
    struct config_hook hook;
    const struct config_component *components;
    size_t component_count;
    struct text folder; /* of bddrun.yaml, from the top of the repository: "" or "app/" */
};

/* 0: the push may go on; 1: it may not. */
enum exit_code pre_push(const struct pre_push_request *request, struct problems *problems);

/* A work tree of the commit: the present one where it is clean and at this commit, else a new one.
 * Its path is absolute or the repository's top. */
struct hook_tree {
    struct text folder;
    bool is_own; /* made for this: hook_tree_close removes it */
};

bool hook_tree_open(struct git *git, struct text commit, struct hook_tree *ret_tree,
                    struct problems *problems) MUST_CHECK;
void hook_tree_close(struct git *git, struct hook_tree *tree);

#endif
