/* SPDX-License-Identifier: MIT */
/*
 * Who is told of promotions, as `notify` of bddrun.yaml says, and telling them. A delivery that
 * fails changes no result, but is itself said.
 */
#ifndef BDDRUN_DEPLOY_NOTIFY_NOTIFY_H
#define BDDRUN_DEPLOY_NOTIFY_NOTIFY_H

#include "base/problem.h"
#include "config/config.h"
#include "config/value.h"
#include "deploy/client.h"
#include "deploy/notify/notification.h"

/* Somebody who is told: a webhook or a program. */
struct notify_channel {
    struct config_secret_source webhook; /* its URL is a secret: {env: NAME} or {file: PATH} */
    struct config_texts command;         /* gets the body on its standard input */
    int form;                            /* enum notification_template */
    unsigned events;                     /* 1 << enum notification_event; 0: all */
};

/* `notify`: struct config_records of struct notify_channel. */
extern const struct config_section notify_section;

/* Tells all channels that want to know. Adds a warning for each that could not be told. */
void notify(struct client *client, const struct config *config,
            const struct notification *notification, struct problems *problems);

#endif
