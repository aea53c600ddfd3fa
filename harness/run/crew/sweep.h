/* SPDX-License-Identifier: MIT */
/*
 * Ends what a dead worker left running. Children in its process group die with the group; those
 * that left it (setsid: ssh, daemons) become ours, because we are their subreaper, and are found
 * here. What was started before the scenario that died is left alone: an earlier step may have
 * started it to stay. Without /proc nothing is found.
 */
#ifndef BDDRUN_RUN_CREW_SWEEP_H
#define BDDRUN_RUN_CREW_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Makes orphans of our children ours, from now on. */
void sweep_adopt_orphans(void);

/* Kills and reaps our children that is_known(context, pid) does not know and that started at or
 * after since_boot_ns (CLOCK_BOOTTIME). Returns how many. */
size_t sweep_orphans(bool (*is_known)(const void *context, pid_t pid), const void *context,
                     uint64_t since_boot_ns);

#endif
