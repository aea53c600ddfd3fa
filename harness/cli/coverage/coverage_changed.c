/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdlib.h>

#include "base/escape.h"
#include "cli/coverage/coverage_command.h"
#include "coverage/listing.h"
#include "coverage/paths.h"
#include "coverage/ranges.h"
#include "format/json_writer.h"
#include "git/commit.h"
#include "git/diff.h"
#include "git/tree.h"

bool coverage_command_map(struct coverage *coverage, struct git *git, struct problems *problems)
{
    struct git_paths tracked;
    char top[PATH_MAX];
    bool is_there = realpath(arena_string(&git->arena, git->top), top) != NULL;
    struct text root = is_there ? text_of(top) : TEXT_EMPTY;
    return git_list_files(git, TEXT_EMPTY, &tracked, problems) &&
           coverage_map_paths(coverage, root, tracked.list, tracked.count, problems) &&
           coverage_check_ends(coverage, root, problems);
}

/* "BASE", "BASE..HEAD" and "BASE...HEAD" all mean: from where HEAD left BASE. */
static bool read_range(struct git *git, struct text range, struct git_diff *ret_diff,
                       struct problems *problems)
{
    size_t dots = text_find(range, TEXT(".."), 0);
    struct text base = text_slice(range, 0, dots);
    struct text head = text_from(range, dots);
    while (head.size && head.at[0] == '.') {
        head = text_from(head, 1);
    }
    base = base.size ? base : TEXT("HEAD");
    head = head.size ? head : TEXT("HEAD");
    struct git_commit commit;
    struct text left;
    return git_commit_find(git, head, &commit, problems) &&
           git_merge_base(git, base, head, &left, problems) &&
           git_diff_read(git, left, commit.id, ret_diff, problems);
}

static struct ratio changed_of(const struct coverage_file *file, const struct git_file *changed)
{
    struct ratio ratio = { 0, 0 };
    for (size_t i = 0; i < file->line_count; i++) {
        if (git_file_has_changed_line(changed, file->lines[i].number)) {
            ratio.total++;
            ratio.covered += file->lines[i].count > 0;
        }
    }
    return ratio;
}

static bool is_uncovered(const struct coverage_line *line, const struct git_file *changed)
{
    return line->count == 0 && git_file_has_changed_line(changed, line->number);
}

static bool is_of_interest(const struct git_file *changed)
{
    return changed->changed_count && !changed->is_submodule && !changed->is_link;
}

static void print_text(struct buffer *out, const struct coverage *coverage,
                       const struct git_diff *diff)
{
    struct ratio total = { 0, 0 };
    for (size_t i = 0; i < diff->file_count; i++) {
        const struct git_file *changed = &diff->files[i];
        const struct coverage_file *file = coverage_find(coverage, changed->path);
        struct ranges ranges = { .out = out, .title = "uncovered: ", .path = changed->path };
        if (!is_of_interest(changed)) {
            continue;
        }
        if (!file) {
            buffer_add_string(out, "in no report: ");
            escape_line(out, changed->path);
            buffer_add_byte(out, '\n');
            continue;
        }
        struct ratio ratio = changed_of(file, changed);
        total.covered += ratio.covered;
        total.total += ratio.total;
        for (size_t j = 0; j < file->line_count; j++) {
            if (is_uncovered(&file->lines[j], changed)) {
                ranges_extend(&ranges, file->lines[j].number);
            } else {
                ranges_break(&ranges);
            }
        }
        ranges_end(&ranges);
    }
    buffer_add_string(out, "changed lines covered: ");
    listing_ratio(out, total);
    buffer_add_byte(out, '\n');
}

static void write_file(struct json_writer *writer, const struct coverage_file *file,
                       const struct git_file *changed)
{
    struct ratio ratio = changed_of(file, changed);
    json_write_begin_object(writer);
    json_write_key(writer, "path");
    json_write_string(writer, changed->path);
    json_write_key(writer, "covered");
    json_write_uint(writer, ratio.covered);
    json_write_key(writer, "total");
    json_write_uint(writer, ratio.total);
    json_write_key(writer, "uncovered");
    json_write_begin_array(writer);
    for (size_t i = 0; i < file->line_count; i++) {
        if (is_uncovered(&file->lines[i], changed)) {
            json_write_uint(writer, file->lines[i].number);
        }
    }
    json_write_end_array(writer);
    json_write_end_object(writer);
}

static void print_json(struct buffer *out, const struct coverage *coverage,
                       const struct git_diff *diff)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 2);
    json_write_begin_object(&writer);
    json_write_key(&writer, "changed");
    json_write_begin_array(&writer);
    for (size_t i = 0; i < diff->file_count; i++) {
        const struct coverage_file *file = coverage_find(coverage, diff->files[i].path);
        if (file && is_of_interest(&diff->files[i])) {
            write_file(&writer, file, &diff->files[i]);
        }
    }
    json_write_end_array(&writer);
    json_write_key(&writer, "in_no_report");
    json_write_begin_array(&writer);
    for (size_t i = 0; i < diff->file_count; i++) {
        if (is_of_interest(&diff->files[i]) && !coverage_find(coverage, diff->files[i].path)) {
            json_write_string(&writer, diff->files[i].path);
        }
    }
    json_write_end_array(&writer);
    json_write_end_object(&writer);
    buffer_add_byte(out, '\n');
}

bool coverage_command_changed(const struct coverage *coverage, struct git *git,
                              const struct coverage_options *options, struct buffer *out,
                              struct problems *problems)
{
    struct git_diff diff;
    if (!read_range(git, options->changed, &diff, problems)) {
        return false;
    }
    (options->wants_json ? print_json : print_text)(out, coverage, &diff);
    return true;
}
