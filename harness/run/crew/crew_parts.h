/* SPDX-License-Identifier: MIT */
/*
 * What the files of the crew share: crew.c (the crew), crew_give.c (its work), crew_load.c (how
 * busy it is), crew_worker.c (one worker), crew_bury.c (its death), crew_io.c (its socket).
 */
#ifndef BDDRUN_RUN_CREW_CREW_PARTS_H
#define BDDRUN_RUN_CREW_CREW_PARTS_H

#include "run/crew/crew_worker.h"

/* Forks one into the place. False where the system gives no more processes or descriptors. */
bool crew_worker_fork(struct crew_worker *worker, int *ret_error);

/* Gives it up to `depth` assignments. False when there was nothing to give. */
bool crew_worker_give(struct crew_worker *worker, size_t depth);

/* Takes back what it has not claimed and gives it to the client. */
void crew_worker_revoke(struct crew_worker *worker);

/* Tells it that there is no more work. */
void crew_worker_close(struct crew_worker *worker);

/* Its process has ended: reaps it, takes what it left, blames, frees the place. */
void crew_worker_bury(struct crew_worker *worker, int wait_status);

void crew_worker_kill(struct crew_worker *worker);

/* Sends a message to it, now or when it can take it. */
void crew_worker_send(struct crew_worker *worker, enum message_kind kind, struct text body);
void crew_worker_send_unsent(struct crew_worker *worker);

/* Takes all that it has sent. */
void crew_worker_receive(struct crew_worker *worker);
void crew_worker_take_bytes(struct crew_worker *worker, struct text bytes);

/* A loop_due_function: more workers while they are worth it. context is the crew. */
void crew_ramp_is_due(void *crew);

/* How many processors this process may use. */
unsigned crew_processors(void);

/* How long the process has run or waited for a processor (proc(5), schedstat), not for a server.
 * False where the kernel does not tell. */
bool crew_read_busy_ns(pid_t pid, uint64_t *ret_ns) MUST_CHECK;

/* Whether who was busy for so long in the time that passed leaves less than half to others. */
bool crew_fills_processors(uint64_t busy_ns, uint64_t elapsed_ns, unsigned processors);

/* True when, since it was last asked, the workers kept half of these processors busy: more workers
 * would only get in each other's way. False where the kernel does not tell. */
bool crew_is_saturated(struct crew *crew);

/* After an assignment ended or a worker died. */
void crew_is_freer(struct crew *crew);

#endif
