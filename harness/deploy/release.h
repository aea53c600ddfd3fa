/* SPDX-License-Identifier: MIT */
/*
 * The commands promote, rollback and status as facades: what is asked for comes in, what came of it
 * goes out. Nothing is touched before the verdict, the window, the idle probes, the lock and the
 * journal have all said yes. What an earlier run that was killed has begun is finished or taken
 * back first.
 */
#ifndef BDDRUN_DEPLOY_RELEASE_H
#define BDDRUN_DEPLOY_RELEASE_H

#include "base/exit_code.h"
#include "deploy/promotion.h"

/* What a change touches. */
struct release_scope {
    const struct config_component **components; /* to be suspended */
    size_t component_count;
    bool changes_schema; /* the windows for schema changes count */
    struct text unsafe;  /* why it cannot be taken back; empty: it can */
};

/* Borrowed; zeroed what is not given. */
struct release_request {
    const struct config *config;
    const struct config_environment *environment; /* production's, or NULL */
    const struct clock *clock;
    const char *const *process_environment;
    struct text user;
    struct target_wish wish;
    struct text verdict_path;
    /* Fills the scope for the commits from older (empty: unknown) to newer; NULL: nothing. */
    void (*find_scope)(void *context, struct text older, struct text newer,
                       struct release_scope *scope);
    void *scope_context;
    bool goes_back_anyway;       /* rollback of what is rollback-unsafe */
    struct text window_override; /* the reason why a closed window does not count */
    struct text repaired; /* the reason why a promotion that needed a person no longer does */
    bool resend;
    bool is_dry_run;
    struct smoke smoke;
    void (*say)(void *context, struct text line);
    void *say_context;
    const struct fault *fault;
    const char *zone_folder; /* NULL: the system's */
};

struct release_answer {
    enum exit_code code;
    struct text reason;  /* why it is not 0 */
    struct text release; /* of the first target */
    struct text previous;
    struct text commit;
    struct text plan; /* of a dry run: a line for each step */
    bool was_live_already;
    bool has_opening; /* the window is closed, and opens: */
    int64_t opens_s;
    uint64_t verdict_expires_ns; /* 0: unknown */
};

/* Texts are in the arena. Problems say more; the code of the answer counts. */
struct release_answer release_promote(const struct release_request *request,
                                      struct arena *arena, struct problems *problems);
struct release_answer release_rollback(const struct release_request *request,
                                       struct arena *arena, struct problems *problems);

/* What is live and what may be done, for people and as JSON. Changes nothing. */
enum exit_code release_status(const struct release_request *request, bool wants_json,
                              struct arena *arena, struct buffer *out,
                              struct problems *problems);

#endif
