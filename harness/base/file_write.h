/* SPDX-License-Identifier: MIT */
/*
 * Files written: whole, atomically, and below a folder they must not leave. Paths are bytes as the
 * user gave them; one that holds a NUL byte is refused. Problems are PROBLEM_ENVIRONMENT and name
 * the file.
 */
#ifndef BDDRUN_BASE_FILE_WRITE_H
#define BDDRUN_BASE_FILE_WRITE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

/* Writes all of bytes, also to pipes, restarting after signals. A full disk and a closed pipe are
 * problems that name the file (SIGPIPE must be ignored). The descriptor must block. */
bool file_write_all(int descriptor, struct text name, struct text bytes,
                    struct problems *problems) MUST_CHECK;

/*
 * A file being replaced: written beside its target under a temporary name, then renamed over it, so
 * that readers see the old or the new content, never a part. Folders that are missing are made.
 * What is there already and is no ordinary file (a device, a pipe) is written to as it is.
 * Without file_replacement_finish the release removes the temporary file, but only in the process
 * that began it: a forked child removes nothing. A zeroed one may be released.
 */
struct file_replacement {
    char *path;
    char *temporary_path; /* NULL: not begun, finished, or written straight to path */
    int descriptor;
    pid_t owner;
};

bool file_replacement_begin(struct file_replacement *replacement, struct text path,
                            struct problems *problems) MUST_CHECK;
bool file_replacement_add(struct file_replacement *replacement, struct text bytes,
                          struct problems *problems) MUST_CHECK;

/* Syncs and renames. After a failure the target is unchanged. */
bool file_replacement_finish(struct file_replacement *replacement,
                             struct problems *problems) MUST_CHECK;
void file_replacement_release(struct file_replacement *replacement);

/* All of the above at once. */
bool file_replace(struct text path, struct text bytes, struct problems *problems) MUST_CHECK;

/* Makes the folder and those above it where they are missing. */
bool file_make_folder(struct text path, struct problems *problems) MUST_CHECK;

/* True when path, with every symbolic link and ".." resolved, lies below folder (or is it). What
 * does not exist yet is judged by the nearest folder above that exists. */
bool path_is_below(struct text folder, struct text path);

#endif
