/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "coverage/paths.h"

enum { SOURCE_LIMIT_BYTES = 256 << 20 };

static size_t count_lines(struct text bytes)
{
    size_t count = 0;
    for (size_t at = 0; at < bytes.size; count++) {
        at = text_find_byte(bytes, '\n', at) + 1;
    }
    return count;
}

static bool check_file(const struct coverage_file *file, struct text root,
                       struct problems *problems)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    struct text bytes;
    struct text path = path_join(&arena, root, file->path);
    uint32_t last = coverage_file_last_line(file);
    if (!file_exists(path) || file_is_folder(path)) {
        return true;
    }
    if (!file_read(path, SOURCE_LIMIT_BYTES, &arena, &bytes, problems)) {
        return false;
    }
    size_t lines = count_lines(bytes);
    if (last > lines) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "the report is of another version: measure this one",
                     "line %u of '%.*s' is covered, but the file has %zu lines", last,
                     TEXT_ARG(file->path), lines);
    }
    return last <= lines;
}

bool coverage_check_ends(const struct coverage *coverage, struct text root,
                         struct problems *problems)
{
    bool is_sound = true;
    for (size_t i = 0; i < coverage->file_count; i++) {
        if (coverage->files[i]->is_tracked) {
            is_sound &= check_file(coverage->files[i], root, problems);
        }
    }
    return is_sound;
}
