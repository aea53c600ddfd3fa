/* SPDX-License-Identifier: MIT */
/*
 * Values of the gate's policy that know their place, for messages and for comparing two policies. A
 * value that was not written has no span (`at.source` is NULL).
 */
#ifndef BDDRUN_CONFIG_POLICY_VALUE_H
#define BDDRUN_CONFIG_POLICY_VALUE_H

#include "config/value.h"

/* 80, 79.5 or 80 %; exact. */
struct config_percent {
    uint64_t millionths; /* of a percent: 80 000 000; at most 100 000 000 */
    struct text text;    /* "79.5" */
    struct span at;
};

/* A count or milliseconds. */
struct config_bound {
    uint64_t value;
    struct span at;
};

/* What is let through although it did not pass, and how long. */
struct config_exception {
    struct config_texts allow; /* tags, with their @ */
    uint64_t until_ns;         /* the first instant at which it is over */
    struct text until;         /* the day, as written */
    struct span at;            /* of the whole */
};

struct config_thresholds {
    struct config_percent total;
    struct config_percent changed; /* lines that the change added or changed */
    struct config_percent file;    /* each file */
};

struct config_component_thresholds {
    struct text name;
    struct config_percent lines;
    struct config_percent branches;
    struct config_percent functions;
};

/* The comment names the type of *target. */
config_read_function config_read_percent;    /* struct config_percent, at most 100 */
config_read_function config_read_ratio;      /* struct config_percent, at most 10000 */
config_read_function config_read_bound;      /* struct config_bound, a whole number */
config_read_function config_read_bound_time; /* struct config_bound, milliseconds */
config_read_function config_read_shards;     /* struct config_bound; `auto` is not written */
config_read_function config_read_exception;  /* struct config_exception */

#endif
