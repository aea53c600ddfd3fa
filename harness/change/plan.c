/* SPDX-License-Identifier: MIT */
#include "change/plan.h"

#include <stdlib.h>

/* Authors. */

static int by_name(const void *one, const void *other)
{
    return text_compare(((const struct change_author *)one)->name,
                        ((const struct change_author *)other)->name);
}

static int by_count(const void *one, const void *other)
{
    const struct change_author *a = one;
    const struct change_author *b = other;
    if (a->commit_count != b->commit_count) {
        return a->commit_count < b->commit_count ? 1 : -1;
    }
    return text_compare(a->name, b->name);
}

static void count_authors(struct change_plan *plan, struct arena *arena)
{
    size_t count = plan->commits.count;
    struct change_author *list = ARENA_ARRAY(arena, count + 1, struct change_author);
    for (size_t i = 0; i < count; i++) {
        list[i] = (struct change_author){ plan->commits.list[i].author, 1 };
    }
    qsort(list, count, sizeof(*list), by_name);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && text_equal(list[kept - 1].name, list[i].name)) {
            list[kept - 1].commit_count++;
        } else {
            list[kept++] = list[i];
        }
    }
    qsort(list, kept, sizeof(*list), by_count);
    plan->authors = list;
    plan->author_count = kept;
}

/* The range. */

static bool read_lost(struct git *git, struct change_plan *plan, struct problems *problems)
{
    struct text base;
    struct git_log_request request = { .older = plan->candidate.id,
                                       .younger = plan->production.id };
    if (!git_log_read(git, &request, &plan->lost, problems)) {
        return false;
    }
    /* In a shallow clone everything may seem to be lost: without a common commit nobody can say. */
    return plan->lost.count == 0 ||
           git_merge_base(git, plan->production.id, plan->candidate.id, &base, problems);
}

static bool read_range(struct git *git, const struct change_request *request,
                       struct change_plan *plan, struct problems *problems)
{
    if (!git_commit_find(git, request->candidate, &plan->candidate, problems)) {
        return false;
    }
    struct git_log_request range = { .older = request->production,
                                     .younger = plan->candidate.id };
    if (request->production.size > 0 &&
        (!git_commit_find(git, request->production, &plan->production, problems) ||
         !read_lost(git, plan, problems))) {
        return false;
    }
    return git_log_read(git, &range, &plan->commits, problems) &&
           git_diff_read(git, request->production, plan->candidate.id, &plan->diff, problems);
}

bool change_plan_make(struct git *git, const struct change_request *request,
                      struct change_plan *ret_plan, struct problems *problems)
{
    struct change_plan plan = { .limits = request->limits };
    if (!read_range(git, request, &plan, problems) ||
        !migrations_read(git, request->production, plan.candidate.id, &plan.diff,
                         &request->migrations, &plan.migrations, problems)) {
        return false;
    }
    count_authors(&plan, &git->arena);
    for (size_t i = 0; i < plan.commits.count; i++) {
        uint64_t time_s = plan.commits.list[i].time_s;
        plan.oldest_s = i == 0 || time_s < plan.oldest_s ? time_s : plan.oldest_s;
    }
    plan.lines = plan.diff.lines_added + plan.diff.lines_deleted;
    plan.touched = components_touch(request->components, request->component_count, &plan.diff,
                                    &git->arena);
    plan.has_too_many_commits =
        plan.limits.has_commits && plan.commits.count > plan.limits.commits;
    plan.has_too_many_lines = plan.limits.has_lines && plan.lines > plan.limits.lines;
    *ret_plan = plan;
    return true;
}
