/* SPDX-License-Identifier: MIT */
#include "run/plan/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"

struct walk {
    struct arena *arena;
    struct paths *paths;
    struct problems *problems;
    struct paths folders; /* still to be read */
    bool is_deep;
    bool is_fine;
};

bool path_is_feature(struct text path)
{
    return text_ends_with(path, TEXT(".feature"));
}

bool path_is_steps(struct text path)
{
    return text_ends_with(path, TEXT(".steps.feature"));
}

void paths_release(struct paths *paths)
{
    free(paths->list);
    *paths = (struct paths){ 0 };
}

static void paths_add(struct paths *paths, struct text path)
{
    GROW(paths->list, paths->count, paths->capacity);
    paths->list[paths->count++] = path;
}

static void look_at(struct walk *walk, struct text path)
{
    struct stat status;
    if (lstat(path.at, &status) != 0) {
        return; /* it has gone meanwhile */
    }
    if (S_ISDIR(status.st_mode)) {
        if (walk->is_deep) {
            paths_add(&walk->folders, path);
        }
    } else if (path_is_feature(path)) {
        paths_add(walk->paths, path);
    }
}

static void read_folder(struct walk *walk, struct text folder)
{
    DIR *directory = opendir(folder.at);
    if (!directory) {
        problems_add(walk->problems, PROBLEM_INPUT, span_none(),
                     "give a folder that can be read", "cannot read folder '%.*s': %s",
                     TEXT_ARG(folder), strerror(errno));
        walk->is_fine = false;
        return;
    }
    const struct dirent *entry;
    while ((entry = readdir(directory))) {
        if (entry->d_name[0] != '.') {
            look_at(walk, path_join(walk->arena, folder, text_of(entry->d_name)));
        }
    }
    closedir(directory);
}

static int by_bytes(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

bool folder_features(struct text folder, bool is_deep, struct arena *arena, struct paths *paths,
                     struct problems *problems)
{
    struct walk walk = { .arena = arena,
                         .paths = paths,
                         .problems = problems,
                         .is_deep = is_deep,
                         .is_fine = true };
    size_t first = paths->count;
    paths_add(&walk.folders, arena_text(arena, folder));
    while (walk.folders.count > 0) {
        read_folder(&walk, walk.folders.list[--walk.folders.count]);
    }
    paths_release(&walk.folders);
    if (paths->count > first) {
        qsort(paths->list + first, paths->count - first, sizeof(*paths->list), by_bytes);
    }
    return walk.is_fine;
}
