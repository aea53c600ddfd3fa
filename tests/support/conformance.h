/* SPDX-License-Identifier: MIT */
/*
 * The public test data that is no part of this project: found through BDDRUN_CONFORMANCE_DATA,
 * by default ../shared/conformance beside the checkout. A test without it is skipped (exit 77).
 */
#ifndef BDDRUN_SUPPORT_CONFORMANCE_H
#define BDDRUN_SUPPORT_CONFORMANCE_H

#include "base/arena.h"

/* The path of name below the data folder; leaves the process with 77 where there is no data. */
const char *conformance_path(struct arena *arena, const char *name);

/* The whole file; fails the test when it cannot be read. */
struct text conformance_read(struct arena *arena, const char *path);

#endif
