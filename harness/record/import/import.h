/* SPDX-License-Identifier: MIT */
/*
 * A HAR file of a browser, proxy or another tool made into recordings of scenarios: entries are
 * chosen by host and path, mapped to the scenarios whose steps ask for them (by method, path and
 * order), redacted, and written where the scenarios' recordings lie. What was left out is counted
 * by its reason.
 */
#ifndef BDDRUN_RECORD_IMPORT_IMPORT_H
#define BDDRUN_RECORD_IMPORT_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/glob.h"
#include "base/problem.h"
#include "record/import/wanted.h"
#include "record/recording.h"
#include "record/store.h"

struct redaction;

struct import_scenario {
    struct text feature; /* path of the file, as given */
    const struct pickle *pickle;
    struct wanted_list wanted;     /* import_release releases it */
    struct text path;              /* of its recording; set by import_map */
    struct recording recording;    /* what was taken, redacted; set by import_map */
    const struct wanted **of;      /* beside the entries: the step that asks; NULL: none does */
    const struct wanted **missing; /* what it asks for and the file does not hold */
    size_t missing_count;
};

struct import_left {
    struct text reason; /* "another host: cdn.test" */
    size_t count;
    struct text example; /* the first: "GET /app.js" */
};

struct import {
    /* Set by the caller; borrowed. */
    struct store store;
    const struct text
        *hosts; /* "shop.example", "shop.example:8443", "*.shop.example"; none: all */
    size_t host_count;
    struct globs paths;      /* without their first slash; none: all */
    struct text path_prefix; /* of the environment's URL */
    bool takes_all;          /* of one scenario: also what no step asks for */
    struct redaction *redaction;
    struct recording_facts facts; /* environment, revision, redaction */
    struct import_scenario *scenarios;
    size_t scenario_count;

    /* Results. */
    struct arena arena;
    struct recording source; /* the file; what was chosen of it */
    struct import_left *left;
    size_t left_count;
    size_t left_capacity;
};

/* All of *import zeroed but what the caller sets. */
void import_init(struct import *import);
void import_release(struct import *import);

/* Reads the file and maps it; nothing is written. False with problems. */
bool import_map(struct import *import, struct text path, struct problems *problems) MUST_CHECK;

/* Writes the recordings of the scenarios for which something was taken. One that still holds a
 * secret is refused, and then none is written. */
bool import_write(struct import *import, struct problems *problems) MUST_CHECK;

#endif
