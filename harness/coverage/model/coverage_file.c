/* SPDX-License-Identifier: MIT */
#include "coverage/coverage_file.h"

static const struct coverage_line *find_line(const struct coverage_line *lines, size_t count,
                                             uint32_t number)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lines[middle].number == number) {
            return &lines[middle];
        }
        if (lines[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

const struct coverage_line *coverage_file_line(const struct coverage_file *file,
                                               uint32_t number)
{
    return find_line(file->lines, file->line_count, number);
}

bool coverage_file_excludes(const struct coverage_file *file, uint32_t number)
{
    return find_line(file->excluded, file->excluded_count, number) != NULL;
}

static struct ratio count_lines(const struct coverage_file *file)
{
    struct ratio lines = { 0, file->line_count };
    for (size_t i = 0; i < file->line_count; i++) {
        lines.covered += file->lines[i].count > 0;
    }
    return lines;
}

static struct ratio count_statements(const struct coverage_file *file)
{
    struct ratio statements = { 0, 0 };
    for (size_t i = 0; i < file->block_count; i++) {
        const struct coverage_block *block = &file->blocks[i];
        statements.total += block->statements;
        statements.covered += block->count ? block->statements : 0;
    }
    return statements;
}

static struct ratio count_branches(const struct coverage_file *file)
{
    struct ratio branches = { 0, 0 };
    for (size_t i = 0; i < file->branch_count; i++) {
        bool is_counted = !(file->branches[i].flags & BRANCH_UNREACHABLE);
        branches.total += is_counted;
        branches.covered += is_counted && file->branches[i].taken > 0;
    }
    return branches;
}

static struct ratio count_functions(const struct coverage_file *file)
{
    struct ratio functions = { 0, 0 };
    for (size_t i = 0; i < file->function_count; i++) {
        const struct coverage_function *function = &file->functions[i];
        functions.total += !(function->flags & FUNCTION_UNMEASURED);
        functions.covered += function->count > 0 && !(function->flags & FUNCTION_PARTIAL);
    }
    return functions;
}

static struct ratio sum(struct ratio a, struct ratio b)
{
    return (struct ratio){ a.covered + b.covered, a.total + b.total };
}

struct coverage_totals coverage_file_totals(const struct coverage_file *file)
{
    struct ratio lines = file->block_count ? count_statements(file) : count_lines(file);
    return (struct coverage_totals){
        .lines = sum(lines, file->unlisted.lines),
        .branches = sum(count_branches(file), file->unlisted.branches),
        .functions = sum(count_functions(file), file->unlisted.functions),
    };
}

void coverage_totals_add(struct coverage_totals *total, const struct coverage_totals *part)
{
    total->lines = sum(total->lines, part->lines);
    total->branches = sum(total->branches, part->branches);
    total->functions = sum(total->functions, part->functions);
}

static uint32_t greater(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

uint32_t coverage_file_last_line(const struct coverage_file *file)
{
    uint32_t last = 0;
    if (file->line_count) {
        last = file->lines[file->line_count - 1].number;
    }
    if (file->branch_count) {
        last = greater(last, file->branches[file->branch_count - 1].line);
    }
    for (size_t i = 0; i < file->function_count; i++) {
        last = greater(last, greater(file->functions[i].line, file->functions[i].end_line));
    }
    return last;
}
