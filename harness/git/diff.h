/* SPDX-License-Identifier: MIT */
/*
 * What changed between the trees of two commits: the files, renames found, and the changed lines of
 * the new side. From git's plumbing (diff-tree), which no setting of the user and no external diff
 * bends. Paths are bytes, from the top of the repository, in git's order. All lives in the arena
 * of the struct git.
 */
#ifndef BDDRUN_GIT_DIFF_H
#define BDDRUN_GIT_DIFF_H

#include "base/source.h"
#include "git/git.h"

enum git_status {
    GIT_ADDED = 'A',
    GIT_MODIFIED = 'M', /* also of its kind or its mode alone */
    GIT_DELETED = 'D',
    GIT_RENAMED = 'R', /* and perhaps modified */
};

/* Lines of the new side, 1-based, both inclusive. */
struct git_lines {
    size_t first;
    size_t last;
};

/* What stands in the place of what: old_count lines became new_count. Without new lines `first` is
 * the one before. */
struct git_hunk {
    size_t first; /* of the new side */
    size_t new_count;
    size_t old_count;
};

struct git_file {
    enum git_status status;
    struct text path;          /* the new one; of a deleted file the old one */
    struct text old_path;      /* of a renamed file; else as path */
    bool is_binary;            /* git says so, by content or attribute: no lines are known */
    bool is_submodule;         /* on either side */
    bool is_link;              /* a symbolic link, on the new side */
    bool has_content;          /* false: renamed or its mode changed, not one byte */
    struct git_lines *changed; /* added or changed lines, ascending, not touching each other */
    size_t changed_count;
    struct git_hunk *hunks; /* ascending */
    size_t hunk_count;
    size_t lines_added;
    size_t lines_deleted;
};

struct git_diff {
    struct git_file *files;
    size_t file_count;
    size_t lines_added; /* of all */
    size_t lines_deleted;
};

/* From the tree of `older` to that of `newer`; older empty: from nothing. For "what did this branch
 * change" older is their git_merge_base. */
bool git_diff_read(struct git *git, struct text older, struct text newer,
                   struct git_diff *ret_diff, struct problems *problems) MUST_CHECK;

/* The same from the bytes of `git diff-tree -r -z --raw -p -U0`, for tests. False: not understood;
 * a truncated answer is never taken for a whole one. */
bool git_diff_parse(struct text bytes, struct arena *arena,
                    struct git_diff *ret_diff) MUST_CHECK;

/* Whether the line of the new side is one of the changed ones. */
bool git_file_has_changed_line(const struct git_file *file, size_t line);

/* Where a line of the new side stood in the old one; 0: it is added or changed. */
size_t git_file_old_line(const struct git_file *file, size_t line);

/* The file of this new path (old path for a deleted one), or NULL. */
const struct git_file *git_diff_file(const struct git_diff *diff, struct text path);

#endif
