/* SPDX-License-Identifier: MIT */
/*
 * The section `recordings` of bddrun.yaml as plain data: where they lie, of which environment, how
 * old they may be, what is redacted in them, and what a scenario tagged @writes-production may do
 * while it is recorded. Lives in the arena of the struct config.
 */
#ifndef BDDRUN_CONFIG_RECORDINGS_H
#define BDDRUN_CONFIG_RECORDINGS_H

#include <stdint.h>

#include "base/glob.h"
#include "config/config.h"
#include "config/value.h"

/* A request is matched as "POST /api/tables/7", whole; "* /api/x" is of any method. */
struct config_recordings_allow {
    struct globs paths;         /* none: nothing may write */
    struct config_texts events; /* names of events that sockets may send; "*" is any */
};

struct config_recordings {
    struct text folder;
    struct text environment; /* empty: not said */
    struct span environment_at;
    uint64_t max_age_ms;        /* 0: any */
    uint64_t samples;           /* how often a scenario is recorded, 1 to 99 */
    struct config_texts redact; /* keys besides the built-in ones */
    struct config_texts keep;   /* names whose values an import does not redact */
    struct config_recordings_allow allow;
    struct text key_file; /* of redaction; empty: beside bddrun.yaml */
    struct span at;       /* of the section; span_none(): it is not there */
};

enum { CONFIG_SAMPLES_MOST = 99 };

extern const struct config_section section_recordings;

/* The section, or its defaults: the folder recordings/ beside bddrun.yaml, one sample. In the arena
 * of the config. */
const struct config_recordings *config_recordings(struct config *config);

#endif
