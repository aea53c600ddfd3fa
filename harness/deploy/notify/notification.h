/* SPDX-License-Identifier: MIT */
/*
 * What people are told of a promotion, and the forms in which they read it.
 */
#ifndef BDDRUN_DEPLOY_NOTIFY_NOTIFICATION_H
#define BDDRUN_DEPLOY_NOTIFY_NOTIFICATION_H

#include "base/buffer.h"
#include "base/text.h"

enum notification_event {
    NOTIFICATION_PROMOTED,
    NOTIFICATION_ROLLED_BACK,
    NOTIFICATION_REFUSED,
    NOTIFICATION_NEEDS_PERSON, /* production cannot be put right by itself: exit code 6 */
};

/* NULL-ended: "promoted", "rolled_back", "refused", "needs_person". */
extern const char *const notification_event_names[];

enum notification_template {
    NOTIFICATION_JSON, /* every member of struct notification */
    NOTIFICATION_SLACK,
    NOTIFICATION_TEAMS, /* an adaptive card, as Teams' workflows take it */
    NOTIFICATION_DISCORD,
};

/* NULL-ended: "json", "slack", "teams", "discord". */
extern const char *const notification_template_names[];

/* Texts are borrowed and free of secrets; what is not known is empty. */
struct notification {
    enum notification_event event;
    struct text target;   /* what was promoted to: a tree, an image, a host */
    struct text release;  /* the release or digest */
    struct text revision; /* its commit */
    struct text previous; /* the release before */
    struct text reason;   /* why it was refused or taken back */
    struct text user;
};

/* One line for a person. */
void notification_print_line(struct buffer *out, const struct notification *notification);

/* The body of a request. */
void notification_print(struct buffer *out, const struct notification *notification,
                        enum notification_template form);

#endif
