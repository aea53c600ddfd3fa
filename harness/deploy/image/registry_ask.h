/* SPDX-License-Identifier: MIT */
/* One request to a registry, with the authentication that it asks for. Private to image. */
#ifndef BDDRUN_DEPLOY_IMAGE_REGISTRY_ASK_H
#define BDDRUN_DEPLOY_IMAGE_REGISTRY_ASK_H

#include "deploy/image/registry.h"

struct registry_request {
    const char *method;
    struct text reference;    /* a tag or digest */
    struct text content_type; /* of the manifest; empty: no body */
    struct text manifest;
};

/* The answer to /v2/<repository>/manifests/<reference>. NULL with a problem: none came, or we are
 * not let in. */
const struct exchange *registry_ask(struct registry *registry,
                                    const struct registry_request *asked,
                                    struct problems *problems);

/* Adds a problem for an answer that is not the expected one, with what the registry says of it
 * (its first error). Always false. */
bool registry_refuse(const struct exchange *exchange, const char *expected,
                     struct problems *problems);

#endif
