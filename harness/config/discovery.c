/* SPDX-License-Identifier: MIT */
#include "config/discovery.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

#define FILE_NAME TEXT("bddrun.yaml")

/* Without the `:12:40` at its end. */
static struct text without_lines(struct text path)
{
    size_t end = path.size;
    for (size_t at = end; at > 0; at--) {
        char c = path.at[at - 1];
        if (c == ':') {
            end = at - 1;
        } else if (c < '0' || c > '9') {
            break;
        }
    }
    return text_slice(path, 0, end);
}

static struct text start_folder(struct text first_path)
{
    if (text_starts_with(first_path, TEXT("@"))) {
        first_path = text_from(first_path, 1);
    }
    if (first_path.size == 0 || text_is(first_path, "-")) {
        return TEXT(".");
    }
    if (file_is_folder(first_path)) {
        return first_path;
    }
    return path_folder(without_lines(first_path));
}

static bool is_at_or_below(struct text folder, struct text above)
{
    return text_starts_with(folder, above) &&
           (folder.size == above.size || above.size == 1 || folder.at[above.size] == '/');
}

static bool is_in_repository(struct arena *arena, struct text folder)
{
    for (;;) {
        if (file_exists(path_join(arena, folder, TEXT(".git")))) {
            return true;
        }
        if (folder.size <= 1) {
            return false;
        }
        folder = path_folder(folder);
    }
}

/* The nearest folder upward that has the file, not beyond the root of a repository. */
static bool find_upward(struct arena *arena, struct text *folder)
{
    while (!file_exists(path_join(arena, *folder, FILE_NAME))) {
        if (folder->size <= 1 || file_exists(path_join(arena, *folder, TEXT(".git")))) {
            return false;
        }
        *folder = path_folder(*folder);
    }
    return true;
}

bool config_discover(struct arena *arena, struct text first_path, struct text *ret_path)
{
    char working[PATH_MAX];
    char start[PATH_MAX];
    const char *given = arena_string(arena, start_folder(first_path));
    if (!getcwd(working, sizeof working) || !realpath(given, start)) {
        return false;
    }
    struct text here = text_of(working);
    struct text folder = text_of(start);
    if (!find_upward(arena, &folder)) {
        return false;
    }
    bool is_below = is_at_or_below(folder, here);
    if (!is_below && !text_is(folder, start) && !is_in_repository(arena, folder)) {
        return false;
    }
    struct text path = path_join(arena, folder, FILE_NAME);
    *ret_path = is_below && here.size > 1 ? text_from(path, here.size + 1) : path;
    return true;
}
