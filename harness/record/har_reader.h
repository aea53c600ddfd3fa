/* SPDX-License-Identifier: MIT */
/*
 * HAR 1.2 (and 1.1) as browsers, proxies and recorders write it, read entry by entry: of a large
 * file only the entries that are wanted are kept, and one entry at a time is looked at. Dialects:
 * docs/recording.md. What is no HAR is one problem (or several) with the place in the file,
 * what was expected and what was found.
 */
#ifndef BDDRUN_RECORD_HAR_READER_H
#define BDDRUN_RECORD_HAR_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/problem.h"
#include "record/recording.h"

enum {
    HAR_ENTRY_LIMIT_BYTES = 256 << 20, /* of one entry */
    HAR_KEPT_LIMIT_BYTES = 1 << 30,    /* of all that are kept */
    HAR_ENTRIES_LIMIT = 10000000,
};

/* What is known of an entry before it is kept. */
struct har_summary {
    struct text method;
    struct text url;
    size_t index; /* 0-based, in the file */
    bool is_socket;
    int64_t status;
};

/* Whether an entry is kept; NULL in its place keeps all. */
struct har_choice {
    bool (*is_wanted)(void *context, const struct har_summary *summary);
    void *context;
};

/* Fills an initialised, empty recording; choice may be NULL. False with problems, whose places stay
 * valid until the recording is released; what was read is then not to be used. Warnings (an entry
 * without a time, a side file that is not there) leave it true. */
bool har_read(struct recording *recording, struct text path, const struct har_choice *choice,
              struct problems *problems) MUST_CHECK;

/* The same of bytes in memory, borrowed for the life of the recording. Side files are looked for
 * beside name. */
bool har_read_bytes(struct recording *recording, struct text name, struct text bytes,
                    const struct har_choice *choice, struct problems *problems) MUST_CHECK;

#endif
