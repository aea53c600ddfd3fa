/* SPDX-License-Identifier: MIT */
#include "coverage/explain.h"

#include "base/escape.h"
#include "coverage/listing.h"
#include "coverage/ranges.h"

/* Calls back for each line of either file, in order; NULL: that side has none of this number. */
typedef void line_function(void *context, const struct coverage_line *before,
                           const struct coverage_line *after);

/* The i-th line, or one behind all others. */
static uint32_t number_at(const struct coverage_file *file, size_t i)
{
    return i < file->line_count ? file->lines[i].number : UINT32_MAX;
}

static void walk(const struct coverage_file *before, const struct coverage_file *after,
                 line_function *each, void *context)
{
    size_t i = 0;
    size_t j = 0;
    while (i < before->line_count || j < after->line_count) {
        uint32_t x = number_at(before, i);
        uint32_t y = number_at(after, j);
        each(context, x <= y ? &before->lines[i] : NULL, y <= x ? &after->lines[j] : NULL);
        i += x <= y;
        j += y <= x;
    }
}

static void add(struct ratio *sum, struct ratio part)
{
    sum->covered += part.covered;
    sum->total += part.total;
}

/* --- the sums --- */

static void sum_line(void *context, const struct coverage_line *before,
                     const struct coverage_line *after)
{
    struct coverage_move *move = context;
    if (!before) {
        add(&move->new_lines, (struct ratio){ after->count > 0, 1 });
    } else if (!after) {
        add(&move->gone_lines, (struct ratio){ before->count > 0, 1 });
    } else {
        move->lost += before->count > 0 && after->count == 0;
        move->won += before->count == 0 && after->count > 0;
    }
}

static struct ratio lines_of(const struct coverage_file *file)
{
    struct ratio lines = { 0, file->line_count };
    for (size_t i = 0; i < file->line_count; i++) {
        lines.covered += file->lines[i].count > 0;
    }
    return lines;
}

struct coverage_move coverage_explain(const struct coverage *before,
                                      const struct coverage *after)
{
    struct coverage_move move = { 0 };
    for (size_t i = 0; i < before->file_count; i++) {
        const struct coverage_file *file = before->files[i];
        add(&move.before, lines_of(file));
        if (!coverage_find(after, file->path)) {
            add(&move.gone_files, lines_of(file));
        }
    }
    for (size_t i = 0; i < after->file_count; i++) {
        const struct coverage_file *file = after->files[i];
        const struct coverage_file *old = coverage_find(before, file->path);
        add(&move.after, lines_of(file));
        if (!old) {
            add(&move.new_files, lines_of(file));
        } else {
            walk(old, file, sum_line, &move);
        }
    }
    return move;
}

/* --- in words --- */

static void say(struct buffer *out, const char *what, char sign, struct ratio part)
{
    if (part.total) {
        buffer_add_format(out, "  %-28s %c%llu of %c%llu\n", what, sign,
                          (unsigned long long)part.covered, sign,
                          (unsigned long long)part.total);
    }
}

static void list_files(struct buffer *out, const struct coverage *of,
                       const struct coverage *other, const char *what)
{
    for (size_t i = 0; i < of->file_count; i++) {
        if (!coverage_find(other, of->files[i]->path)) {
            buffer_add_format(out, "%s: ", what);
            escape_line(out, of->files[i]->path);
            buffer_add_string(out, "  ");
            listing_ratio(out, lines_of(of->files[i]));
            buffer_add_byte(out, '\n');
        }
    }
}

static void range_lost(void *context, const struct coverage_line *before,
                       const struct coverage_line *after)
{
    if (before && after && before->count > 0 && after->count == 0) {
        ranges_add(context, after->number);
    }
}

static void list_lost(struct buffer *out, const struct coverage *before,
                      const struct coverage *after)
{
    for (size_t i = 0; i < after->file_count; i++) {
        const struct coverage_file *file = after->files[i];
        const struct coverage_file *old = coverage_find(before, file->path);
        struct ranges ranges = { .out = out, .title = "lost: ", .path = file->path };
        if (old) {
            walk(old, file, range_lost, &ranges);
        }
        ranges_end(&ranges);
    }
}

void explain_text(struct buffer *out, const struct coverage *before,
                  const struct coverage *after)
{
    struct coverage_move move = coverage_explain(before, after);
    buffer_add_string(out, "lines  ");
    listing_ratio(out, move.before);
    buffer_add_string(out, "  ->  ");
    listing_ratio(out, move.after);
    buffer_add_byte(out, '\n');
    say(out, "newly measured files", '+', move.new_files);
    say(out, "files no longer measured", '-', move.gone_files);
    say(out, "new lines", '+', move.new_lines);
    say(out, "deleted lines", '-', move.gone_lines);
    if (move.lost) {
        buffer_add_format(out, "  %-28s -%llu\n", "lost lines", (unsigned long long)move.lost);
    }
    if (move.won) {
        buffer_add_format(out, "  %-28s +%llu\n", "newly covered lines",
                          (unsigned long long)move.won);
    }
    list_lost(out, before, after);
    list_files(out, after, before, "newly measured");
    list_files(out, before, after, "no longer measured");
}

/* --- flips --- */

struct flips {
    struct ranges only_first;
    struct ranges only_second;
    size_t count;
};

static void flip_line(void *context, const struct coverage_line *first,
                      const struct coverage_line *second)
{
    struct flips *flips = context;
    bool in_first = first && first->count > 0;
    bool in_second = second && second->count > 0;
    if (in_first != in_second) {
        ranges_add(in_first ? &flips->only_first : &flips->only_second,
                   in_first ? first->number : second->number);
        flips->count++;
    }
}

static size_t flip_file(struct buffer *out, const struct coverage_file *first,
                        const struct coverage_file *second)
{
    static const struct coverage_file none = { 0 };
    struct text path = first ? first->path : second->path;
    CLEANUP(buffer_release) struct buffer later;
    buffer_init(&later, BUFFER_NO_LIMIT); /* less than what was read */
    struct flips flips = {
        .only_first = { .out = out, .title = "only in the first: ", .path = path },
        .only_second = { .out = &later, .title = "only in the second: ", .path = path },
    };
    walk(first ? first : &none, second ? second : &none, flip_line, &flips);
    ranges_end(&flips.only_first);
    ranges_end(&flips.only_second);
    buffer_add(out, buffer_text(&later));
    return flips.count;
}

size_t explain_flips(struct buffer *out, const struct coverage *first,
                     const struct coverage *second)
{
    size_t count = 0;
    for (size_t i = 0; i < first->file_count; i++) {
        count += flip_file(out, first->files[i], coverage_find(second, first->files[i]->path));
    }
    for (size_t i = 0; i < second->file_count; i++) {
        if (!coverage_find(first, second->files[i]->path)) {
            count += flip_file(out, NULL, second->files[i]);
        }
    }
    return count;
}
