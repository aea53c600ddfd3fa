/* SPDX-License-Identifier: MIT */
/*
 * One worker, seen from the parent: a place in the crew with, or without, a process in it.
 */
#ifndef BDDRUN_RUN_CREW_CREW_WORKER_H
#define BDDRUN_RUN_CREW_CREW_WORKER_H

#include "run/crew/crew.h"

struct crew_worker {
    struct crew *crew;
    uint32_t number; /* from 1 */
    pid_t pid;       /* 0: none in this place */
    int socket;
    int exit_descriptor;
    int output;
    struct loop_watch watch;
    struct loop_watch exit_watch;
    struct slot *slot;
    struct buffer input;
    struct buffer unsent;
    struct buffer note; /* of the assignment under way */
    struct assignment queue[WORKER_QUEUE_LIMIT];
    size_t queue_first;
    size_t queue_count;
    uint32_t generation;
    uint32_t given;   /* in this generation */
    uint64_t busy_ns; /* of a processor, wanted or had, when the ramp last looked */
    bool is_hung;     /* killed for it */
    bool is_closed;   /* told that there is no more work */
};

#endif
