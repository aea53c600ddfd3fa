/* SPDX-License-Identifier: MIT */
/*
 * What reporters may know of a scenario without knowing Gherkin, made on demand by whoever runs it:
 * there may be 200,000, so nothing per scenario is kept for reporters. Indices are dense from 0, in
 * the order of files (by path) and then lines, whatever the order of running.
 */
#ifndef BDDRUN_EVENT_SCENARIO_INFO_H
#define BDDRUN_EVENT_SCENARIO_INFO_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

struct scenario_step {
    struct text keyword; /* as written, with its blank */
    struct text text;
    uint32_t line;
    uint32_t column;
};

struct scenario_info {
    uint32_t index;
    struct text uri; /* path as given */
    struct text feature_name;
    struct text name;        /* of the pickle */
    struct text unique_name; /* "Rule - Scenario - Examples - #1.2" */
    uint32_t line;           /* of the scenario, or of its row */
    uint32_t column;
    const struct text *tags; /* with their @ */
    size_t tag_count;
    const struct scenario_step *steps;
    size_t step_count;
};

struct scenario_lookup {
    void *context;
    uint32_t count;
    /* Fills *ret_info; what it allocates is in the arena. index < count. */
    void (*describe)(void *context, uint32_t index, struct arena *arena,
                     struct scenario_info *ret_info);
};

#endif
