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

/* What most of a tracefile is: "DA:12,345". */
static bool read_fast_count(struct lcov *lcov, const char *at, const char *end)
{
    uint64_t number;
    uint64_t count;
    at = digits(at, end, &number);
    if (!at || at == end || *at != ',' || !is_line_number(number)) {
        return false;
    }
    if (digits(at + 1, end, &count) != end) {
        return false;
    }
    filler_line(&lcov->reading->filler, (uint32_t)number, count);
    return true;
}

/* "BRDA:12,0,1,345". */
static bool read_fast_branch(struct lcov *lcov, const char *at, const char *end)
{
    uint64_t numbers[4];
    for (size_t i = 0; i < 3; i++) {
        at = digits(at, end, &numbers[i]);
        if (!at || at == end || *at != ',' || numbers[i] > INT32_MAX) {
            return false;
        }
        at++;
    }
    if (digits(at, end, &numbers[3]) != end || numbers[0] == 0) {
        return false;
    }
    filler_branch(&lcov->reading->filler,
                  (struct coverage_branch){ .line = (uint32_t)numbers[0],
                                            .block = (uint32_t)numbers[1],
                                            .id = (uint32_t)numbers[2],
                                            .taken = numbers[3] });
    return true;
}

static bool read_fast(struct lcov *lcov, struct text line)
{
    if (!lcov->reading->filler.file || line.size < 6) {
        return false;
    }
    const char *end = line.at + line.size;
    if (memcmp(line.at, "DA:", 3) == 0) {
        return read_fast_count(lcov, line.at + 3, end);
    }
    return memcmp(line.at, "BRDA:", 5) == 0 && read_fast_branch(lcov, line.at + 5, end);
}

static bool read(struct coverage_reading *reading)
{
    struct lcov lcov = { .reading = reading };
    struct text rest = reading->source->bytes;
    const char *let_go = rest.at;
    if (text_starts_with(rest, TEXT("\xEF\xBB\xBF"))) {
        rest = text_from(rest, 3);
    }
    struct text line;
    while (text_take_until(&rest, '\n', &line)) {
        if (line.size && line.at[line.size - 1] == '\r') {
            line.size--;
        }
        if (!read_fast(&lcov, line)) {
            read_line(&lcov, line);
        }
        if (line.at && line.at - let_go > LET_GO_BYTES && !reading->filler.file) {
            let_go = line.at;
            input_let_go(reading->input, (size_t)(line.at - reading->source->bytes.at));
        }
    }
    if (reading->filler.file) {
        struct span end = span_make(reading->source, reading->source->bytes.size,
                                    reading->source->bytes.size);
        reading_damaged(reading, end, "write it again; was the copy cut short?",
                        "the tracefile ends before end_of_record");
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
