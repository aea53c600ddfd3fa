/* SPDX-License-Identifier: MIT */
/* How process.h starts a program: its descriptors, signals and limits. Private to base. */
#ifndef BDDRUN_BASE_SYSTEM_SPAWN_H
#define BDDRUN_BASE_SYSTEM_SPAWN_H

#include <sys/types.h>

#include "base/process.h"

/* Where to read what it writes: the caller's to close. */
struct spawn_ends {
    int output;
    int errors; /* -1 unless the request has its errors apart */
};

/* 0, or errno: then nothing was started and nothing is open. */
int spawn_process(const struct process_request *request, struct spawn_ends *ret_ends,
                  pid_t *ret_pid);

#endif
