/* SPDX-License-Identifier: MIT */
#include "coverage/filler.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "coverage/records.h"
#include "coverage/store.h"

static void join_greatest(void *into, const void *from)
{
    struct coverage_line *line = into;
    const struct coverage_line *other = from;
    line->count = other->count > line->count ? other->count : line->count;
}

void filler_init(struct coverage_filler *filler, struct coverage *coverage)
{
    *filler = (struct coverage_filler){ .coverage = coverage };
}

void filler_release(struct coverage_filler *filler)
{
    for (size_t i = 0; i < SLOT_COUNT; i++) {
        free(filler->lists[i].at);
    }
    *filler = (struct coverage_filler){ 0 };
}

/* "C:\a\b" or "a\b": no slash in it, or a drive in front. */
static bool is_of_windows(struct text path)
{
    bool has_drive = path.size > 2 && path.at[1] == ':' && path.at[2] == '\\';
    return has_drive || (text_find_byte(path, '\\', 0) < path.size &&
                         text_find_byte(path, '/', 0) == path.size);
}

void filler_begin(struct coverage_filler *filler, struct text path)
{
    CLEANUP(buffer_release) struct buffer slashes;
    buffer_init(&slashes, path.size);
    if (is_of_windows(path)) {
        for (size_t i = 0; i < path.size; i++) {
            buffer_add_byte(&slashes, path.at[i] == '\\' ? '/' : path.at[i]);
        }
        path = buffer_text(&slashes);
    }
    while (text_starts_with(path, TEXT("./")) && path.size > 2) {
        path = text_from(path, 2);
    }
    filler->file = store_file(filler->coverage, path);
}

void filler_end(struct coverage_filler *filler)
{
    static const unsigned metrics[SLOT_COUNT] = { COVERAGE_LINES, COVERAGE_BRANCHES,
                                                  COVERAGE_FUNCTIONS, 0, COVERAGE_STATEMENTS };
    const struct record_kind greatest = { sizeof(struct coverage_line), record_line.compare,
                                          join_greatest };
    for (enum coverage_slot i = 0; i < SLOT_COUNT; i++) {
        struct record_list *list = &filler->lists[i];
        if (list->count == 0) {
            continue;
        }
        bool takes_greatest = i == SLOT_LINES && filler->takes_greatest_line;
        filler->metrics |= metrics[i];
        list->count = records_coalesce(takes_greatest ? &greatest : store_kind(i), list->at,
                                       list->count, filler->coverage->names);
        store_add(filler->coverage, filler->file, i, list->at, list->count);
        list->count = 0;
    }
    filler->file = NULL;
}

uint32_t filler_name(struct coverage_filler *filler, struct text name)
{
    return store_name(filler->coverage, name);
}

void filler_unlisted(struct coverage_filler *filler, struct coverage_totals unlisted)
{
    store_unlisted(filler->file, &unlisted);
    filler->metrics |= (unlisted.lines.total ? COVERAGE_LINES : 0) |
                       (unlisted.branches.total ? COVERAGE_BRANCHES : 0) |
                       (unlisted.functions.total ? COVERAGE_FUNCTIONS : 0);
}

bool filler_digest(struct coverage_filler *filler, struct text digest)
{
    return store_digest(filler->coverage, filler->file, digest);
}

/* Room for one more record, and the place for it. */
static void *more(struct record_list *list, size_t size_bytes)
{
    list->at = grow_or_die(list->at, list->count, &list->capacity, size_bytes);
    return (char *)list->at + list->count++ * size_bytes;
}

void filler_function(struct coverage_filler *filler, struct coverage_function function)
{
    *(struct coverage_function *)more(&filler->lists[SLOT_FUNCTIONS], sizeof function) =
        function;
}

void filler_excluded(struct coverage_filler *filler, uint32_t number, uint64_t count)
{
    struct coverage_line line = { number, count };
    *(struct coverage_line *)more(&filler->lists[SLOT_EXCLUDED], sizeof line) = line;
}

void filler_block(struct coverage_filler *filler, struct coverage_block block)
{
    *(struct coverage_block *)more(&filler->lists[SLOT_BLOCKS], sizeof block) = block;
}
