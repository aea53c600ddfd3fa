/* SPDX-License-Identifier: MIT */
#include "gate/measure/gate_change.h"

#include "git/commit.h"

static bool read_change(struct gate_change *change, struct git *git, struct text base,
                        struct text commit, struct problems *problems)
{
    struct git_commit found;
    struct git_log log;
    if (!git_commit_find(git, base, &found, problems)) {
        return false;
    }
    change->base = found.id;
    if (!git_merge_base(git, found.id, commit, &change->merge_base, problems)) {
        return false;
    }
    struct git_log_request request = { .older = change->merge_base, .younger = commit };
    if (!git_diff_read(git, change->merge_base, commit, &change->diff, problems) ||
        !git_diff_read(git, found.id, commit, &change->release, problems) ||
        !git_log_read(git, &request, &log, problems)) {
        return false;
    }
    for (size_t i = 0; i < log.count; i++) {
        change->commit_count += !log.list[i].is_merge;
    }
    return true;
}

void gate_change_read(struct gate_change *change, struct git *git, struct text base,
                      struct text commit)
{
    struct problems problems;
    *change = (struct gate_change){ 0 };
    if (base.size == 0) {
        change->failure = TEXT("the commit in production is not known");
        change->hint = TEXT("name it by --production, or let the environment 'production' say "
                            "its `revision:`");
        return;
    }
    problems_init(&problems);
    if (!read_change(change, git, base, commit, &problems)) {
        const struct problem *first = &problems.list[0];
        change->failure = arena_text(&git->arena, first->message);
        change->hint = arena_text(&git->arena, first->hint);
        if (git->is_shallow && change->hint.size == 0) {
            change->hint = TEXT("the clone is shallow: `git fetch --unshallow` deepens it");
        }
    }
    problems_release(&problems);
}
