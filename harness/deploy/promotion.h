/* SPDX-License-Identifier: MIT */
/*
 * One promotion or rollback under way: a list of steps, each announced in the journal before it is
 * taken and told of after, so that it can be carried on or taken back after a kill at any point.
 * All steps may be taken twice, but for what a target sends_once; commands of the user's that are
 * known to be done are not run again.
 *
 * Order: suspend the components touched, wait until they are idle, before_switch (once, at the
 * first place), switch (each target), after_switch (each place), the marker, the scenarios, resume.
 * When a step fails after something was switched, all targets go back, the last one first, then
 * after_switch, the marker of the release before, the scenarios, resume. What cannot be taken back
 * (rollback-unsafe, a target without a way back) stays, suspended, and needs a person.
 *
 * A place is where commands run: the first target's tree on each of its hosts, or this machine.
 */
#ifndef BDDRUN_DEPLOY_PROMOTION_H
#define BDDRUN_DEPLOY_PROMOTION_H

#include "config/components.h"
#include "config/settings.h"
#include "deploy/journal.h"
#include "deploy/operation.h"
#include "deploy/settings.h"
#include "deploy/target.h"

/* Scenarios against production, read-only; given by the command. */
struct smoke {
    bool (*run)(void *context, struct text tags, uint64_t within_ms, struct problems *problems);
    void *context;
};

struct promotion_unit {
    struct target *target;
    struct text before;          /* what was live; empty: nothing */
    struct target_release after; /* what is to be */
};

/* Filled by whoever decides; borrowed. */
struct promotion {
    bool is_rollback;
    const struct deploy_settings *settings;
    const struct config_environment *environment; /* production's; NULL: no marker, no probes */
    struct target_context *context;
    struct promotion_unit *units;
    size_t unit_count;
    const struct config_component **components; /* to be suspended */
    size_t component_count;
    struct text commit;                     /* of what is to be; empty: unknown */
    struct text commit_before;              /* of what was; empty: unknown */
    struct text unsafe;                     /* why it cannot be taken back; empty: it can */
    bool resend;                            /* what a target sends once may be sent again */
    journal_print_function *print_evidence; /* adds what it is based on to its first line */
    const void *evidence;
    struct journal *journal;
    struct smoke smoke;
    void (*say)(void *context, struct text line); /* progress; may be NULL */
    void *say_context;
    struct text id;
    const struct operation *earlier; /* of which it is carried on; NULL: new */
};

struct promotion_result {
    enum operation_outcome outcome;
    struct text reason; /* in the arena of the context; empty where all went well */
    bool is_not_now;    /* abandoned, because a component did not become idle */
};

/* Carries it out. problems gets what failed on the way. */
struct promotion_result promotion_run(struct promotion *promotion, struct problems *problems);

/* Takes back what an operation that was cut off had begun: promotion->earlier. */
struct promotion_result promotion_take_back(struct promotion *promotion, struct text reason,
                                            struct problems *problems);

/* Adds a line for each step, for --dry-run. */
void promotion_describe(const struct promotion *promotion, struct buffer *out);

/* Writes that a person has put things right, with the reason. */
bool promotion_repaired(struct journal *journal, struct text reason, struct text by,
                        struct problems *problems) MUST_CHECK;

#endif
