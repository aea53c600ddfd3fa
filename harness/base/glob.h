/* SPDX-License-Identifier: MIT */
/*
 * Patterns of paths, as bddrun.yaml has them. They start at the top of the repository and match
 * whole paths: `*` is any part of one name, `**` any number of folders (also none), `?` one byte
 * sequence of UTF-8, `[a-z]` and `[!a]` one byte, `{php,twig}` one of several, a backslash takes the
 * next byte as it is. `app/` and `app/` followed by two stars are the same. A pattern that starts
 * with `!` takes out again what patterns before it have matched.
 */
#ifndef BDDRUN_BASE_GLOB_H
#define BDDRUN_BASE_GLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

enum { GLOB_ALTERNATIVES_LIMIT = 256 };

struct glob {
    struct text written;
    bool is_exception;         /* starts with ! */
    struct text *alternatives; /* without braces, in the arena */
    size_t count;
};

struct globs {
    struct glob *list;
    size_t count;
};

/* In the arena. False with a reason in words ("a '{' without its '}'"), static. */
bool glob_parse(struct text pattern, struct arena *arena, struct glob *ret_glob,
                const char **ret_reason) MUST_CHECK;

/* Whether the pattern matches, its "!" aside. */
bool glob_matches(const struct glob *glob, struct text path);

/* Whether the last of the patterns that matches is no exception. */
bool globs_match(const struct globs *globs, struct text path);

#endif
