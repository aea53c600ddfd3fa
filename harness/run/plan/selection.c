/* SPDX-License-Identifier: MIT */
#include "run/plan/selection.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"
#include "run/plan/folder.h"

struct selecting {
    struct arena *arena;
    struct problems *problems;
    struct paths roots;         /* folders whose steps and set-up belong to the run */
    struct paths shallow_roots; /* without what is in folders below */
    struct selected_file *list;
    size_t count;
    size_t capacity;
    bool is_fine;
};

/* Files. */

/* "./a", "b/../a" and "a" are one file, shown as it was given first. */
static struct file_identity identity_of(struct text path)
{
    struct stat status;
    char terminated[PATH_MAX];
    if (path.size >= sizeof(terminated)) {
        return (struct file_identity){ 0 };
    }
    memcpy(terminated, path.at, path.size);
    terminated[path.size] = '\0';
    return stat(terminated, &status) == 0
               ? (struct file_identity){ status.st_dev, status.st_ino }
               : (struct file_identity){ 0 };
}

/* Without "./" before it and "/." behind it. */
static struct text plain_path(struct text path)
{
    while (text_starts_with(path, TEXT("./")) && path.size > 2) {
        path = text_from(path, 2);
    }
    while (text_ends_with(path, TEXT("/.")) && path.size > 2) {
        path = text_slice(path, 0, path.size - 2);
    }
    return path;
}

static void add_file(struct selecting *selecting, struct text path, const uint32_t *lines,
                     size_t line_count)
{
    GROW(selecting->list, selecting->count, selecting->capacity);
    uint32_t *copy = ARENA_ARRAY(selecting->arena, line_count + 1, uint32_t);
    for (size_t i = 0; i < line_count; i++) {
        copy[i] = lines[i];
    }
    selecting->list[selecting->count++] =
        (struct selected_file){ .path = arena_text(selecting->arena, plain_path(path)),
                                .identity = identity_of(path),
                                .is_whole = line_count == 0,
                                .lines = copy,
                                .line_count = line_count };
}

static void add_root(struct selecting *selecting, struct text folder, bool is_deep)
{
    struct paths *roots = is_deep ? &selecting->roots : &selecting->shallow_roots;
    folder = plain_path(folder);
    for (size_t i = 0; i < roots->count; i++) {
        if (text_equal(roots->list[i], folder)) {
            return;
        }
    }
    GROW(roots->list, roots->count, roots->capacity);
    roots->list[roots->count++] = arena_text(selecting->arena, folder);
}

/* Of a named file: what lies beside it, and in the folder `steps` there. */
static void add_roots_of_file(struct selecting *selecting, struct text path)
{
    struct text folder = path_folder(path);
    struct text steps = path_join(selecting->arena, folder, TEXT("steps"));
    add_root(selecting, folder, false);
    if (file_is_folder(steps)) {
        add_root(selecting, steps, true);
    }
}

static void refuse(struct selecting *selecting, enum problem_kind kind, const char *hint,
                   const char *message, struct text path)
{
    problems_add(selecting->problems, kind, span_none(), hint, "%s '%.*s'", message,
                 TEXT_ARG(path));
    selecting->is_fine = false;
}

static void add_folder(struct selecting *selecting, struct text folder)
{
    struct paths paths = { 0 };
    size_t before = selecting->count;
    add_root(selecting, folder, true);
    if (!folder_features(folder, true, selecting->arena, &paths, selecting->problems)) {
        selecting->is_fine = false;
    }
    for (size_t i = 0; i < paths.count; i++) {
        if (!path_is_steps(paths.list[i])) {
            add_file(selecting, paths.list[i], NULL, 0);
        }
    }
    if (selecting->count == before) {
        refuse(selecting, PROBLEM_NOTHING, "scenarios are in files whose names end in .feature",
               "no feature file in folder", folder);
    }
    paths_release(&paths);
}

/* path:12:40 */

enum { LINES_LIMIT = 10000 };

/* Cuts one ":number" off the end. */
static bool take_line(struct text *path, uint32_t *ret_line)
{
    uint64_t line;
    size_t colon = path->size;
    while (colon > 0 && path->at[colon - 1] != ':') {
        colon--;
    }
    if (colon < 2 || !text_to_uint64(text_from(*path, colon), &line) || line == 0 ||
        line > UINT32_MAX) {
        return false;
    }
    *path = text_slice(*path, 0, colon - 1);
    *ret_line = (uint32_t)line;
    return true;
}

static void add_path(struct selecting *selecting, struct text path);

static void add_named_file(struct selecting *selecting, struct text given)
{
    struct text path = given;
    uint32_t *lines = alloc_or_die(LINES_LIMIT, sizeof(*lines));
    size_t count = 0;
    while (!file_exists(path) && count < LINES_LIMIT && take_line(&path, &lines[count])) {
        count++;
    }
    if (!file_exists(path)) {
        refuse(selecting, PROBLEM_INPUT, "check the spelling; paths are relative to here",
               "no such file or folder", given);
    } else if (file_is_folder(path)) {
        refuse(selecting, PROBLEM_USAGE, "give a line only with a file", "a line of a folder",
               given);
    } else if (path_is_steps(path)) {
        refuse(selecting, PROBLEM_USAGE, "name the scenarios that use its steps",
               "composite steps are not run by themselves:", path);
    } else {
        add_roots_of_file(selecting, path);
        add_file(selecting, path, lines, count);
    }
    free(lines);
}

/* @rerun.txt: paths separated by white space. */
static void add_list(struct selecting *selecting, struct text file)
{
    struct text bytes;
    if (!file_read(file, SELECTION_LIST_LIMIT_BYTES, selecting->arena, &bytes,
                   selecting->problems)) {
        selecting->is_fine = false;
        return;
    }
    struct text line;
    while (text_take_until(&bytes, '\n', &line)) {
        line = text_trim(line);
        if (line.size) {
            add_path(selecting, line);
        }
    }
}

static void add_path(struct selecting *selecting, struct text path)
{
    if (text_is(path, "-")) {
        add_file(selecting, path, NULL, 0);
    } else if (text_starts_with(path, TEXT("@")) && path.size > 1 && !file_exists(path)) {
        add_list(selecting, text_from(path, 1));
    } else if (file_is_folder(path)) {
        add_folder(selecting, path);
    } else {
        add_named_file(selecting, path);
    }
}

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
    struct selected_file wanted = { .identity = identity_of(path) };
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
            add_file(selecting, path, NULL, 0);
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
        add_root(selecting, folder, true);
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
        add_path(&selecting, folder);
    }
    for (size_t i = 0; i < count; i++) {
        add_path(&selecting, paths[i]);
    }
    if (selecting.is_fine) {
        *ret_selection = take_all(&selecting, folder);
    }
    free(selecting.list);
    paths_release(&selecting.roots);
    paths_release(&selecting.shallow_roots);
    return selecting.is_fine;
}
