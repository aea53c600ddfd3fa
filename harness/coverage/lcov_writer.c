/* SPDX-License-Identifier: MIT */
#include "coverage/lcov_writer.h"

#include <unistd.h>

#include "base/file_write.h"

enum { PART_BYTES = 1 << 20, NUMBER_BYTES = 20, RECORD_BYTES = 96 };

static char *put_number(char *at, uint64_t number)
{
    char digits[NUMBER_BYTES];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    while (count) {
        *at++ = digits[--count];
    }
    return at;
}

static char *put_text(char *at, const char *terminated)
{
    while (*terminated) {
        *at++ = *terminated++;
    }
    return at;
}

static void write_sum(struct buffer *out, const char *total, const char *covered,
                      struct ratio ratio)
{
    buffer_add_format(out, "%s:%llu\n%s:%llu\n", total, (unsigned long long)ratio.total,
                      covered, (unsigned long long)ratio.covered);
}

static void write_name(struct buffer *out, const struct coverage_file *file, size_t i)
{
    const struct coverage_function *function = &file->functions[i];
    bool is_repeated = i > 0 && text_equal(function->name, function[-1].name);
    struct text name = function->name.size ? function->name : TEXT("(unnamed)");
    bool is_like_a_line = name.at[0] >= '0' && name.at[0] <= '9'; /* before a comma it is one */
    buffer_add_string(out, is_like_a_line ? "_" : "");
    for (size_t at = 0; at < name.size; at++) {
        buffer_add_byte(out, name.at[at] == '\n' || name.at[at] == '\r' ? ' ' : name.at[at]);
    }
    if (is_repeated) { /* lcov knows functions by name only */
        buffer_add_format(out, "#%u", function->line);
    }
    buffer_add_byte(out, '\n');
}

static bool is_measured(const struct coverage_function *function)
{
    return !(function->flags & FUNCTION_UNMEASURED);
}

static struct ratio write_functions(struct buffer *out, const struct coverage_file *file)
{
    struct ratio sum = { 0, 0 };
    for (size_t i = 0; i < file->function_count; i++) {
        if (is_measured(&file->functions[i])) {
            uint32_t line = file->functions[i].line;
            buffer_add_format(out, "FN:%u,", line ? line : 1u);
            write_name(out, file, i);
        }
    }
    for (size_t i = 0; i < file->function_count; i++) {
        const struct coverage_function *function = &file->functions[i];
        if (is_measured(function)) {
            uint64_t count = function->flags & FUNCTION_PARTIAL ? 0 : function->count;
            buffer_add_format(out, "FNDA:%llu,", (unsigned long long)count);
            write_name(out, file, i);
            sum.total++;
            sum.covered += count > 0;
        }
    }
    return sum;
}

/* Where a block has expressions, numbers that its own do not use. */
static uint32_t number_of(const struct coverage_file *file, size_t i, uint32_t *free_number)
{
    const struct coverage_branch *branch = &file->branches[i];
    bool is_first =
        i == 0 || branch[-1].line != branch->line || branch[-1].block != branch->block;
    *free_number = is_first ? 0 : *free_number;
    uint32_t number = branch->flags & BRANCH_NAMED ? *free_number : branch->id;
    *free_number = number >= *free_number ? number + 1 : *free_number;
    return number;
}

static struct ratio write_branches(struct buffer *out, const struct coverage_file *file)
{
    struct ratio sum = { 0, 0 };
    uint32_t free_number = 0;
    for (size_t i = 0; i < file->branch_count; i++) {
        const struct coverage_branch *branch = &file->branches[i];
        uint32_t number = number_of(file, i, &free_number);
        bool is_unknown = (branch->flags & BRANCH_NEVER_EVALUATED) && branch->taken == 0;
        char record[RECORD_BYTES];
        char *at = put_number(put_text(record, "BRDA:"), branch->line);
        at = put_number(put_text(at, ","), branch->block);
        at = put_number(put_text(at, ","), number);
        at = put_text(at, ",");
        at = is_unknown ? put_text(at, "-") : put_number(at, branch->taken);
        at = put_text(at, "\n");
        if (!(branch->flags & BRANCH_UNREACHABLE)) {
            buffer_add(out, text_make(record, (size_t)(at - record)));
            sum.total++;
            sum.covered += branch->taken > 0;
        }
    }
    return sum;
}

static struct ratio write_lines(struct buffer *out, const struct coverage_file *file)
{
    struct ratio sum = { 0, file->line_count };
    for (size_t i = 0; i < file->line_count; i++) {
        char record[RECORD_BYTES];
        char *at = put_number(put_text(record, "DA:"), file->lines[i].number);
        at = put_number(put_text(at, ","), file->lines[i].count);
        at = put_text(at, "\n");
        buffer_add(out, text_make(record, (size_t)(at - record)));
        sum.covered += file->lines[i].count > 0;
    }
    return sum;
}

void lcov_write_file(struct buffer *out, const struct coverage_file *file)
{
    buffer_add_string(out, "TN:\nSF:");
    buffer_add(out, file->path);
    buffer_add_byte(out, '\n');
    if (file->digest.size) {
        buffer_add_format(out, "VER:%.*s\n", TEXT_ARG(file->digest));
    }
    write_sum(out, "FNF", "FNH", write_functions(out, file));
    write_sum(out, "BRF", "BRH", write_branches(out, file));
    write_sum(out, "LF", "LH", write_lines(out, file));
    buffer_add_string(out, "end_of_record\n");
}

/* --- to a file --- */

struct target {
    struct file_replacement file;
    bool is_standard_output;
};

static bool add(struct target *target, struct buffer *part, struct problems *problems)
{
    bool is_added = target->is_standard_output
                        ? file_write_all(STDOUT_FILENO, TEXT("standard output"),
                                         buffer_text(part), problems)
                        : file_replacement_add(&target->file, buffer_text(part), problems);
    buffer_clear(part);
    return is_added;
}

static bool write_parts(struct target *target, const struct coverage *coverage,
                        struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer part;
    buffer_init(&part, BUFFER_NO_LIMIT); /* a part and one file, which is in memory already */
    bool is_written = true;
    for (size_t i = 0; is_written && i < coverage->file_count; i++) {
        lcov_write_file(&part, coverage->files[i]);
        is_written = part.size < PART_BYTES || add(target, &part, problems);
    }
    return is_written && add(target, &part, problems);
}

bool lcov_write(const struct coverage *coverage, struct text path, struct problems *problems)
{
    struct target target = { .is_standard_output = text_is(path, "-") };
    if (target.is_standard_output) {
        return write_parts(&target, coverage, problems);
    }
    bool is_written = file_replacement_begin(&target.file, path, problems) &&
                      write_parts(&target, coverage, problems) &&
                      file_replacement_finish(&target.file, problems);
    file_replacement_release(&target.file);
    return is_written;
}
