/* SPDX-License-Identifier: MIT */
/*
 * Where a release goes live: a release tree on one host, a tag of a container image, a deploy hook,
 * a command. One struct target is one place that is switched as a whole: a tree on five hosts is
 * five targets. What is live, and what is to be, are texts: the name of a release, the digest of
 * an image, a commit; the journal keeps them, so every function must do after a crash, in another
 * process, what it would have done before.
 *
 * A type is one row of deploy_targets[], declared here and defined in target/targets.c. Problems
 * are PROBLEM_ENVIRONMENT unless the configuration is wrong. No secret reaches any text.
 */
#ifndef BDDRUN_DEPLOY_TARGET_H
#define BDDRUN_DEPLOY_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/text.h"
#include "deploy/client.h"
#include "deploy/fault.h"
#include "deploy/target_release.h"
#include "deploy/target_settings.h"

struct target;

/* What all targets of a command share; borrowed. */
struct target_context {
    struct arena *arena; /* of the command: texts that targets give live here */
    struct client *client;
    const char *const *process_environment;
    const struct fault *fault; /* NULL: none */
    struct text user;          /* who asks: for logs */
};

struct deploy_target_type {
    const char *name; /* the key in bddrun.yaml that makes it: "tree" */

    /* Looks whether it can be reached and is what it should be. Changes nothing. */
    bool (*prepare)(struct target *target, struct problems *problems) MUST_CHECK;

    /* The name of what is live; empty where nothing is yet, or nobody can tell. */
    bool (*current)(struct target *target, struct text *ret_name,
                    struct problems *problems) MUST_CHECK;

    /* What the wish names, checked: it is there, complete, and not marked as bad. */
    bool (*find)(struct target *target, const struct target_wish *wish,
                 struct target_release *ret_release, struct problems *problems) MUST_CHECK;

    /* Makes it live. Repeating it does no harm, unless sends_once. previous is what was live. */
    enum target_outcome (*switch_to)(struct target *target,
                                     const struct target_release *release, struct text previous,
                                     struct problems *problems) MUST_CHECK;

    /* Makes the earlier release live again; bad is what is left (TARGET_REFUSED without
     * can_go_back). */
    enum target_outcome (*go_back)(struct target *target, const struct target_release *release,
                                   struct text bad, struct problems *problems) MUST_CHECK;

    /* Keeps others out until unlock or the end of the process; NULL: it needs no lock. */
    enum target_hold (*lock)(struct target *target, struct problems *problems) MUST_CHECK;
    void (*unlock)(struct target *target);

    bool (*can_go_back)(const struct target *target);
    bool (*can_pin)(const struct target *target); /* what goes live is what was asked for */
    bool
        sends_once; /* a second switch_to would deploy again: after a crash only the marker tells */

    /* What was live before what is, by the target's own rule; for a journal that knows of none.
     * NULL: it has no such rule. Empty: none is left. */
    bool (*previous)(struct target *target, struct text *ret_name,
                     struct problems *problems) MUST_CHECK;

    /* Removes what is too old by `keep`, never what is live nor what was before. NULL: nothing. */
    bool (*clean)(struct target *target, struct text previous,
                  struct problems *problems) MUST_CHECK;

    /* Adds what switch_to would do, for --dry-run: "point /srv/arena/current at releases/7". */
    void (*describe)(const struct target *target, struct text release, struct buffer *out);
};

struct target {
    const struct deploy_target_type *type;
    const struct target_settings *settings;
    struct target_context *context;
    struct text name; /* unique among the targets: "tree /srv/arena on web1" */
    struct text host; /* of a tree reached by ssh; empty: this machine */
    void *state;      /* the type's own, in the context's arena; NULL before prepare */
};

struct targets {
    struct target *list;
    size_t count;
};

extern const struct deploy_target_type *const deploy_targets[]; /* NULL-ended */

extern const struct deploy_target_type target_tree;
extern const struct deploy_target_type target_image;
extern const struct deploy_target_type target_webhook;
extern const struct deploy_target_type target_command;

/* The type of this name, or NULL. */
const struct deploy_target_type *target_type_find(struct text name);

/* One for each place that the settings name, in their order, a tree's hosts in theirs. */
struct targets targets_make(const struct target_settings *settings, size_t settings_count,
                            struct target_context *context);

#endif
