/* SPDX-License-Identifier: MIT */
/* The engines of the table. */
#ifndef BDDRUN_DIFF_ENGINES_ENGINES_H
#define BDDRUN_DIFF_ENGINES_ENGINES_H

#include "diff/engine.h"

extern const struct diff_engine json_engine;
extern const struct diff_engine xml_engine;
extern const struct diff_engine html_engine;
extern const struct diff_engine text_engine;
extern const struct diff_engine bytes_engine;

/* One side is what its engine reads, the other is not: one difference of class TYPE. */
void engine_report_unreadable(const struct body_pair *pair, const char *name,
                              struct text left_error, struct text right_error,
                              struct differences *differences);

#endif
