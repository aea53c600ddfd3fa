/* SPDX-License-Identifier: MIT */
/*
 * Commits: which one a revision means, how two stand to each other, and those of a range. See
 * git.h for who owns the texts, and for the problems.
 */
#ifndef BDDRUN_GIT_COMMIT_H
#define BDDRUN_GIT_COMMIT_H

#include "git/git.h"

/* Ids are of git->hash_digits small hexadecimal digits. */
struct git_commit {
    struct text id;
    struct text tree;
    struct text author;   /* the name, in UTF-8 */
    struct text subject;  /* the first paragraph, on one line */
    uint64_t time_s;      /* of the committer, since 1970 */
    uint64_t lines_added; /* git_log with lines; of a merge 0 */
    uint64_t lines_deleted;
    bool is_merge;
};

/* The commit a revision means; an annotated tag is the commit it is on. */
bool git_commit_find(struct git *git, struct text revision, struct git_commit *ret_commit,
                     struct problems *problems) MUST_CHECK;

/* As git_commit_find, but an unknown revision is no problem: *ret_is_there. */
bool git_commit_look(struct git *git, struct text revision, struct git_commit *ret_commit,
                     bool *ret_is_there, struct problems *problems) MUST_CHECK;

/* True when the object is in this repository. False also when git fails. */
bool git_has_object(struct git *git, struct text id);

/* The best common ancestor. None in a shallow clone is a problem whose hint deepens it. */
bool git_merge_base(struct git *git, struct text one, struct text other,
                    struct text *ret_commit_id, struct problems *problems) MUST_CHECK;

/* True in *ret_is when `older` is an ancestor of `younger`, or is it. */
bool git_is_ancestor(struct git *git, struct text older, struct text younger, bool *ret_is,
                     struct problems *problems) MUST_CHECK;

struct git_log {
    struct git_commit *list; /* the newest first */
    size_t count;
};

/* What `younger` has and `older` has not; older empty: all. In a shallow clone that does not reach
 * `older` the list ends where the clone does: ask git_merge_base first. */
struct git_log_request {
    struct text older;
    struct text younger;
    const char *not_remote; /* NULL, or a remote's name: nor what its branches have */
    bool with_lines;        /* costs git a diff for each commit */
};

bool git_log_read(struct git *git, const struct git_log_request *request,
                  struct git_log *ret_log, struct problems *problems) MUST_CHECK;

#endif
