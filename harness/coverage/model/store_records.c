/* SPDX-License-Identifier: MIT */
/* The records of one file: kept sorted, joined when it is worth a pass over them. */
#include <stdlib.h>
#include <string.h>

#include "coverage/store.h"

enum { WORTH_A_PASS = 8 }; /* an addition of this part of the file is joined at once */

struct coverage_pending {
    struct record_list lists[SLOT_COUNT];
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
    struct records old;
    struct records new = { list, count };
    size_t joined_count;
    void *replaced;
    old.at = store_list(file, slot, &old.count);
    memcpy(&replaced, (const char *)file + slots[slot].list_offset, sizeof replaced);
    void *joined = records_union(slots[slot].kind, old, new, coverage->names, &joined_count);
    set_list(file, slot, joined, joined_count);
    free(replaced);
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

static void free_pending(struct coverage_file *file)
{
    for (size_t i = 0; file->pending && i < SLOT_COUNT; i++) {
        free(file->pending->lists[i].at);
    }
    free(file->pending);
    file->pending = NULL;
}

void store_flush(struct coverage *coverage, struct coverage_file *file)
{
    for (enum coverage_slot slot = 0; file->pending && slot < SLOT_COUNT; slot++) {
        flush(coverage, file, slot);
    }
    free_pending(file);
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
