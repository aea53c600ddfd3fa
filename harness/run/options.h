/* SPDX-License-Identifier: MIT */
/*
 * What `bddrun run` was told on its command line: plain data, filled by cli. Texts are borrowed
 * from the command line. What the configuration can say too (environment, base URL, jobs,
 * variables) has been merged into struct config_settings already (config/settings.h).
 */
#ifndef BDDRUN_RUN_OPTIONS_H
#define BDDRUN_RUN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum run_order {
    RUN_ORDER_DEFINED,
    RUN_ORDER_RANDOM,
};

enum run_verbosity {
    RUN_QUIET = -1, /* -q: failures and the summary */
    RUN_NORMAL = 0,
    RUN_STEPS = 1,  /* -v */
    RUN_HEADS = 2,  /* -vv */
    RUN_BODIES = 3, /* -vvv */
};

struct config_settings;

struct recorder;
struct recordings;

struct run_options {
    const struct config_settings *settings; /* what steps name in it is checked; NULL: is not */
    const struct recordings *recordings; /* for steps that compare with one; NULL: they fail */
    const struct recorder *recorder; /* `bddrun record`: takes what is exchanged; NULL: none */
    const struct text *paths; /* folder, file.feature:12:40, @rerun.txt, -; none: configured */
    size_t path_count;
    const struct text *tags; /* tag expressions, joined by `and` */
    size_t tag_count;
    const struct text *names; /* regular expressions, joined by `or` */
    size_t name_count;
    const struct text *formats; /* NAME[:FILE]; none: terminal on stdout */
    size_t format_count;

    const struct text *artefacts; /* what was built: a file, or NAME@sha256:DIGEST */
    size_t artefact_count;
    uint64_t attempt; /* of the job, from 1; 0: not said */

    enum run_order order;
    bool has_seed;
    uint64_t seed;
    uint64_t shard_index; /* 1-based; 0: not sharded */
    uint64_t shard_count;

    uint64_t max_failures; /* 0: no limit; --fail-fast is 1 */
    bool is_dry_run;       /* match everything, send nothing */
    bool is_list;          /* print what is selected */
    bool has_retry;
    uint64_t retry; /* instead of the environment's */
    bool fails_on_flaky;

    uint64_t step_timeout_ms; /* 0: configured */
    uint64_t scenario_timeout_ms;
    uint64_t run_timeout_ms;

    enum run_verbosity verbosity;
    bool with_colour; /* --color, NO_COLOR, FORCE_COLOR and the terminal weighed already */
    bool is_terminal; /* stderr is one: a progress bar may be drawn there */
};

#endif
