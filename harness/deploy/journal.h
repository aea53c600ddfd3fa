/* SPDX-License-Identifier: MIT */
/*
 * What was promoted and taken back, by whom, on which evidence: lines of JSON, each with the
 * SHA-256 of the line before it, so that a line that is changed, removed or put in is found. A line
 * is on the disk before what it announces is done (write-ahead). A last line without its end was
 * being written when the process died: what it announces was never done, and it is cut off.
 *
 * One process writes at a time: journal_open with wants_to_write holds a lock of the open file
 * description, which ends with the process.
 */
#ifndef BDDRUN_DEPLOY_JOURNAL_H
#define BDDRUN_DEPLOY_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/clock.h"
#include "base/problem.h"
#include "base/text.h"
#include "deploy/fault.h"
#include "deploy/target_release.h"
#include "format/json.h"
#include "format/json_writer.h"

enum { JOURNAL_DIGEST_SIZE = 64, JOURNAL_LIMIT_BYTES = 256 << 20 };

struct journal_entry {
    uint64_t number;       /* from 1 */
    struct text event;     /* "begin", "step", "end", "note" */
    struct text operation; /* the id of what it belongs to; empty for a note */
    struct text at;        /* RFC 3339 */
    const struct json_value *root;
    struct text line; /* without its end */
};

struct journal {
    struct arena arena; /* of entries */
    struct text path;
    int descriptor; /* -1: not there yet, and only read */
    int lock;       /* -1: only read */
    const struct clock *clock;
    const struct fault *fault;
    struct journal_entry *list; /* heap */
    size_t count;
    size_t capacity;
    char head[JOURNAL_DIGEST_SIZE]; /* digest of the last line, or zeroes */
    uint64_t size_bytes;            /* up to the end of the last whole line */
};

enum journal_opened {
    JOURNAL_OPEN,
    JOURNAL_LOCKED, /* somebody else promotes */
    JOURNAL_FAILED, /* a problem says why; also a broken chain */
};

/* Reads and checks all of it. To write, the folder is made and the lock taken. What is not
 * JOURNAL_OPEN needs no release. */
enum journal_opened journal_open(struct journal *journal, struct text folder,
                                 bool wants_to_write, const struct clock *clock,
                                 const struct fault *fault, struct problems *problems);
void journal_release(struct journal *journal);

/* Whether some process has the lock now. */
bool journal_is_locked(struct text folder);

/* What stands in a line beside number, previous, at, event and operation. */
typedef void journal_print_function(struct json_writer *writer, const void *context);

/* Writes and syncs one line. False with a problem; then nothing of it is left. */
bool journal_append(struct journal *journal, const char *event, struct text operation,
                    journal_print_function *print, const void *context,
                    struct problems *problems) MUST_CHECK;

#endif
