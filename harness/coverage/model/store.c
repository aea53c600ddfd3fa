/* SPDX-License-Identifier: MIT */
#include "coverage/store.h"

#include <stdlib.h>
#include <string.h>

#include "coverage/text_map.h"

struct coverage_index {
    struct text_map files;
    struct text_map names;
};

void coverage_init(struct coverage *coverage)
{
    *coverage = (struct coverage){ .index = alloc_or_die(1, sizeof *coverage->index) };
    arena_init(&coverage->arena);
}

void store_release(struct coverage *coverage)
{
    for (size_t i = 0; i < coverage->file_count; i++) {
        store_free_file(coverage->files[i]);
    }
    free(coverage->files);
    free(coverage->names);
    free(coverage->reports);
    text_map_release(&coverage->index->files);
    text_map_release(&coverage->index->names);
    free(coverage->index);
    arena_release(&coverage->arena);
}

struct coverage_file *store_file(struct coverage *coverage, struct text path)
{
    const size_t *found = text_map_find(&coverage->index->files, path);
    if (found) {
        return coverage->files[*found];
    }
    struct coverage_file *file = alloc_or_die(1, sizeof *file);
    file->path = arena_text(&coverage->arena, path);
    file->reported = file->path;
    bool is_new;
    text_map_put(&coverage->index->files, file->path, coverage->file_count, &is_new);
    GROW(coverage->files, coverage->file_count, coverage->file_capacity);
    coverage->files[coverage->file_count++] = file;
    return file;
}

const struct coverage_file *coverage_find(const struct coverage *coverage, struct text path)
{
    const size_t *found = text_map_find(&coverage->index->files, path);
    return found ? coverage->files[*found] : NULL;
}

uint32_t store_name(struct coverage *coverage, struct text name)
{
    const size_t *found = text_map_find(&coverage->index->names, name);
    if (found) {
        return (uint32_t)*found;
    }
    struct text copy = arena_text(&coverage->arena, name);
    bool is_new;
    text_map_put(&coverage->index->names, copy, coverage->name_count, &is_new);
    GROW(coverage->names, coverage->name_count, coverage->name_capacity);
    coverage->names[coverage->name_count] = copy;
    return (uint32_t)coverage->name_count++;
}

struct coverage_report *store_report(struct coverage *coverage)
{
    GROW(coverage->reports, coverage->report_count, coverage->report_capacity);
    struct coverage_report *report = &coverage->reports[coverage->report_count++];
    *report = (struct coverage_report){ 0 };
    return report;
}

static void take_greatest(struct ratio *into, struct ratio from)
{
    into->covered = from.covered > into->covered ? from.covered : into->covered;
    into->total = from.total > into->total ? from.total : into->total;
}

void store_unlisted(struct coverage_file *file, const struct coverage_totals *unlisted)
{
    take_greatest(&file->unlisted.lines, unlisted->lines);
    take_greatest(&file->unlisted.branches, unlisted->branches);
    take_greatest(&file->unlisted.functions, unlisted->functions);
}

bool store_digest(struct coverage *coverage, struct coverage_file *file, struct text digest)
{
    if (file->digest.size == 0 && digest.size) {
        file->digest = arena_text(&coverage->arena, digest);
    }
    return digest.size == 0 || text_equal(file->digest, digest);
}

/* --- the end --- */

static int compare_files(const void *a, const void *b)
{
    const struct coverage_file *const *x = a;
    const struct coverage_file *const *y = b;
    return text_compare((*x)->path, (*y)->path);
}

static void index_files(struct coverage *coverage)
{
    text_map_release(&coverage->index->files);
    for (size_t i = 0; i < coverage->file_count; i++) {
        bool is_new;
        text_map_put(&coverage->index->files, coverage->files[i]->path, i, &is_new);
    }
}

void store_finish(struct coverage *coverage)
{
    for (size_t i = 0; i < coverage->file_count; i++) {
        store_flush(coverage, coverage->files[i]);
    }
    if (coverage->file_count) {
        qsort(coverage->files, coverage->file_count, sizeof *coverage->files, compare_files);
    }
    index_files(coverage);
}

bool store_renamed(struct coverage *coverage, struct problems *problems)
{
    size_t count = coverage->file_count;
    bool is_joined = true;
    text_map_release(&coverage->index->files);
    coverage->file_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct coverage_file *file = coverage->files[i];
        bool is_new;
        size_t *place = text_map_put(&coverage->index->files, file->path, 0, &is_new);
        if (is_new) {
            *place = coverage->file_count;
            coverage->files[coverage->file_count++] = file;
        } else {
            is_joined &= store_join(coverage, coverage, file, problems);
            store_free_file(file);
        }
    }
    store_finish(coverage);
    return is_joined;
}
