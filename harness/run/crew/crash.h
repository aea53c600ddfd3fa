/* SPDX-License-Identifier: MIT */
/*
 * The end of a worker within an assignment: what the parent knows of it. Plain data.
 */
#ifndef BDDRUN_RUN_CREW_CRASH_H
#define BDDRUN_RUN_CREW_CRASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "run/crew/message.h"

/* The end of a worker within an assignment. Texts are valid during the call. */
struct crash {
    struct assignment assignment;
    uint32_t worker;
    uint32_t step; /* under way, or SLOT_TEARDOWN */
    uint64_t duration_ns;
    bool is_killed;     /* it ran over its time, or the run was ended by force */
    bool is_forced;     /* by crew_kill */
    int wait_status;    /* as of waitpid */
    struct text output; /* what it printed */
    struct text note;   /* the last it sent of this assignment; empty: none */
};

#endif
