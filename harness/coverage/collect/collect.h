/* SPDX-License-Identifier: MIT */
/*
 * The coverage of a build tree of gcc: every note (.gcno) is read by gcov, several at a time, also
 * where nothing ever ran, so no file can vanish from the total by never being loaded. Markers in the
 * sources are honoured. Paths are made relative to the root; what lies outside of it is dropped.
 */
#ifndef BDDRUN_COVERAGE_COLLECT_COLLECT_H
#define BDDRUN_COVERAGE_COLLECT_COLLECT_H

#include <stddef.h>

#include "base/loop.h"
#include "coverage/coverage.h"

struct collect_request {
    struct text build_folder;
    struct text root;        /* absolute */
    struct text gcov;        /* the program, e.g. "gcov-12" */
    const struct text *only; /* folders below the root that count; none: all */
    size_t only_count;
    size_t jobs;         /* how many gcov at once */
    uint64_t timeout_ms; /* of all of it */
    bool keeps_going;    /* data that gcov cannot use is a warning and counts as nothing run */
};

/* Adds to coverage. False with problems: no notes at all, gcov failed or said anything but that
 * nothing ran, a marker is wrong. The sources that problems point into are in the arena. */
bool coverage_collect(struct coverage *coverage, const struct collect_request *request,
                      struct loop *loop, struct arena *arena,
                      struct problems *problems) MUST_CHECK;

#endif
