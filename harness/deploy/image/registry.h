/* SPDX-License-Identifier: MIT */
/*
 * One repository of a container registry (OCI Distribution Specification 1.1; Docker Registry HTTP
 * API V2): which digest a tag names, and moving a tag to a digest that is already there, by the
 * identical bytes of its manifest. Authentication is Basic or a token of the registry's realm, as
 * its challenge asks; user and password go to the registry and to that realm only.
 */
#ifndef BDDRUN_DEPLOY_IMAGE_REGISTRY_H
#define BDDRUN_DEPLOY_IMAGE_REGISTRY_H

#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "deploy/client.h"

/* All texts are borrowed; url and repository are of registry_read_image. */
struct registry {
    struct client *client;
    struct text url;        /* "https://registry.example:5000" */
    struct text repository; /* "arena/web" */
    struct text user;       /* empty: anonymous */
    struct text password;
    struct text realm;         /* where a token may be fetched; empty: on the registry's host */
    struct text authorization; /* learned: the value of Authorization, or empty */
};

/* Splits "registry.example:5000/arena/web" (with or without https://; http:// only for loopback)
 * into registry->url and registry->repository. False with a problem at `at`. */
bool registry_read_image(struct registry *registry, struct text image, struct span at,
                         struct problems *problems) MUST_CHECK;

bool registry_tag_is_valid(struct text tag);
bool registry_digest_is_valid(struct text digest); /* sha256: and 64 hex digits */

/* The digest that the tag names; empty where there is no such tag. False with a problem: no
 * answer, not allowed. */
bool registry_find(struct registry *registry, struct text tag, struct text *ret_digest,
                   struct problems *problems) MUST_CHECK;

/* Makes the tag name the manifest of this digest, and looks afterwards that it does. False with a
 * problem; then the tag names what it named before, or the problem says that it may not. */
bool registry_move(struct registry *registry, struct text tag, struct text digest,
                   struct problems *problems) MUST_CHECK;

#endif
