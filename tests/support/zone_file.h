/* SPDX-License-Identifier: MIT */
/* TZif files made by a test: version 2, kinds LMT (UTC+0), ONE (UTC+1) and TWO (UTC+2). */
#ifndef BDDRUN_TESTS_SUPPORT_ZONE_FILE_H
#define BDDRUN_TESTS_SUPPORT_ZONE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

struct zone_change {
    int64_t at_s;
    unsigned char kind;
};

enum { ZONE_FILE_TAIL_BYTES = 3 * 6 + 12 }; /* the kinds and their names, before the rule */

/* Initialises and fills the buffer. */
void zone_file_make(struct buffer *file, const struct zone_change *changes, size_t count,
                    const char *rule);

#endif
