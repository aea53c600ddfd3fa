/* SPDX-License-Identifier: MIT */
/*
 * What a release would bring: the commits from production's to the candidate, who wrote them, how
 * much they change, which components they touch, and what they do to the schema. Facts; whether and
 * when it may go out is decided in deploy/release_plan.h. Lives in the arena of the struct git.
 */
#ifndef BDDRUN_CHANGE_PLAN_H
#define BDDRUN_CHANGE_PLAN_H

#include "change/component.h"
#include "change/migration.h"
#include "git/commit.h"

/* How much one release may bring; has_… false: no limit. */
struct change_limits {
    bool has_commits;
    uint64_t commits;
    bool has_lines;
    uint64_t lines;
};

struct change_request {
    struct text production; /* a revision; empty: nothing is in production yet */
    struct text candidate;
    const struct config_component *components;
    size_t component_count;
    struct migration_settings migrations;
    struct change_limits limits;
};

struct change_author {
    struct text name;
    size_t commit_count;
};

struct change_plan {
    struct git_commit production; /* id empty: nothing */
    struct git_commit candidate;
    struct git_log commits;        /* the candidate has, production has not; the newest first */
    struct git_log lost;           /* production has, the candidate has not */
    struct change_author *authors; /* with the most commits first */
    size_t author_count;
    uint64_t oldest_s; /* of the commits; 0 without any */
    struct git_diff diff;
    size_t lines; /* added and deleted */
    struct components_touched touched;
    struct migrations migrations;
    struct change_limits limits;
    bool has_too_many_commits;
    bool has_too_many_lines;
};

bool change_plan_make(struct git *git, const struct change_request *request,
                      struct change_plan *ret_plan, struct problems *problems) MUST_CHECK;

#endif
