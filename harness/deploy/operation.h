/* SPDX-License-Identifier: MIT */
/*
 * What the journal tells, put together again: promotions and rollbacks, how far each came, and how
 * it ended. One without an end was cut off: by a kill, a power failure, a full disk. Texts are
 * borrowed from the journal or in the arena given.
 */
#ifndef BDDRUN_DEPLOY_OPERATION_H
#define BDDRUN_DEPLOY_OPERATION_H

#include "base/arena.h"
#include "deploy/journal.h"

enum operation_state { OPERATION_NOT_BEGUN, OPERATION_DOING, OPERATION_DONE, OPERATION_FAILED };

enum operation_outcome {
    OPERATION_CUT_OFF,     /* no end: under way, or killed */
    OPERATION_PROMOTED,    /* live, and healthy by all that is asked of it */
    OPERATION_ROLLED_BACK, /* likewise, an earlier release */
    OPERATION_TAKEN_BACK, /* switched and taken back: the release before is live, and healthy */
    OPERATION_ABANDONED,  /* given up before anything was switched */
    OPERATION_NEEDS_PERSON, /* what is live may not be healthy */
};

struct operation_step {
    struct text name;
    enum operation_state state;
};

/* A target by its name, and what was and is to be live there. */
struct operation_unit {
    struct text target;
    struct text before;
    struct text after;
};

struct operation {
    struct text id;
    bool is_rollback;
    struct text by;
    struct text began; /* RFC 3339 */
    struct text ended;
    struct text release;
    struct text commit;
    struct text commit_before;
    struct text unsafe; /* why it cannot be taken back; empty: it can */
    struct text reason; /* of its outcome */
    struct text verdict_key;
    struct text override_reason;
    struct operation_unit *units;
    size_t unit_count;
    struct text *components;
    size_t component_count;
    struct operation_step *steps; /* each name once, with its last state */
    size_t step_count;
    bool is_taking_back;
    enum operation_outcome outcome;
};

struct operations {
    struct operation *list; /* the oldest first */
    size_t count;
    struct text frozen; /* why nothing may be promoted; empty: it may */
};

struct operations operations_read(const struct journal *journal, struct arena *arena);

enum operation_state operation_step_state(const struct operation *operation, struct text name);

/* The one that was cut off, or NULL: at most the last. */
const struct operation *operations_cut_off(const struct operations *operations);

/* What the target served healthily before `live`, the newest first: the releases of this journal
 * that were promoted and not taken back since, at last what was live when the first was promoted.
 * *place begins with 0 and says where the next call goes on. False: there are no more. */
bool operations_find_earlier(const struct operations *operations, struct text target,
                             struct text live, size_t *place, struct text *ret_release);

/* "promoted", "taken_back", …: what stands in the journal. */
const char *operation_outcome_name(enum operation_outcome outcome);

#endif
