/* SPDX-License-Identifier: MIT */
#include "git/commit.h"
#include "hook/affected.h"

/* The parent of the oldest commit that no branch of the remote has. */
static bool base_of_new(struct git *git, const struct push *push, struct text commit,
                        struct text *ret_base, bool *ret_is_known, struct problems *problems)
{
    struct git_log_request request = { .younger = commit };
    struct git_log log;
    struct git_commit parent;
    request.not_remote = push->remote.size > 0 ? arena_string(&git->arena, push->remote) : "*";
    if (!git_log_read(git, &request, &log, problems)) {
        return false;
    }
    *ret_is_known = log.count == 0;
    if (log.count > 0) {
        struct text oldest =
            arena_format(&git->arena, "%.*s^", TEXT_ARG(log.list[log.count - 1].id));
        bool has_parent = false;
        if (!git_commit_look(git, oldest, &parent, &has_parent, problems)) {
            return false;
        }
        *ret_base = has_parent ? parent.id : TEXT_EMPTY;
    }
    return true;
}

bool push_range_read(struct git *git, const struct push *push, const struct pushed_ref *ref,
                     struct push_range *ret_range, struct problems *problems)
{
    struct push_range range = { .base = TEXT_EMPTY };
    struct git_commit commit;
    bool is_known = false;
    if (!git_commit_find(git, ref->local_id, &commit, problems)) {
        return false;
    }
    range.commit = commit.id;
    /* Behind a force push of somebody else the remote's commit may not be here. */
    if (ref->remote_id.size > 0 && git_has_object(git, ref->remote_id)) {
        range.base = ref->remote_id;
    } else if (!base_of_new(git, push, commit.id, &range.base, &is_known, problems)) {
        return false;
    }
    if (!is_known && !git_diff_read(git, range.base, range.commit, &range.diff, problems)) {
        return false;
    }
    *ret_range = range;
    return true;
}
