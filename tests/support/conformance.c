/* SPDX-License-Identifier: MIT */
#include "support/conformance.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { EXIT_SKIPPED = 77 };

const char *conformance_path(struct arena *arena, const char *name)
{
    const char *folder = getenv("BDDRUN_CONFORMANCE_DATA");
    if (!folder) {
        folder = "../shared/conformance";
    }
    struct stat status;
    if (stat(folder, &status) != 0) {
        printf("skipped: no conformance data at '%s' (set BDDRUN_CONFORMANCE_DATA)\n", folder);
        exit(EXIT_SKIPPED);
    }
    return arena_format(arena, "%s/%s", folder, name).at;
}

struct text conformance_read(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        printf("cannot read '%s': %s\n", path, strerror(errno));
        exit(EXIT_FAILURE);
    }
    long size = ftell(file);
    rewind(file);
    char *bytes = arena_alloc(arena, (size_t)size + 1);
    if (fread(bytes, 1, (size_t)size, file) != (size_t)size) {
        printf("cannot read '%s' whole\n", path);
        exit(EXIT_FAILURE);
    }
    fclose(file);
    return text_make(bytes, (size_t)size);
}
