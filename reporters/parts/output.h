/* SPDX-License-Identifier: MIT */
/*
 * Where a report goes: the standard output or a file, written with write(2). Collects up to 64 KiB;
 * nothing waits in it between two events unless the reporter leaves it there on purpose (see
 * output_add). A report that can be read at any time is written straight to its file; one that is
 * valid only as a whole is written beside it and renamed by output_close.
 */
#ifndef BDDRUN_REPORTERS_PARTS_OUTPUT_H
#define BDDRUN_REPORTERS_PARTS_OUTPUT_H

#include <stdbool.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/file_write.h"
#include "base/problem.h"
#include "event/reporter.h"

enum { OUTPUT_FLUSH_BYTES = 64 << 10 };

struct output {
    int descriptor;
    bool owns_descriptor;
    bool is_replacement;
    struct text name;   /* for messages; borrowed */
    struct buffer made; /* not yet written: reporters print into it */
    struct file_replacement replacement;
};

/* file empty: the standard output. Folders that are missing are made. */
bool output_open(struct output *output, const struct reporter_setup *setup, struct text file,
                 bool is_replacement, struct problems *problems) MUST_CHECK;

/* Writes what was made, all of it, or (settle) only when much has come together. */
bool output_write(struct output *output, struct problems *problems) MUST_CHECK;
bool output_settle(struct output *output, struct problems *problems) MUST_CHECK;

/* Writes the rest, renames, closes. */
bool output_close(struct output *output, struct problems *problems) MUST_CHECK;

/* Closes without completing. */
void output_abandon(struct output *output);

#endif
