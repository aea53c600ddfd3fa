/* SPDX-License-Identifier: MIT */
/* Small files of /proc (proc(5)). */
#ifndef BDDRUN_RUN_CREW_PROC_FILE_H
#define BDDRUN_RUN_CREW_PROC_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/text.h"

/* What /proc/PID/NAME holds, up to capacity, in bytes; empty where it cannot be read. */
struct text proc_file_read(pid_t pid, const char *name, char *bytes, size_t capacity);

#endif
