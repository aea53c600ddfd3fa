/* SPDX-License-Identifier: MIT */
/*
 * The files of a commit, and their bytes. All lives in the arena of the struct git.
 */
#ifndef BDDRUN_GIT_TREE_H
#define BDDRUN_GIT_TREE_H

#include "base/source.h"
#include "git/git.h"

struct git_paths {
    struct text *list; /* from the top of the repository, bytes, in git's order */
    size_t count;
};

/* The files that the revision's tree holds, or with an empty revision those git knows in the work
 * tree (ls-files). Submodules are paths of their own. */
bool git_list_files(struct git *git, struct text revision, struct git_paths *ret_paths,
                    struct problems *problems) MUST_CHECK;

/* The bytes of a file as the commit has it (of a link: its target), as a source for spans whose
 * name is the path. A path that the commit does not have is a problem. */
bool git_show_file(struct git *git, struct text revision, struct text path,
                   struct source **ret_source, struct problems *problems) MUST_CHECK;

/* The same of several files with one run of git: sources[i] is NULL where the commit has no such
 * file. */
bool git_show_files(struct git *git, struct text revision, const struct text *paths,
                    size_t count, struct source **sources,
                    struct problems *problems) MUST_CHECK;

#endif
