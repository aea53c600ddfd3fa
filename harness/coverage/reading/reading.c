/* SPDX-License-Identifier: MIT */
#include "coverage/reader.h"

#include <stdarg.h>

#include "base/buffer.h"

enum { MESSAGE_LIMIT = 4096 };

void reading_damaged(struct coverage_reading *reading, struct span at, const char *hint,
                     const char *format, ...)
{
    CLEANUP(buffer_release) struct buffer message;
    buffer_init(&message, MESSAGE_LIMIT);
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&message, format, arguments);
    va_end(arguments);
    reading->damaged++;
    problems_add(reading->problems, PROBLEM_INPUT, at, hint, "%.*s",
                 TEXT_ARG(buffer_text(&message)));
}

void reading_end(struct coverage_reading *reading)
{
    if (reading->filler.file) {
        filler_end(&reading->filler);
    }
    arena_clear(&reading->texts);
}

struct text reading_keep(struct coverage_reading *reading, struct text text)
{
    return arena_text(&reading->texts, text);
}

struct text reading_keep_both(struct coverage_reading *reading, struct text first,
                              struct text second)
{
    return arena_format(&reading->texts, "%.*s%.*s", TEXT_ARG(first), TEXT_ARG(second));
}

bool reading_begin(struct coverage_reading *reading, struct text path, struct span at)
{
    bool is_odd =
        text_find_byte(path, '\0', 0) < path.size || text_find_byte(path, '\n', 0) < path.size;
    if (is_odd || text_trim(path).size == 0) {
        reading_damaged(reading, at, "name the source file, relative to the repository",
                        is_odd ? "the path of a source file holds a NUL byte or a line end"
                               : "a source file has no name");
        return false;
    }
    reading_end(reading);
    filler_begin(&reading->filler, path);
    reading->files++;
    return true;
}

static bool is_scientific(struct text digits, uint64_t *ret_count)
{
    const double least_too_large = 18446744073709551616.0;
    double number;
    if (!text_to_double(digits, &number)) {
        return false;
    }
    bool is_positive = number > 0;
    *ret_count = !is_positive                ? 0
                 : number >= least_too_large ? UINT64_MAX
                 : number < 1                ? 1
                                             : (uint64_t)number;
    return true;
}

static bool is_too_large(struct text digits)
{
    size_t at = 0;
    while (at < digits.size && digits.at[at] >= '0' && digits.at[at] <= '9') {
        at++;
    }
    return digits.size > 0 && at == digits.size;
}

bool reading_count(struct coverage_reading *reading, struct text digits, struct span at,
                   uint64_t *ret_count)
{
    if (text_to_uint64(digits, ret_count)) {
        return true;
    }
    if (is_too_large(digits)) {
        *ret_count = UINT64_MAX;
        return true;
    }
    uint64_t count;
    if (!is_scientific(digits, &count)) {
        return false;
    }
    if (digits.at[0] == '-' && !text_is(digits, "-0") && reading->negative++ == 0) {
        reading->first_negative = at;
    }
    *ret_count = count;
    return true;
}

bool reading_line_number(struct text digits, uint32_t *ret_number)
{
    uint64_t number;
    if (!text_to_uint64(digits, &number) || number < 1 || number > INT32_MAX) {
        return false;
    }
    *ret_number = (uint32_t)number;
    return true;
}
