/* SPDX-License-Identifier: MIT */
#include "coverage/unlisted.h"

static struct ratio beyond(struct ratio told, struct ratio listed)
{
    struct ratio rest = { 0, 0 };
    if (told.total > listed.total) {
        rest.total = told.total - listed.total;
        rest.covered = told.covered > listed.covered ? told.covered - listed.covered : 0;
        rest.covered = rest.covered > rest.total ? rest.total : rest.covered;
    }
    return rest;
}

struct coverage_totals unlisted_rest(struct coverage_totals told, struct coverage_totals listed)
{
    return (struct coverage_totals){ beyond(told.lines, listed.lines),
                                     beyond(told.branches, listed.branches),
                                     beyond(told.functions, listed.functions) };
}

void unlisted_read(const struct json_value *summary, const char *covered, const char *total,
                   struct ratio *ret_ratio)
{
    struct ratio ratio;
    if (text_to_uint64(json_text(json_member_named(summary, covered)), &ratio.covered) &&
        text_to_uint64(json_text(json_member_named(summary, total)), &ratio.total) &&
        ratio.covered <= ratio.total) {
        *ret_ratio = ratio;
    }
}
