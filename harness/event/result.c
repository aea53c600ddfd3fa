/* SPDX-License-Identifier: MIT */
#include "event/result.h"

/* The first outer line with this status; line_count where there is none. */
static size_t find_outer(const struct result *result, enum status status)
{
    for (size_t i = 0; i < result->line_count; i++)
        if (result->lines[i].depth == 0 && result->lines[i].status == status)
            return i;
    return result->line_count;
}

/* The last line of the chain of lines with the status of the line at `at`, each nested in the one
 * before. */
static const struct result_line *innermost(const struct result *result, size_t at)
{
    const struct result_line *found = &result->lines[at];
    uint32_t depth = found->depth;
    for (size_t i = at + 1; i < result->line_count && result->lines[i].depth > depth; i++) {
        const struct result_line *line = &result->lines[i];
        if (line->depth == found->depth + 1 && line->status == found->status)
            found = line;
    }
    return found;
}

const struct result_line *result_decisive_line(const struct result *result)
{
    if (result->status == STATUS_PASSED || result->status == STATUS_UNKNOWN)
        return NULL;
    size_t at = find_outer(result, result->status);
    return at == result->line_count ? NULL : innermost(result, at);
}

bool result_line_has_nested(const struct result *result, size_t line)
{
    return line + 1 < result->line_count &&
           result->lines[line + 1].depth > result->lines[line].depth;
}

bool result_is_flaky(const struct result *result)
{
    return result->attempt > 0 && result->status == STATUS_PASSED;
}
