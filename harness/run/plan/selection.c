/* SPDX-License-Identifier: MIT */
#include "run/plan/selection.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "run/plan/selecting.h"

/* Each once. */

static int by_path(const void *a, const void *b)
{
    const struct selected_file *left = a;
    const struct selected_file *right = b;
    return text_compare(left->path, right->path);
}

static int by_identity(const void *a, const void *b)
{
    const struct file_identity *left = &((const struct selected_file *)a)->identity;
    const struct file_identity *right = &((const struct selected_file *)b)->identity;
    if (left->device != right->device) {
        return left->device < right->device ? -1 : 1;
    }
    return left->file == right->file ? 0 : left->file < right->file ? -1 : 1;
}

static void sort(struct selected_file *list, size_t count,
                 int (*compare)(const void *, const void *))
{
    if (count > 0) {
        qsort(list, count, sizeof(*list), compare);
    }
}

static void merge(struct selecting *selecting, struct selected_file *into,
                  const struct selected_file *other)
{
    size_t count = into->line_count + other->line_count;
    uint32_t *lines = ARENA_ARRAY(selecting->arena, count + 1, uint32_t);
    memcpy(lines, into->lines, into->line_count * sizeof(*lines));
    memcpy(lines + into->line_count, other->lines, other->line_count * sizeof(*lines));
    into->lines = lines;
    into->line_count = count;
    into->is_whole = into->is_whole || other->is_whole;
}

static struct selected_files take_files(struct selecting *selecting)
{
    struct selected_files files = {
        ARENA_ARRAY(selecting->arena, selecting->count + 1, struct selected_file), 0
    };
    sort(selecting->list, selecting->count, by_identity);
    for (size_t i = 0; i < selecting->count; i++) {
        const struct selected_file *file = &selecting->list[i];
        struct selected_file *last = files.count ? &files.list[files.count - 1] : NULL;
        if (last && by_identity(last, file) == 0) {
            merge(selecting, last, file);
        } else {
            files.list[files.count++] = *file;
        }
    }
    selecting->count = 0;
    sort(files.list, files.count, by_path);
    return files;
}

/* What belongs to the run besides the scenarios. */

static bool is_among(const struct selected_files *sorted, struct text path)
{
    struct selected_file wanted = { .identity = file_identity_of(path) };
    return sorted->count > 0 &&
           bsearch(&wanted, sorted->list, sorted->count, sizeof(*sorted->list), by_identity);
}

/* sorted: the scenarios, by identity. */
static void add_support(struct selecting *selecting, const struct selected_files *sorted,
                        bool wants_steps)
{
    struct paths paths = { 0 };
    for (int is_deep = 0; is_deep < 2; is_deep++) {
        const struct paths *roots = is_deep ? &selecting->roots : &selecting->shallow_roots;
        for (size_t i = 0; i < roots->count; i++) {
            if (!folder_features(roots->list[i], is_deep, selecting->arena, &paths,
                                 selecting->problems)) {
                selecting->is_fine = false;
            }
        }
    }
    for (size_t i = 0; i < paths.count; i++) {
        struct text path = paths.list[i];
        if (path_is_steps(path) == wants_steps && !is_among(sorted, path)) {
            selecting_add_file(selecting, path, NULL, 0);
        }
    }
    paths_release(&paths);
}

static struct selected_files sorted_by_identity(struct selecting *selecting,
                                                const struct selected_files *files)
{
    struct selected_files sorted = {
        ARENA_ARRAY(selecting->arena, files->count + 1, struct selected_file), files->count
    };
    memcpy(sorted.list, files->list, files->count * sizeof(*files->list));
    sort(sorted.list, sorted.count, by_identity);
    return sorted;
}

static struct selection take_all(struct selecting *selecting, struct text folder)
{
    struct selection selection;
    if (folder.size && file_is_folder(folder)) {
        selecting_add_root(selecting, folder, true);
    }
    selection.scenarios = take_files(selecting);
    struct selected_files sorted = sorted_by_identity(selecting, &selection.scenarios);
    add_support(selecting, &sorted, true);
    selection.steps = take_files(selecting);
    add_support(selecting, &sorted, false);
    selection.neighbours = take_files(selecting);
    return selection;
}

bool selection_make(const struct text *paths, size_t count, struct text folder,
                    struct arena *arena, struct selection *ret_selection,
                    struct problems *problems)
{
    struct selecting selecting = { .arena = arena, .problems = problems, .is_fine = true };
    if (count == 0 && folder.size == 0) {
        problems_add(problems, PROBLEM_USAGE, span_none(),
                     "give a folder or a feature file, or add `scenarios:` to bddrun.yaml",
                     "no scenarios are named");
        return false;
    }
    if (count == 0) {
        selecting_add_path(&selecting, folder);
    }
    for (size_t i = 0; i < count; i++) {
        selecting_add_path(&selecting, paths[i]);
    }
    if (selecting.is_fine) {
        *ret_selection = take_all(&selecting, folder);
    }
    free(selecting.list);
    paths_release(&selecting.roots);
    paths_release(&selecting.shallow_roots);
    return selecting.is_fine;
}
