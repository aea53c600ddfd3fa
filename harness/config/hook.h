/* SPDX-License-Identifier: MIT */
/* The section `hook` of bddrun.yaml: what a push is checked with. */
#ifndef BDDRUN_CONFIG_HOOK_H
#define BDDRUN_CONFIG_HOOK_H

#include <stdbool.h>

#include "config/config.h"
#include "config/value.h"

struct config_hook {
    struct text environment; /* to run against; empty: the default one */
    uint64_t budget_ms;      /* 90 s: git holds its connection open meanwhile */
    int when_unable;         /* 0 warn, 1 refuse: nothing could be run, or nothing answered */
    struct text coverage;    /* an lcov file with a TN: for each scenario; empty: none */
    struct text failures;    /* the rerun file of the last run; empty: none */
};

extern const struct config_section section_hook;

/* With defaults where the file has no such section. */
struct config_hook config_hook(const struct config *config);

#endif
