/* SPDX-License-Identifier: MIT */
/*
 * Regular expressions (PCRE2, UTF-8): the only place that knows PCRE2. Patterns and subjects are
 * hostile input: every match is bounded, and what passes the bound is REGEX_LIMIT, not a hang.
 * Invalid UTF-8 in a subject is allowed and never matches. A pattern that is used often is
 * compiled to machine code, where the host allows it. Not thread-safe: one match data and one
 * machine stack a process, made when first needed, private to each forked process.
 */
#ifndef BDDRUN_FORMAT_REGEX_H
#define BDDRUN_FORMAT_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/text.h"

struct regex; /* heap; free with regex_free */

enum regex_flag {
    REGEX_IGNORE_CASE = 1,
    REGEX_MULTI_LINE = 2, /* ^ and $ also at line ends */
    REGEX_DOT_ALL = 4,    /* . also matches a line end */
    REGEX_EXTENDED = 8,   /* blanks and # comments in the pattern */
    REGEX_WHOLE = 16,     /* matches the whole subject or nothing */
    REGEX_HERE = 32       /* matches at `from` or nothing */
};

enum regex_result { REGEX_MATCHED, REGEX_NO_MATCH, REGEX_LIMIT };

/* Bytes of the subject. A group that took no part has both at REGEX_UNSET. */
struct regex_capture {
    size_t start;
    size_t end;
};

#define REGEX_UNSET ((size_t)-1)

struct regex_error {
    size_t offset;     /* bytes into the pattern */
    char message[128]; /* lower case, no full stop */
};

enum {
    REGEX_PATTERN_LIMIT_BYTES = 1 << 20,
    REGEX_MATCH_LIMIT = 2000000,
    REGEX_HEAP_LIMIT_KIB = 20000
};

/* The flags of the letters i m s x, each at most once; false for anything else. */
bool regex_flags(struct text letters, unsigned *ret_flags) MUST_CHECK;

/* pattern is not kept. flags: enum regex_flag, or-ed. ret_error may be NULL. */
bool regex_compile(struct text pattern, unsigned flags, struct regex **ret_regex,
                   struct regex_error *ret_error) MUST_CHECK;
void regex_free(struct regex *regex);     /* NULL is allowed */
void regex_release(struct regex **regex); /* for CLEANUP */

/* Capturing groups of the pattern, without group 0. */
size_t regex_group_count(const struct regex *regex);

/* The leftmost match that starts at or after `from` (bytes). Fills the first `capacity` captures
 * when it matched, group 0 (the whole match) first; beyond the pattern's groups they are unset.
 * captures may be NULL with capacity 0. */
enum regex_result regex_match(struct regex *regex, struct text subject, size_t from,
                              struct regex_capture *captures, size_t capacity) MUST_CHECK;

/* Adds the text as a pattern that matches exactly it. */
struct buffer;
void regex_quote(struct buffer *out, struct text literal);

#endif
