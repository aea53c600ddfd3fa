/* SPDX-License-Identifier: MIT */
/*
 * The section `components` of bddrun.yaml as plain data: which files, scenarios and endpoints belong
 * together, and how they stop and start. The section's data is a struct config_records of struct
 * config_component. Lives in the arena of the struct config.
 */
#ifndef BDDRUN_CONFIG_COMPONENTS_H
#define BDDRUN_CONFIG_COMPONENTS_H

#include <stddef.h>

#include "base/glob.h"
#include "config/config.h"
#include "config/value.h"

/* How one part is stopped while it is exchanged. Not configured: command.count is 0. */
struct config_suspend {
    struct config_texts command;
    struct config_texts resume; /* as command: both or none */
    struct text idle;           /* a path or URL that says that nothing goes on; empty: none */
    struct span at;             /* of `suspend:` */
};

struct config_component {
    struct text name;
    struct globs paths; /* at least one; of the top of the repository */
    struct text tags;   /* a tag expression, not yet parsed; empty: all scenarios */
    struct span tags_at;
    struct config_suspend suspend;
    struct config_texts after_switch; /* a program and its arguments; count 0: none */
    struct config_texts endpoints;    /* "GET /api/tables": what recordings it owns */
};

extern const struct config_section section_components;

/* The components in the file's order; NULL and 0 where there are none. */
const struct config_component *config_components(const struct config *config,
                                                 size_t *ret_count);

#endif
