/* SPDX-License-Identifier: MIT */
#include "run/crew/proc_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { PATH_BYTES = 96 };

struct text proc_file_read(pid_t pid, const char *name, char *bytes, size_t capacity)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t count = descriptor >= 0 ? read(descriptor, bytes, capacity) : -1;
    if (descriptor >= 0) {
        close(descriptor);
    }
    return text_make(bytes, count > 0 ? (size_t)count : 0);
}
