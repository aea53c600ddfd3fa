/* SPDX-License-Identifier: MIT */
/*
 * Whole files, read with a limit, and paths. What cannot be read becomes a problem that names the
 * path and the reason.
 */
#ifndef BDDRUN_BASE_FILE_H
#define BDDRUN_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

/* The bytes of the file at path, in the arena, followed by a NUL that the size does not count;
 * "-" is the standard input. False with a problem of kind PROBLEM_INPUT at span_none(). */
bool file_read(struct text path, size_t limit_bytes, struct arena *arena,
               struct text *ret_bytes, struct problems *problems) MUST_CHECK;

bool file_exists(struct text path); /* anything, also a folder */
bool file_is_folder(struct text path);

/* folder/name, or name where it is absolute or folder is empty or "."; in the arena. */
struct text path_join(struct arena *arena, struct text folder, struct text name);

/* The part before the last slash: "." where there is none, "/" for "/x". Borrowed. */
struct text path_folder(struct text path);

#endif
