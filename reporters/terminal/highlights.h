/* SPDX-License-Identifier: MIT */
/*
 * What the summary names: the scenarios that failed, were flaky or skipped, each list up to a
 * limit and counted beyond it, and the slowest ones. Scenarios are kept as indices and one line.
 */
#ifndef BDDRUN_REPORTERS_TERMINAL_HIGHLIGHTS_H
#define BDDRUN_REPORTERS_TERMINAL_HIGHLIGHTS_H

#include "event/event.h"
#include "event/reporter.h"
#include "format/style.h"

enum { HIGHLIGHTS_LIMIT = 30, HIGHLIGHTS_SLOWEST = 3 };

enum highlight_list { HIGHLIGHT_FAILED, HIGHLIGHT_FLAKY, HIGHLIGHT_SKIPPED, HIGHLIGHT_LISTS };

struct highlight {
    uint32_t scenario;
    struct text note; /* in the arena; may be empty */
};

struct slow_scenario {
    uint32_t scenario;
    uint64_t duration_ns;
};

struct highlights {
    struct arena arena; /* of the notes, at most a kilobyte each */
    struct highlight lists[HIGHLIGHT_LISTS][HIGHLIGHTS_LIMIT];
    size_t counts[HIGHLIGHT_LISTS];                   /* of all, also beyond the limit */
    struct slow_scenario slowest[HIGHLIGHTS_SLOWEST]; /* the slowest first */
    size_t slowest_count;
    bool is_dry_run; /* then what is skipped is as wanted, and nothing is slow */
};

void highlights_init(struct highlights *highlights);
void highlights_release(struct highlights *highlights);

/* info is needed (not NULL) only for results that are not simply passed. earlier: what earlier
 * attempts said, or empty. */
void highlights_add(struct highlights *highlights, const struct result *result,
                    const struct scenario_info *info, struct text earlier);

/* In the order of files and lines. */
void highlights_print(struct highlights *highlights, const struct style_writer *writer,
                      const struct scenario_lookup *lookup, bool with_slowest);

#endif
