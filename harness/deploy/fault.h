/* SPDX-License-Identifier: MIT */
/*
 * Places where a process may be killed, named, so that tests can kill it there. Outside of tests
 * nobody listens.
 */
#ifndef BDDRUN_DEPLOY_FAULT_H
#define BDDRUN_DEPLOY_FAULT_H

struct fault {
    void (*reached)(void *context, const char *place);
    void *context;
};

/* fault may be NULL. */
void fault_reached(const struct fault *fault, const char *place);

#endif
