/* SPDX-License-Identifier: MIT */
/*
 * What worker.c and worker_io.c share.
 */
#ifndef BDDRUN_RUN_CREW_WORKER_IO_H
#define BDDRUN_RUN_CREW_WORKER_IO_H

#include "run/crew/worker.h"

/* A loop_ready_function: takes what the parent sent. */
void worker_receive(void *context, unsigned ready);

/* Forgets assignments that the parent took back. */
void worker_drop_revoked(struct worker *worker);

#endif
