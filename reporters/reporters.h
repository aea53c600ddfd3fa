/* SPDX-License-Identifier: MIT */
/*
 * The reporters of the table, each in a file of its own.
 */
#ifndef BDDRUN_REPORTERS_REPORTERS_H
#define BDDRUN_REPORTERS_REPORTERS_H

#include "event/reporter.h"

extern const struct reporter_type reporter_terminal;
extern const struct reporter_type reporter_junit;
extern const struct reporter_type reporter_junit_strict;
extern const struct reporter_type reporter_message;
extern const struct reporter_type reporter_rerun;

#endif
