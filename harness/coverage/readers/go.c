/* SPDX-License-Identifier: MIT */
/*
 * Go's cover profiles: "file:line.column,line.column statements count". The metric is statements,
 * lines are made from the ranges. Concatenated profiles repeat the mode and the ranges; one range
 * with two numbers of statements is an error.
 */
#include "coverage/readers/readers.h"
#include "coverage/store.h"

enum { RANGE_LINES_LIMIT = 100000, EXPANDED_LINES_LIMIT = 50000000 };

struct go {
    struct coverage_reading *reading;
    struct text path; /* of the file begun */
    uint64_t expanded_lines;
};

static bool recognises(const struct coverage_reading *reading)
{
    return text_starts_with(reading->head, TEXT("mode: ")) ||
           text_starts_with(reading->head, TEXT("mode:"));
}

static bool take_number(struct text *rest, char end, uint32_t *ret_number)
{
    struct text part;
    uint64_t number;
    if (!rest->at || !text_take_until(rest, end, &part) || !text_to_uint64(part, &number) ||
        number > INT32_MAX) {
        return false;
    }
    *ret_number = (uint32_t)number;
    return true;
}

static size_t last_colon(struct text line)
{
    size_t at = line.size;
    while (at > 0 && line.at[at - 1] != ':') {
        at--;
    }
    return at;
}

static struct span span_of(const struct go *go, struct text line)
{
    size_t start = (size_t)(line.at - go->reading->source->bytes.at);
    return span_make(go->reading->source, start, start + line.size);
}

static bool read_block(struct go *go, struct text line, struct text fields,
                       struct coverage_block *block)
{
    return take_number(&fields, '.', &block->line) &&
           take_number(&fields, ',', &block->column) &&
           take_number(&fields, '.', &block->end_line) &&
           take_number(&fields, ' ', &block->end_column) &&
           take_number(&fields, ' ', &block->statements) && fields.at && block->line > 0 &&
           reading_count(go->reading, text_trim(fields), span_of(go, line), &block->count);
}

static void begin_file(struct go *go, struct text path, struct text line)
{
    if (go->reading->filler.file && text_equal(path, go->path)) {
        return;
    }
    go->path = path;
    (void)!reading_begin(go->reading, path, span_of(go, line));
}

/* Only what holds statements makes a line coverable. */
static void expand(struct go *go, const struct coverage_block *block, struct text line)
{
    uint64_t lines = block->end_line >= block->line ? block->end_line - block->line + 1u : 1u;
    go->expanded_lines += lines;
    if (lines > RANGE_LINES_LIMIT || block->line > INT32_MAX - RANGE_LINES_LIMIT ||
        go->expanded_lines > EXPANDED_LINES_LIMIT) {
        reading_damaged(go->reading, span_of(go, line), "write the profile again",
                        "this range holds too many lines");
        go->expanded_lines = 0;
        return;
    }
    for (uint32_t i = 0; block->statements && i < lines; i++) {
        filler_line(&go->reading->filler, block->line + i, block->count);
    }
}

static void read_line(struct go *go, struct text line)
{
    struct coverage_block block = { 0 };
    size_t colon = last_colon(line);
    if (colon == 0 || !read_block(go, line, text_from(line, colon), &block)) {
        reading_damaged(go->reading, span_of(go, line), "write the profile again",
                        "this is no line of a Go cover profile");
        return;
    }
    begin_file(go, text_slice(line, 0, colon - 1), line);
    if (go->reading->filler.file) {
        filler_block(&go->reading->filler, block);
        expand(go, &block, line);
    }
}

static void refuse_conflicts(struct coverage_reading *reading)
{
    const struct coverage *coverage = reading->filler.coverage;
    store_finish(reading->filler.coverage);
    for (size_t i = 0; i < coverage->file_count; i++) {
        const struct coverage_file *file = coverage->files[i];
        for (size_t j = 0; j < file->block_count; j++) {
            const struct coverage_block *block = &file->blocks[j];
            if (block->is_disputed) {
                reading_damaged(reading, span_make(reading->source, 0, 0),
                                "measure all of it from one commit",
                                "the range %.*s:%u.%u,%u.%u has two numbers of statements",
                                TEXT_ARG(file->path), block->line, block->column,
                                block->end_line, block->end_column);
            }
        }
    }
}

static bool read(struct coverage_reading *reading)
{
    struct go go = { .reading = reading };
    struct text rest = reading->source->bytes;
    struct text line;
    reading->filler.takes_greatest_line = true;
    while (text_take_until(&rest, '\n', &line)) {
        line = text_trim(line);
        if (line.size && !text_starts_with(line, TEXT("mode:")) &&
            !text_equal(line, TEXT("\xEF\xBB\xBF"))) {
            read_line(&go, line);
        }
    }
    reading_end(reading);
    refuse_conflicts(reading);
    return true;
}

const struct coverage_reader coverage_reader_go = {
    .name = "go",
    .title = "Go",
    .syntax = SYNTAX_TEXT,
    .is_read_apart = true,
    .recognises = recognises,
    .read = read,
};
