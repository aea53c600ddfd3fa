/* SPDX-License-Identifier: MIT */
/*
 * Stands in for libFuzzer: gives every file of the folders and files named on the command line to
 * the target, the empty input first. A corpus that is empty or missing fails.
 */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum { INPUT_LIMIT = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static int replay_file(const char *path)
{
    struct arena arena;
    struct problems problems;
    struct text bytes;
    arena_init(&arena);
    problems_init(&problems);
    bool is_read = file_read(text_of(path), INPUT_LIMIT, &arena, &bytes, &problems);
    if (is_read) {
        /* A copy of exactly this size, so that the sanitizer sees a read beyond its end. */
        uint8_t *copy = malloc(bytes.size ? bytes.size : 1);
        memcpy(copy, bytes.at, bytes.size);
        LLVMFuzzerTestOneInput(copy, bytes.size);
        free(copy);
    }
    problems_release(&problems);
    arena_release(&arena);
    return is_read ? 1 : 0;
}

static int replay_folder(const char *path)
{
    DIR *folder = opendir(path);
    int count = 0;
    if (!folder) {
        return replay_file(path);
    }
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char name[4096];
        if (entry->d_name[0] != '.') {
            snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
            count += replay_file(name);
        }
    }
    closedir(folder);
    return count;
}

int main(int count, char **arguments)
{
    int replayed = 0;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < count; i++) {
        replayed += replay_folder(arguments[i]);
    }
    printf("%d inputs\n", replayed);
    return replayed > 0 ? 0 : 1;
}
