/* SPDX-License-Identifier: MIT */
/*
 * What the commands promote, rollback and status share: their options, the request made of them,
 * how scenarios are run against production, what a change touches, and what is said at the end.
 */
#ifndef BDDRUN_CLI_RELEASE_RELEASE_COMMAND_H
#define BDDRUN_CLI_RELEASE_RELEASE_COMMAND_H

#include "cli/command.h"
#include "cli/options/configured.h"
#include "deploy/release.h"

struct release_values {
    struct configured_values configured;
    struct text release;
    struct text commit;
    struct text digest;
    struct text verdict;
    struct option_texts components;
    struct text window_override;
    struct text repaired;
    struct text unsafe;
    bool goes_back_anyway;
    bool resend;
    bool is_dry_run;
    bool waits;
    bool wants_json;
};

/* A request by the configuration and the options. False with problems. */
bool release_request_make(struct invocation *invocation, const struct release_values *values,
                          struct release_request *ret_request) MUST_CHECK;

/* Prints what came of it, tells who wants to know, and returns the exit code. */
enum exit_code release_show(struct invocation *invocation, const struct release_values *values,
                            const struct release_request *request, bool is_rollback,
                            const struct release_answer *answer);

/* Runs `bddrun run` of this same program against production, read-only as that is; context is the
 * struct invocation. */
bool release_run_smoke(void *context, struct text tags, uint64_t within_ms,
                       struct problems *problems);

/* What the commits between touch, by git where the repository is at hand; else everything. */
void release_find_scope(void *context, struct text older, struct text newer,
                        struct release_scope *scope);

#endif
