/* SPDX-License-Identifier: MIT */
/*
 * Which revision production serves, asked again and again after a switch: opcode caches, workers
 * and servers that were not restarted go on serving the release before for minutes, some requests
 * of it, and scenarios that ran then would test the wrong one. Each answer comes by a connection of
 * its own, so that other workers and, behind a balancer, other hosts get their turn.
 */
#ifndef BDDRUN_DEPLOY_MARKER_H
#define BDDRUN_DEPLOY_MARKER_H

#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "config/settings.h"
#include "deploy/client.h"

enum { MARKER_PAUSE_MS = 200 };

struct marker {
    const struct config_revision *revision;
    const struct text *urls; /* base URLs, each host's or the environment's */
    size_t url_count;
    uint64_t times;     /* in a row, of each */
    uint64_t within_ms; /* for all of them */
};

/* Whether each URL answers with the commit so many times in a row, in time. What was not so is a
 * problem. */
bool marker_wait(const struct marker *marker, struct client *client, struct text commit,
                 struct problems *problems) MUST_CHECK;

/* What one URL answers now. False with a problem. */
bool marker_ask(const struct marker *marker, struct client *client, struct text url,
                struct text *ret_commit, struct problems *problems) MUST_CHECK;

/* Equal, or the shorter an abbreviation of at least 7 digits. */
bool marker_is_commit(struct text shown, struct text commit);

#endif
