/* SPDX-License-Identifier: MIT */
#include "coverage/listing.h"

#include "base/escape.h"
#include "coverage/ranges.h"
#include "format/json_writer.h"

enum { CELL_BYTES = 64, PATH_COLUMNS = 48 };

/* In thousandths, floored. */
static unsigned thousandths(struct ratio ratio)
{
    bool is_huge = ratio.total > UINT64_MAX / 1000;
    uint64_t covered = is_huge ? ratio.covered >> 10 : ratio.covered;
    uint64_t total = is_huge ? ratio.total >> 10 : ratio.total;
    unsigned part = (unsigned)(covered * 1000 / total);
    return part == 1000 && ratio.covered < ratio.total ? 999 : part;
}

void listing_ratio(struct buffer *out, struct ratio ratio)
{
    if (ratio.total == 0) {
        buffer_add_string(out, "-");
        return;
    }
    unsigned part = thousandths(ratio);
    buffer_add_format(out, "%llu/%llu %5u.%u %%", (unsigned long long)ratio.covered,
                      (unsigned long long)ratio.total, part / 10, part % 10);
}

static void add_cell(struct buffer *out, struct ratio ratio)
{
    CLEANUP(buffer_release) struct buffer cell;
    buffer_init(&cell, CELL_BYTES);
    listing_ratio(&cell, ratio);
    buffer_add_format(out, "  %20.*s", TEXT_ARG(buffer_text(&cell)));
}

static void add_row(struct buffer *out, struct text path, struct coverage_totals totals)
{
    size_t before = out->size;
    escape_line(out, path);
    size_t width = out->size - before;
    buffer_add_repeated(out, ' ', width < PATH_COLUMNS ? PATH_COLUMNS - width : 0);
    add_cell(out, totals.lines);
    add_cell(out, totals.branches);
    add_cell(out, totals.functions);
    buffer_add_byte(out, '\n');
}

void listing_text(struct buffer *out, const struct coverage *coverage)
{
    bool has_statements = coverage_metrics(coverage) & COVERAGE_STATEMENTS;
    buffer_add_format(out, "%-*s  %20s  %20s  %20s\n", PATH_COLUMNS, "",
                      has_statements ? "statements" : "lines", "branches", "functions");
    struct coverage_totals total = { 0 };
    for (size_t i = 0; i < coverage->file_count; i++) {
        struct coverage_totals file = coverage_file_totals(coverage->files[i]);
        coverage_totals_add(&total, &file);
        add_row(out, coverage->files[i]->path, file);
    }
    add_row(out, TEXT("total"), total);
}

/* --- JSON --- */

static void write_ratio(struct json_writer *writer, const char *key, struct ratio ratio)
{
    json_write_key(writer, key);
    json_write_begin_object(writer);
    json_write_key(writer, "covered");
    json_write_uint(writer, ratio.covered);
    json_write_key(writer, "total");
    json_write_uint(writer, ratio.total);
    json_write_end_object(writer);
}

static void write_totals(struct json_writer *writer, struct coverage_totals totals)
{
    write_ratio(writer, "lines", totals.lines);
    write_ratio(writer, "branches", totals.branches);
    write_ratio(writer, "functions", totals.functions);
}

static void write_report(struct json_writer *writer, const struct coverage_report *report)
{
    json_write_begin_object(writer);
    json_write_key(writer, "path");
    json_write_string(writer, report->path);
    json_write_key(writer, "format");
    json_write_string_of(writer, report->format);
    json_write_key(writer, "files");
    json_write_uint(writer, report->files);
    json_write_key(writer, "counts");
    json_write_string_of(writer,
                         report->metrics & COVERAGE_STATEMENTS ? "statements" : "lines");
    if (report->timestamp_s) {
        json_write_key(writer, "timestamp");
        json_write_uint(writer, report->timestamp_s);
    }
    if (report->damaged) {
        json_write_key(writer, "damaged");
        json_write_uint(writer, report->damaged);
    }
    json_write_end_object(writer);
}

void listing_json(struct buffer *out, const struct coverage *coverage)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 2);
    json_write_begin_object(&writer);
    write_totals(&writer, coverage_total(coverage));
    json_write_key(&writer, "files");
    json_write_begin_array(&writer);
    for (size_t i = 0; i < coverage->file_count; i++) {
        json_write_begin_object(&writer);
        json_write_key(&writer, "path");
        json_write_string(&writer, coverage->files[i]->path);
        write_totals(&writer, coverage_file_totals(coverage->files[i]));
        json_write_end_object(&writer);
    }
    json_write_end_array(&writer);
    json_write_key(&writer, "reports");
    json_write_begin_array(&writer);
    for (size_t i = 0; i < coverage->report_count; i++) {
        write_report(&writer, &coverage->reports[i]);
    }
    json_write_end_array(&writer);
    json_write_end_object(&writer);
    buffer_add_byte(out, '\n');
}

size_t listing_uncovered(struct buffer *out, const struct coverage *coverage)
{
    size_t count = 0;
    for (size_t i = 0; i < coverage->file_count; i++) {
        const struct coverage_file *file = coverage->files[i];
        struct ranges ranges = { .out = out, .title = "", .path = file->path };
        for (size_t j = 0; j < file->line_count; j++) {
            if (file->lines[j].count) {
                ranges_break(&ranges);
            } else {
                ranges_extend(&ranges, file->lines[j].number);
                count++;
            }
        }
        ranges_end(&ranges);
    }
    return count;
}
