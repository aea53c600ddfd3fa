/* SPDX-License-Identifier: MIT */
/* What the files of the check of doc strings and tables share. */
#ifndef BDDRUN_WORLD_PRECHECK_EXAMINATION_H
#define BDDRUN_WORLD_PRECHECK_EXAMINATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"

struct pickle_step;
struct precheck;
struct step_match;
struct table;

/* A step with its doc string or table under examination. */
struct examination {
    struct precheck *precheck;
    const struct step_match *match; /* the inner one of "afterwards" */
    const struct pickle_step *step;
    const struct source *source;
    struct span at;
    struct problems *problems;
};

/* Adds the problem; always false. */
bool examination_refuse(struct examination *examination, struct span at, const char *hint,
                        const char *message);

bool examination_check_table(struct examination *examination);

/* Tables of sockets and of events. */
bool examination_check_socket(struct examination *examination);
bool examination_check_events(struct examination *examination);

/* The parts of these checks: a table of pairs, of records with a first column. */
struct cell;
struct span examination_cell_span(const struct examination *examination,
                                  const struct cell *cell);
bool examination_check_keys(struct examination *examination, const char *const *known,
                            size_t count);
bool examination_check_records(struct examination *examination, const char *const *known,
                               size_t count, const char *first);

/* The one cell ${argument}: the table of a composite's caller. */
bool examination_is_argument(const struct table *table);

#endif
