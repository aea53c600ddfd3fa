/* SPDX-License-Identifier: MIT */
/*
 * The URL that makes a host deploy: Laravel Forge's deployment trigger, Envoyer's push URL, Laravel
 * Cloud's deploy hook, or anybody's. The URL is a secret: nothing here tells more of it than its
 * host. A POST is sent once, is never repeated and never redirected, because each may start a
 * deployment.
 */
#ifndef BDDRUN_DEPLOY_WEBHOOK_TRIGGER_H
#define BDDRUN_DEPLOY_WEBHOOK_TRIGGER_H

#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "deploy/client.h"

enum trigger_kind {
    TRIGGER_GENERIC, /* JSON: {"revision": …}; with a secret X-Bddrun-Signature-256 */
    TRIGGER_FORGE,   /* ?revision=…: $FORGE_VAR_REVISION of the deploy script; it deploys the
                        head of the branch, whatever the commit that it is told */
    TRIGGER_ENVOYER, /* ?sha=… */
    TRIGGER_CLOUD,   /* ?commit_hash=… */
};
enum { TRIGGER_KINDS = TRIGGER_CLOUD + 1 };

/* NULL-ended: "generic", "forge", "envoyer", "laravel-cloud". */
extern const char *const trigger_kind_names[];

struct trigger {
    enum trigger_kind kind;
    struct text url;
    struct text secret; /* of the generic form's signature; may be empty */
};

/* Whether what is deployed is the commit that was asked for, by the host's own promise. */
bool trigger_can_pin(enum trigger_kind kind);

enum trigger_outcome {
    TRIGGER_ACCEPTED, /* 2xx */
    TRIGGER_REFUSED,  /* not sent, or answered so that nothing was started */
    TRIGGER_UNKNOWN,  /* sent, and no answer that tells: the marker has to tell */
};

/* Says in a problem why it is not TRIGGER_ACCEPTED. */
enum trigger_outcome trigger_send(struct client *client, const struct trigger *trigger,
                                  struct text revision, struct problems *problems);

#endif
