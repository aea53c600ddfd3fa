/* SPDX-License-Identifier: MIT */
/* What git says: of a comparison, and to its hook; patterns of paths with them. */
#include <stddef.h>
#include <stdint.h>

#include "base/glob.h"
#include "git/diff.h"
#include "hook/coverage_map.h"
#include "hook/push.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_diff(const struct git_diff *diff)
{
    for (size_t i = 0; i < diff->file_count; i++) {
        const struct git_file *file = &diff->files[i];
        for (size_t l = 0; l < file->changed_count; l++) {
            (void)git_file_has_changed_line(file, file->changed[l].first);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = text_make((const char *)data, size);
    struct arena arena;
    struct problems problems;
    struct git_diff diff = { .file_count = 0 };
    struct push push;
    struct glob glob;
    struct text *names;
    size_t count;
    const char *reason;
    arena_init(&arena);
    problems_init(&problems);
    if (size < 4096 && glob_parse(bytes, &arena, &glob, &reason)) {
        (void)glob_matches(&glob, TEXT("app/Games/Omaha/Pot.php"));
    }
    bool is_push = push_parse(bytes, &arena, &push, &problems);
    (void)is_push;
    coverage_map_read(bytes, &diff, &arena, &names, &count);
    if (git_diff_parse(bytes, &arena, &diff)) {
        check_diff(&diff);
    }
    problems_release(&problems);
    arena_release(&arena);
    return 0;
}
