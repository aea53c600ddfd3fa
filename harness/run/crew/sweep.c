/* SPDX-License-Identifier: MIT */
#include "run/crew/sweep.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "run/crew/proc_file.h"

enum {
    ROUNDS = 16, /* an orphan's children become ours when it dies */
    LIST_BYTES = 16 << 10,
    STAT_BYTES = 1024,
    STAT_FIELDS_BEFORE_START = 19, /* after the state: proc(5), field 22 */
};

void sweep_adopt_orphans(void)
{
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
}

/* When the process started, in clock ticks since boot; 0 when it is not known. */
static uint64_t start_ticks(pid_t pid)
{
    char bytes[STAT_BYTES];
    struct text rest = proc_file_read(pid, "stat", bytes, sizeof(bytes));
    size_t name_end = rest.size; /* the name may hold anything: its end is the last ')' */
    while (name_end > 0 && rest.at[name_end - 1] != ')') {
        name_end--;
    }
    rest = text_from(rest, name_end + 1);
    struct text field = TEXT_EMPTY;
    for (int i = 0; i <= STAT_FIELDS_BEFORE_START; i++) {
        if (!text_take_until(&rest, ' ', &field)) {
            return 0;
        }
    }
    uint64_t ticks;
    return text_to_uint64(field, &ticks) ? ticks : 0;
}

static bool started_since(pid_t pid, uint64_t since_boot_ns)
{
    uint64_t ticks_per_second = (uint64_t)sysconf(_SC_CLK_TCK);
    uint64_t since_ticks = since_boot_ns / (NANOSECONDS_PER_SECOND / ticks_per_second);
    return start_ticks(pid) >= since_ticks;
}

size_t sweep_orphans(bool (*is_known)(const void *context, pid_t pid), const void *context,
                     uint64_t since_boot_ns)
{
    size_t killed = 0;
    char name[64];
    snprintf(name, sizeof(name), "task/%d/children", (int)getpid());
    for (int round = 0; round < ROUNDS; round++) {
        char bytes[LIST_BYTES];
        struct text list = proc_file_read(getpid(), name, bytes, sizeof(bytes));
        struct text word;
        size_t before = killed;
        while (text_take_until(&list, ' ', &word)) {
            uint64_t number;
            if (!text_to_uint64(word, &number)) {
                continue;
            }
            pid_t pid = (pid_t)number;
            if (!is_known(context, pid) && started_since(pid, since_boot_ns)) {
                (void)kill(pid, SIGKILL);
                (void)waitpid(pid, NULL, 0);
                killed++;
            }
        }
        if (killed == before) {
            break;
        }
    }
    return killed;
}
