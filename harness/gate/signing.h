/* SPDX-License-Identifier: MIT */
/*
 * The verdict as a signed file: with the key (or the command of a key service) that the policy
 * names, or else that of BDDRUN_SIGNING_KEY. A job without secrets, such as that of a fork, has
 * none: then nothing is written, and that is said.
 */
#ifndef BDDRUN_GATE_SIGNING_H
#define BDDRUN_GATE_SIGNING_H

#include <stdbool.h>

#include "base/attribute.h"
#include "base/problem.h"
#include "config/policy.h"
#include "gate/verdict.h"

struct signing_request {
    const struct config_signing *policy; /* NULL: none */
    const char *const *process_environment;
    struct text path; /* of the file to write */
};

/* False with problems: a key that cannot be used, an override without its second key, a full disk.
 * *ret_is_signed is false, with a warning, where there is no key. Sets the override's key id. */
bool verdict_write_signed(struct verdict *verdict, const struct signing_request *request,
                          bool *ret_is_signed, struct problems *problems) MUST_CHECK;

#endif
