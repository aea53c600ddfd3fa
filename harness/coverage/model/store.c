/* SPDX-License-Identifier: MIT */
#include "coverage/store.h"

#include <stdlib.h>
#include <string.h>

#include "coverage/text_map.h"

enum { WORTH_A_PASS = 8 }; /* an addition of this part of the file is joined at once */

struct coverage_pending {
    struct record_list lists[SLOT_COUNT];
};

struct coverage_index {
    struct text_map files;
    struct text_map names;
};

struct slot {
    const struct record_kind *kind;
    size_t list_offset;
    size_t count_offset;
};

static const struct slot slots[SLOT_COUNT] = {
    { &record_line, offsetof(struct coverage_file, lines),
      offsetof(struct coverage_file, line_count) },
    { &record_branch, offsetof(struct coverage_file, branches),
      offsetof(struct coverage_file, branch_count) },
    { &record_function, offsetof(struct coverage_file, functions),
      offsetof(struct coverage_file, function_count) },
    { &record_line, offsetof(struct coverage_file, excluded),
      offsetof(struct coverage_file, excluded_count) },
    { &record_block, offsetof(struct coverage_file, blocks),
      offsetof(struct coverage_file, block_count) },
};

const struct record_kind *store_kind(enum coverage_slot slot)
{
    return slots[slot].kind;
}

const void *store_list(const struct coverage_file *file, enum coverage_slot slot,
                       size_t *ret_count)
{
    const void *list;
    memcpy(ret_count, (const char *)file + slots[slot].count_offset, sizeof *ret_count);
    memcpy(&list, (const char *)file + slots[slot].list_offset, sizeof list);
    return list;
}

static void set_list(struct coverage_file *file, enum coverage_slot slot, void *list,
                     size_t count)
{
    memcpy((char *)file + slots[slot].count_offset, &count, sizeof count);
    memcpy((char *)file + slots[slot].list_offset, &list, sizeof list);
}

/* --- coverage --- */

void coverage_init(struct coverage *coverage)
{
    *coverage = (struct coverage){ .index = alloc_or_die(1, sizeof *coverage->index) };
    arena_init(&coverage->arena);
}

static void free_pending(struct coverage_file *file)
{
    for (size_t i = 0; file->pending && i < SLOT_COUNT; i++) {
        free(file->pending->lists[i].at);
    }
    free(file->pending);
    file->pending = NULL;
}

void store_free_file(struct coverage_file *file)
{
    free_pending(file);
    free(file->lines);
    free(file->branches);
    free(file->functions);
    free(file->excluded);
    free(file->blocks);
    free(file);
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

/* --- records --- */

/* The file's own function of the same key, whose name need not be copied again. */
static const struct coverage_function *known(const struct coverage_file *file,
                                             const struct coverage_function *function)
{
    size_t low = 0;
    size_t high = file->function_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = record_function.compare(&file->functions[middle], function, NULL);
        if (order == 0) {
            return &file->functions[middle];
        }
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return NULL;
}

static void keep_names(struct coverage *coverage, const struct coverage_file *file,
                       struct coverage_function *functions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct coverage_function *same = known(file, &functions[i]);
        functions[i].name = same && text_equal(same->name, functions[i].name)
                                ? same->name
                                : arena_text(&coverage->arena, functions[i].name);
    }
}

static void join(struct coverage *coverage, struct coverage_file *file, enum coverage_slot slot,
                 const void *list, size_t count)
{
    size_t old_count;
    const void *old = store_list(file, slot, &old_count);
    size_t joined_count;
    void *joined = records_union(slots[slot].kind, old, old_count, list, count, coverage->names,
                                 &joined_count);
    set_list(file, slot, joined, joined_count);
    free((void *)(uintptr_t)old);
}

static void flush(struct coverage *coverage, struct coverage_file *file,
                  enum coverage_slot slot)
{
    struct record_list *list = &file->pending->lists[slot];
    size_t count =
        list->count ? records_coalesce(slots[slot].kind, list->at, list->count, coverage->names)
                    : 0;
    if (count) {
        join(coverage, file, slot, list->at, count);
    }
    list->count = 0;
}

static void wait(struct coverage *coverage, struct coverage_file *file, enum coverage_slot slot,
                 const void *records, size_t count)
{
    size_t size = slots[slot].kind->size_bytes;
    if (!file->pending) {
        file->pending = alloc_or_die(1, sizeof *file->pending);
    }
    struct record_list *list = &file->pending->lists[slot];
    for (size_t i = 0; i < count; i++) {
        list->at = grow_or_die(list->at, list->count, &list->capacity, size);
        memcpy((char *)list->at + list->count++ * size, (const char *)records + i * size, size);
    }
    size_t file_count;
    (void)store_list(file, slot, &file_count);
    if (list->count >= file_count / WORTH_A_PASS) {
        flush(coverage, file, slot);
    }
}

void store_add(struct coverage *coverage, struct coverage_file *file, enum coverage_slot slot,
               const void *list, size_t count)
{
    size_t size = slots[slot].kind->size_bytes;
    size_t file_count;
    (void)store_list(file, slot, &file_count);
    void *copy = realloc_or_die(NULL, count, size);
    memcpy(copy, list, count * size);
    if (slot == SLOT_FUNCTIONS) {
        keep_names(coverage, file, copy, count);
    }
    if (file_count == 0 && !file->pending) {
        set_list(file, slot, copy, count);
        return;
    }
    if (count >= file_count / WORTH_A_PASS) {
        join(coverage, file, slot, copy, count);
    } else {
        wait(coverage, file, slot, copy, count);
    }
    free(copy);
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
        struct coverage_file *file = coverage->files[i];
        for (size_t slot = 0; file->pending && slot < SLOT_COUNT; slot++) {
            flush(coverage, file, slot);
        }
        free_pending(file);
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
