/* SPDX-License-Identifier: MIT */
/*
 * The bytes of a HAR file as a source: in memory when it is small, mapped when it is large, so that
 * what was read of a large one can be given back (har_input_passed) and reading it takes bounded
 * memory. A byte order mark is part of the source and skipped by the readers of format/json.
 * A mapped file must not be made shorter meanwhile; bddrun itself replaces recordings by renaming.
 */
#ifndef BDDRUN_RECORD_HAR_INPUT_H
#define BDDRUN_RECORD_HAR_INPUT_H

#include <stddef.h>

#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"

enum { HAR_MAPPED_FROM_BYTES = 16 << 20 };
#define HAR_SIZE_LIMIT_BYTES ((size_t)64 << 30)

struct har_input {
    struct arena arena; /* a small file, and the name */
    struct source source;
    char *mapped;  /* NULL: in the arena */
    size_t passed; /* bytes given back */
};

/* NULL with a problem that names the file. */
struct har_input *har_input_open(struct text path, struct problems *problems) MUST_CHECK;

/* Of bytes in memory, borrowed; name is what problems show. */
struct har_input *har_input_of(struct text name, struct text bytes) MUST_CHECK;

/* What lies before the offset is not needed soon: its memory may go. It stays readable. */
void har_input_passed(struct har_input *input, size_t offset);

void har_input_free(struct har_input *input); /* accepts NULL */

#endif
