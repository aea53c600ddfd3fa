/* SPDX-License-Identifier: MIT */
/* Whether the workers leave the processors anything to do. */
#include <sched.h>

#include "run/crew/crew_parts.h"
#include "run/crew/proc_file.h"

enum { SCHEDSTAT_BYTES = 128, FULL_PERCENT = 50 };

bool crew_read_busy_ns(pid_t pid, uint64_t *ret_ns)
{
    char bytes[SCHEDSTAT_BYTES];
    struct text rest = proc_file_read(pid, "schedstat", bytes, sizeof(bytes));
    struct text ran;
    struct text waited;
    uint64_t ran_ns;
    uint64_t waited_ns;
    if (!text_take_until(&rest, ' ', &ran) || !text_take_until(&rest, ' ', &waited) ||
        !text_to_uint64(ran, &ran_ns) || !text_to_uint64(waited, &waited_ns)) {
        return false;
    }
    *ret_ns = ran_ns + waited_ns;
    return true;
}

unsigned crew_processors(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof(set), &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

bool crew_fills_processors(uint64_t busy_ns, uint64_t elapsed_ns, unsigned processors)
{
    return busy_ns > processors * elapsed_ns / 100 * FULL_PERCENT;
}

bool crew_is_saturated(struct crew *crew)
{
    uint64_t now_ns = loop_now_ns(crew->setup.loop);
    uint64_t elapsed_ns = now_ns - crew->looked_ns;
    uint64_t busy_ns = 0;
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        struct crew_worker *worker = &crew->workers[i];
        uint64_t total_ns;
        if (worker->pid > 0 && crew_read_busy_ns(worker->pid, &total_ns)) {
            busy_ns += total_ns - worker->busy_ns;
            worker->busy_ns = total_ns;
        }
    }
    crew->looked_ns = now_ns;
    return crew_fills_processors(busy_ns, elapsed_ns, crew_processors());
}
