/* SPDX-License-Identifier: MIT */
/*
 * Asking a component whether anything goes on in it that a switch would interrupt (`suspend: {idle:
 * …}` of bddrun.yaml). The answer is 204, or 200 with {"idle": true}, when nothing does; 409, or 200
 * with {"idle": false, "active": 3}, while something does. Any other answer is none: what cannot be
 * asked is not taken to be idle.
 */
#ifndef BDDRUN_DEPLOY_IDLE_H
#define BDDRUN_DEPLOY_IDLE_H

#include "base/problem.h"
#include "base/text.h"
#include "deploy/client.h"

enum idle_state {
    IDLE_YES,
    IDLE_NO,
    IDLE_UNKNOWN, /* a problem says what was answered */
};

/* url is absolute. *ret_active is how much goes on, where the component tells; else 0. */
enum idle_state idle_ask(struct client *client, struct text url, uint64_t *ret_active,
                         struct problems *problems);

#endif
