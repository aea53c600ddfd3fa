/* SPDX-License-Identifier: MIT */
#include "coverage/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "coverage/input.h"
#include "coverage/store.h"

void coverage_release(struct coverage *coverage)
{
    while (coverage->inputs) {
        struct coverage_input *input = coverage->inputs;
        coverage->inputs = input->next;
        input_free(input);
    }
    store_release(coverage);
    *coverage = (struct coverage){ 0 };
}

struct coverage_totals coverage_total(const struct coverage *coverage)
{
    struct coverage_totals total = { 0 };
    for (size_t i = 0; i < coverage->file_count; i++) {
        struct coverage_totals file = coverage_file_totals(coverage->files[i]);
        coverage_totals_add(&total, &file);
    }
    return total;
}

unsigned coverage_metrics(const struct coverage *coverage)
{
    unsigned metrics = 0;
    for (size_t i = 0; i < coverage->report_count; i++) {
        metrics |= coverage->reports[i].metrics;
    }
    return metrics;
}

/* --- merging --- */

static bool blocks_agree(const struct coverage_file *a, const struct coverage_file *b)
{
    bool agree = a->block_count == b->block_count;
    for (size_t i = 0; agree && i < a->block_count; i++) {
        agree = record_block.compare(&a->blocks[i], &b->blocks[i], NULL) == 0 &&
                a->blocks[i].statements == b->blocks[i].statements;
    }
    return agree || a->block_count == 0 || b->block_count == 0;
}

static bool can_join(const struct coverage_file *into, const struct coverage_file *from,
                     struct problems *problems)
{
    if (!blocks_agree(into, from)) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "measure both from the same commit, then merge them",
                     "the blocks of '%.*s' differ between two Go profiles",
                     TEXT_ARG(into->path));
        return false;
    }
    if (into->digest.size && from->digest.size && !text_equal(into->digest, from->digest)) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "measure both from the same commit, then merge them",
                     "'%.*s' was measured in two versions: '%.*s' and '%.*s'",
                     TEXT_ARG(into->path), TEXT_ARG(into->digest), TEXT_ARG(from->digest));
        return false;
    }
    return true;
}

/* The same branches under this coverage's numbers of their names; on the heap. */
static struct coverage_branch *translate(struct coverage *coverage, const struct coverage *from,
                                         const struct coverage_file *file)
{
    struct coverage_branch *branches =
        realloc_or_die(NULL, file->branch_count + 1, sizeof *branches);
    for (size_t i = 0; i < file->branch_count; i++) {
        branches[i] = file->branches[i];
        if (branches[i].flags & BRANCH_NAMED) {
            branches[i].id = store_name(coverage, from->names[branches[i].id]);
        }
    }
    return branches;
}

/* The lesser of the two that is not empty: the same in whatever order they come. */
static void keep_least(struct coverage *coverage, struct text *text, struct text other)
{
    if (other.size && (text->size == 0 || text_compare(other, *text) < 0)) {
        *text = arena_text(&coverage->arena, other);
    }
}

bool store_join(struct coverage *coverage, const struct coverage *from,
                const struct coverage_file *file, struct problems *problems)
{
    struct coverage_file *into = store_file(coverage, file->path);
    if (!can_join(into, file, problems)) {
        return false;
    }
    into->is_tracked |= file->is_tracked;
    keep_least(coverage, &into->reported, file->reported);
    keep_least(coverage, &into->folder, file->folder);
    store_unlisted(into, &file->unlisted);
    bool is_same = store_digest(coverage, into, file->digest);
    for (enum coverage_slot slot = 0; slot < SLOT_COUNT; slot++) {
        size_t count;
        const void *list = store_list(file, (enum coverage_slot)slot, &count);
        struct coverage_branch *branches =
            slot == SLOT_BRANCHES && count ? translate(coverage, from, file) : NULL;
        if (count) {
            store_add(coverage, into, (enum coverage_slot)slot, branches ? branches : list,
                      count);
        }
        free(branches);
    }
    return is_same;
}

bool coverage_merge(struct coverage *coverage, const struct coverage *from,
                    struct problems *problems)
{
    bool is_merged = true;
    for (size_t i = 0; i < from->file_count; i++) {
        is_merged &= store_join(coverage, from, from->files[i], problems);
    }
    for (size_t i = 0; i < from->report_count; i++) {
        struct coverage_report *report = store_report(coverage);
        *report = from->reports[i];
        report->path = arena_text(&coverage->arena, report->path);
    }
    store_finish(coverage);
    return is_merged;
}
