/* SPDX-License-Identifier: MIT */
#include "run/plan/selecting.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"

/* Files. */

/* "./a", "b/../a" and "a" are one file, shown as it was given first. */
struct file_identity file_identity_of(struct text path)
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

void selecting_add_file(struct selecting *selecting, struct text path, const uint32_t *lines,
                        size_t line_count)
{
    GROW(selecting->list, selecting->count, selecting->capacity);
    uint32_t *copy = ARENA_ARRAY(selecting->arena, line_count + 1, uint32_t);
    for (size_t i = 0; i < line_count; i++) {
        copy[i] = lines[i];
    }
    selecting->list[selecting->count++] =
        (struct selected_file){ .path = arena_text(selecting->arena, plain_path(path)),
                                .identity = file_identity_of(path),
                                .is_whole = line_count == 0,
                                .lines = copy,
                                .line_count = line_count };
}

void selecting_add_root(struct selecting *selecting, struct text folder, bool is_deep)
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
    selecting_add_root(selecting, folder, false);
    if (file_is_folder(steps)) {
        selecting_add_root(selecting, steps, true);
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
    selecting_add_root(selecting, folder, true);
    if (!folder_features(folder, true, selecting->arena, &paths, selecting->problems)) {
        selecting->is_fine = false;
    }
    for (size_t i = 0; i < paths.count; i++) {
        if (!path_is_steps(paths.list[i])) {
            selecting_add_file(selecting, paths.list[i], NULL, 0);
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
        selecting_add_file(selecting, path, lines, count);
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
            selecting_add_path(selecting, line);
        }
    }
}

void selecting_add_path(struct selecting *selecting, struct text path)
{
    if (text_is(path, "-")) {
        selecting_add_file(selecting, path, NULL, 0);
    } else if (text_starts_with(path, TEXT("@")) && path.size > 1 && !file_exists(path)) {
        add_list(selecting, text_from(path, 1));
    } else if (file_is_folder(path)) {
        add_folder(selecting, path);
    } else {
        add_named_file(selecting, path);
    }
}
