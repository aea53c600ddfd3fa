/* SPDX-License-Identifier: MIT */
/* Ids in two texts: the whole of them, or parts between which the texts are equal. */
#ifndef BDDRUN_DIFF_IDENTITY_IDENTITY_PARTS_H
#define BDDRUN_DIFF_IDENTITY_IDENTITY_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/text.h"

enum { IDENTITY_PARTS_LIMIT = 64 };

struct identity_parts {
    struct text left[IDENTITY_PARTS_LIMIT];
    struct text right[IDENTITY_PARTS_LIMIT];
    size_t count;
};

/* Whether both are ids of one kind; tokens also of one size, redacted values of one secret. */
bool identity_parts_are_ids(struct text name, struct text left, struct text right);

/* False where they differ in anything but ids, or where no id differs. */
bool identity_parts_find(struct text name, struct text left, struct text right,
                         struct identity_parts *ret_parts) MUST_CHECK;

#endif
