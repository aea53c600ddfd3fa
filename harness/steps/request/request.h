/* SPDX-License-Identifier: MIT */
/* What the steps of section B share: a request from a step's first arguments and its tables. */
#ifndef BDDRUN_STEPS_REQUEST_REQUEST_H
#define BDDRUN_STEPS_REQUEST_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "exchange/request.h"
#include "world/send.h"

struct actor;
struct step;

/* `{actor} send(s) {method} {string} …`: copies requests of each actor, not started. NULL: the
 * step has failed. */
struct sending *request_prepare(struct step *step, size_t copies);

void request_set_body(struct request *request, struct text body, struct text content_type);

/* The step's table of pairs. False: the step has failed. */
bool request_add_pairs(struct step *step, const struct actor *actor, struct headers *pairs);

#endif
