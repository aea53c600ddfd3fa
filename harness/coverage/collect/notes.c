/* SPDX-License-Identifier: MIT */
#include "coverage/collect/notes.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum { DEPTH_LIMIT = 64 };

static void add(struct notes *notes, struct arena *arena, struct text path)
{
    if (notes->count == notes->capacity) {
        size_t capacity = notes->capacity ? notes->capacity * 2 : 64;
        struct text *list = ARENA_ARRAY(arena, capacity, struct text);
        for (size_t i = 0; i < notes->count; i++) {
            list[i] = notes->list[i];
        }
        notes->list = list;
        notes->capacity = capacity;
    }
    notes->list[notes->count++] = path;
}

/* Links are not followed: a build tree may hold one to itself. */
static bool is_folder(struct text path, unsigned char type)
{
    return type == DT_DIR || (type == DT_UNKNOWN && file_is_folder(path));
}

static bool walk(struct notes *notes, struct text folder, size_t depth, struct arena *arena)
{
    DIR *entries = depth < DEPTH_LIMIT ? opendir(arena_string(arena, folder)) : NULL;
    if (!entries) {
        return false;
    }
    for (struct dirent *at = readdir(entries); at; at = readdir(entries)) {
        if (at->d_name[0] == '.' && (at->d_name[1] == '\0' || at->d_name[1] == '.')) {
            continue;
        }
        struct text name = text_of(at->d_name);
        struct text path = path_join(arena, folder, name);
        if (text_ends_with(name, TEXT(".gcno"))) {
            add(notes, arena, path);
        } else if (is_folder(path, at->d_type)) {
            (void)walk(notes, path, depth + 1, arena);
        }
    }
    closedir(entries);
    return true;
}

static int compare(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

bool notes_find(struct notes *notes, struct text folder, struct arena *arena,
                struct problems *problems)
{
    *notes = (struct notes){ 0 };
    if (!walk(notes, folder, 0, arena)) {
        problems_add(problems, PROBLEM_INPUT, span_none(), "name the folder of the build",
                     "cannot read the folder '%.*s': %s", TEXT_ARG(folder), strerror(errno));
        return false;
    }
    if (notes->count == 0) {
        problems_add(problems, PROBLEM_NOTHING, span_none(),
                     "compile with --coverage; gcc then writes a .gcno file for each source",
                     "no notes of gcc (.gcno) are below '%.*s'", TEXT_ARG(folder));
        return false;
    }
    qsort(notes->list, notes->count, sizeof *notes->list, compare);
    return true;
}
