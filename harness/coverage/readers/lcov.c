/* SPDX-License-Identifier: MIT */
/*
 * lcov's tracefiles (man geninfo): FN and FNDA of 1.x, FNL and FNA of 2.x, branches with
 * expressions and kinds of blocks. Its own sums (LF, LH, ...) are never believed.
 */
#include "coverage/readers/readers.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "coverage/readers/lcov_record.h"

enum { LET_GO_BYTES = 8 << 20 };

static bool recognises(const struct coverage_reading *reading)
{
    static const char *const starts[] = { "TN:", "SF:", "#" };
    bool is_start = false;
    for (size_t i = 0; i < ARRAY_SIZE(starts); i++) {
        is_start |= text_starts_with(reading->head, text_of(starts[i]));
    }
    return is_start && (text_starts_with(reading->head, TEXT("SF:")) ||
                        text_contains(reading->head, TEXT("\nSF:")));
}

static void read_line(struct lcov *lcov, struct text line)
{
    static const struct {
        struct text name;
        void (*read)(struct lcov *lcov, struct text fields);
    } records[] = {
        { TEXT_STATIC("FN:"), lcov_read_function },
        { TEXT_STATIC("FNDA:"), lcov_read_function_count },
        { TEXT_STATIC("FNL:"), lcov_read_group },
        { TEXT_STATIC("FNA:"), lcov_read_alias },
        { TEXT_STATIC("VER:"), lcov_read_version },
        { TEXT_STATIC("DA:"), lcov_read_count },
        { TEXT_STATIC("BRDA:"), lcov_read_branch },
    };
    for (size_t i = 0; i < ARRAY_SIZE(records); i++) {
        if (!text_starts_with(line, records[i].name)) {
            continue;
        }
        if (lcov->reading->filler.file) {
            records[i].read(lcov, text_from(line, records[i].name.size));
        } else if (!lcov->has_lost_file) {
            lcov_refuse(lcov, line, "write the file again", "a record stands before any SF:");
        }
        return;
    }
    lcov_read_other(lcov, line);
}

/* Up to 18 digits, which cannot overflow; NULL: none. */
static inline const char *digits(const char *at, const char *end, uint64_t *ret_number)
{
    const char *start = at;
    uint64_t number = 0;
    for (; at < end && (unsigned char)(*at - '0') <= 9; at++) {
        number = number * 10 + (unsigned)(*at - '0');
    }
    *ret_number = number;
    return at == start || at - start > 18 ? NULL : at;
}

static inline bool is_line_number(uint64_t number)
{
    return number > 0 && number <= INT32_MAX;
}

/* Behind the end of the line at `at`; NULL: something else stands there. */
static inline const char *line_end(const char *at, const char *end)
{
    at += at < end && *at == '\r';
    return at == end ? at : *at == '\n' ? at + 1 : NULL;
}

/* What most of a tracefile is: "DA:12,345". NULL: not in this simple form; read it the long way. */
static const char *read_fast_count(struct lcov *lcov, const char *at, const char *end)
{
    uint64_t number;
    uint64_t count;
    at = digits(at, end, &number);
    if (!at || at == end || *at != ',' || !is_line_number(number)) {
        return NULL;
    }
    at = digits(at + 1, end, &count);
    at = at ? line_end(at, end) : NULL;
    if (at) {
        filler_line(&lcov->reading->filler, (uint32_t)number, count);
    }
    return at;
}

/* The number and the comma behind it; NULL: something else stands there. */
static inline const char *number_and_comma(const char *at, const char *end,
                                           uint64_t *ret_number)
{
    at = digits(at, end, ret_number);
    return at && at < end && *at == ',' && *ret_number <= INT32_MAX ? at + 1 : NULL;
}

/* "345" or "-" */
static inline const char *read_taken(const char *at, const char *end,
                                     struct coverage_branch *branch)
{
    if (at < end && *at == '-') {
        branch->flags = BRANCH_NEVER_EVALUATED;
        return at + 1;
    }
    return digits(at, end, &branch->taken);
}

/* "BRDA:12,0,1,345" */
static const char *read_fast_branch(struct lcov *lcov, const char *at, const char *end)
{
    struct coverage_branch branch = { 0 };
    uint64_t line;
    uint64_t block;
    uint64_t id;
    at = number_and_comma(at, end, &line);
    at = at ? number_and_comma(at, end, &block) : NULL;
    at = at ? number_and_comma(at, end, &id) : NULL;
    at = at ? read_taken(at, end, &branch) : NULL;
    at = at ? line_end(at, end) : NULL;
    if (!at || line == 0) {
        return NULL;
    }
    branch.line = (uint32_t)line;
    branch.block = (uint32_t)block;
    branch.id = (uint32_t)id;
    filler_branch(&lcov->reading->filler, branch);
    return at;
}

static const char *read_fast(struct lcov *lcov, const char *at, const char *end)
{
    if (!lcov->reading->filler.file || end - at < 6) {
        return NULL;
    }
    if (memcmp(at, "DA:", 3) == 0) {
        return read_fast_count(lcov, at + 3, end);
    }
    return memcmp(at, "BRDA:", 5) == 0 ? read_fast_branch(lcov, at + 5, end) : NULL;
}

static const char *read_slow(struct lcov *lcov, const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    const char *line_at = newline ? newline : end;
    struct text line = text_make(at, (size_t)(line_at - at));
    if (line.size && line.at[line.size - 1] == '\r') {
        line.size--;
    }
    read_line(lcov, line);
    return newline ? newline + 1 : end;
}

static void refuse_cut(struct coverage_reading *reading)
{
    size_t size = reading->source->bytes.size;
    reading_damaged(reading, span_make(reading->source, size, size),
                    "write it again; was the copy cut short?",
                    "the tracefile ends before end_of_record");
}

static bool read(struct coverage_reading *reading)
{
    struct lcov lcov = { .reading = reading };
    struct text bytes = reading->source->bytes;
    const char *end = bytes.at + bytes.size;
    const char *at = bytes.at + (text_starts_with(bytes, TEXT("\xEF\xBB\xBF")) ? 3 : 0);
    const char *kept = bytes.at;
    while (at < end) {
        const char *next = read_fast(&lcov, at, end);
        at = next ? next : read_slow(&lcov, at, end);
        if (at - kept > LET_GO_BYTES && !reading->filler.file) {
            kept = at;
            input_let_go(reading->input, (size_t)(at - bytes.at));
        }
    }
    if (reading->filler.file) {
        refuse_cut(reading);
    }
    free(lcov.groups);
    return true;
}

const struct coverage_reader coverage_reader_lcov = {
    .name = "lcov",
    .title = "lcov",
    .syntax = SYNTAX_TEXT,
    .recognises = recognises,
    .read = read,
};
