/* SPDX-License-Identifier: MIT */
/* What the parts of exchange_diff share: one value by name on each side, reported or masked. */
#ifndef BDDRUN_DIFF_HTTP_HTTP_PART_H
#define BDDRUN_DIFF_HTTP_HTTP_PART_H

#include <stdbool.h>

#include "diff/exchange_diff.h"

/* One place of an exchange whose sides differ; a side whose `at` is NULL is absent. */
struct http_part {
    enum difference_class class;
    struct text path;
    struct text name; /* of the header or cookie, for what must stay secret */
    struct text left;
    struct text right;
    struct text left_shown; /* instead of left; empty: left */
    struct text right_shown;
    struct text own_mask; /* volatile by nature: why; else empty */
    const void *at;       /* the judge's state */
};

void http_part_report(const struct exchange_pair *pair, const struct http_part *part,
                      struct differences *differences);

/* MISSING, ADDED or `otherwise` by which sides are there. */
enum difference_class http_part_class(struct text left, struct text right,
                                      enum difference_class otherwise);

/* Whether two values are equal when the host of each side counts as the same. */
bool http_part_equal(const struct exchange_pair *pair, struct text left, struct text right);

#endif
