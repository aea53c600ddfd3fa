/* SPDX-License-Identifier: MIT */
/* Migrations: the first line is the path, the rest the file. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "change/migration/judge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text rest = text_make((const char *)data, size);
    struct text path = TEXT_EMPTY;
    (void)text_take_until(&rest, '\n', &path);
    struct git_file file = { .status = GIT_ADDED, .path = path };
    struct judged judged = { .file = &file, .framework = framework_of(path) };
    if (!judged.framework || !rest.at) {
        return 0;
    }
    struct arena arena;
    struct problems problems;
    struct source source;
    arena_init(&arena);
    problems_init(&problems);
    source_init(&source, path, rest);
    judged.source = &source;
    judged.before = &source;
    scan_init(&judged.scan, &arena);
    judged_scan(&judged, &arena);
    if (!judged_is_same(&judged, &arena)) {
        abort();
    }
    if (assurances_read(&source, &arena, &judged.assurances, &problems)) {
        for (size_t i = 0; i < judged.scan.count; i++) {
            const struct scan_finding *found = &judged.scan.findings[i];
            (void)assurances_find(&judged.assurances, found->rule, found->start, false);
        }
    }
    scan_release(&judged.scan);
    problems_release(&problems);
    arena_release(&arena);
    return 0;
}
