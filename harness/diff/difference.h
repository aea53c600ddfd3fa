/* SPDX-License-Identifier: MIT */
/*
 * What differs between two sides, left (recorded, expected) and right (what is judged): a list that
 * every diff engine fills and reports print. Differences of one class at one index-free path
 * ("$.items[*].name") are one struct difference: counted exactly, with its first few examples.
 * All texts are copied into the arena that differences_init was given, already shortened and fit
 * to be shown (secrets hidden by the caller's `shown`).
 */
#ifndef BDDRUN_DIFF_DIFFERENCE_H
#define BDDRUN_DIFF_DIFFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"

/* The closed set, by the names that reports and the JSON print: difference_class_name. */
enum difference_class {
    DIFFERENCE_MISSING, /* left only */
    DIFFERENCE_ADDED,   /* right only */
    DIFFERENCE_TYPE,    /* another JSON type, content type, protocol */
    DIFFERENCE_STATUS,  /* HTTP status, close code */
    DIFFERENCE_CHANGED, /* another value */
    DIFFERENCE_MOVED,   /* the same at another place */
    DIFFERENCE_LATE,    /* the same, too late */
    DIFFERENCE_CLASSES
};

/* Worst first. */
enum difference_severity {
    SEVERITY_BREAKING,      /* missing, type, status */
    SEVERITY_CHANGED,       /* changed, late */
    SEVERITY_MOVED,         /* moved */
    SEVERITY_INFORMATIONAL, /* added */
    SEVERITY_MASKED,        /* any class that a mask allows: counted, fails nothing */
    SEVERITIES
};

enum {
    DIFFERENCE_EXAMPLES = 3,
    DIFFERENCE_SHOWN_BYTES = 200, /* of each side of an example */
    DIFFERENCES_LIMIT = 10000     /* in one list; more are only counted */
};

struct difference_example {
    struct text place; /* "$.items[7].name" */
    struct text left;  /* as shown: JSON, a header's value, …; empty where absent */
    struct text right;
};

struct difference {
    enum difference_class class;
    enum difference_severity severity;
    struct text path; /* "$.items[*].name", `header "Cache-Control"`, "status" */
    struct text mask; /* of SEVERITY_MASKED: the mask as written */
    size_t count;
    struct difference_example examples[DIFFERENCE_EXAMPLES];
    unsigned example_count;
};

/* How a value may be shown: adds it to out without what must stay secret. name: the key of the
 * member, the header, the cookie it is the value of, or empty. */
struct difference_shown {
    void *context;
    void (*print)(void *context, struct buffer *out, struct text name, struct text value);
};

struct differences {
    struct arena *arena;                  /* borrowed */
    const struct difference_shown *shown; /* borrowed; NULL: all */
    struct difference **list;             /* in the order they were found */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* a hash table of list, 1-based */
    size_t slot_mask;
    size_t totals[SEVERITIES];           /* single differences, whatever was dropped */
    size_t by_class[DIFFERENCE_CLASSES]; /* the same, those that no mask allows */
    size_t dropped;                      /* of totals: beyond DIFFERENCES_LIMIT */
};

void differences_init(struct differences *differences, struct arena *arena,
                      const struct difference_shown *shown);

/* One difference. place empty: the path; name: for `shown`. All texts are copied. A mask (not
 * empty) makes it a masked one. */
struct difference_note {
    enum difference_class class;
    struct text path;
    struct text place;
    struct text name;
    struct text left;
    struct text right;
    struct text mask;
};
void differences_add(struct differences *differences, const struct difference_note *note);

/* The same in two steps, for engines that make texts only where they are kept: the entry of the
 * list, which counts one more; NULL beyond the limit. */
struct difference *differences_count(struct differences *differences,
                                     enum difference_class class, struct text path,
                                     struct text mask);
void differences_count_again(struct differences *differences, struct difference *difference);
bool difference_wants_example(const struct difference *difference);
void differences_add_example(struct differences *differences, struct difference *difference,
                             const struct difference_note *note);

/* Whether anything differs that no mask allows and is `least` or worse. */
bool differences_any(const struct differences *differences, enum difference_severity least);

/* Worst severity first, within one as found. */
void differences_sort(struct differences *differences);

const char *difference_class_name(enum difference_class class); /* "missing", "added", … */
const char *difference_severity_name(enum difference_severity severity); /* "breaking", … */
enum difference_severity difference_severity_of(enum difference_class class);

#endif
