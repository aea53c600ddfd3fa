/* SPDX-License-Identifier: MIT */
/* Any bytes: a message stream is read, or refused in words; never both, and never without a reason. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "gate/evidence/evidence_run.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    struct evidence_run run;
    int descriptor = memfd_create("evidence", MFD_CLOEXEC);
    if (descriptor < 0 || write(descriptor, data, size) != (ssize_t)size) {
        abort();
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    evidence_run_read(&run, text_of(path));
    if ((run.broken.size > 0) == (run.sha256.size > 0) || (size == 0 && run.broken.size == 0)) {
        abort();
    }
    evidence_run_release(&run);
    close(descriptor);
    return 0;
}
