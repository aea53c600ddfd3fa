/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "reporters/parts/output.h"

/* Written as a whole when the run is over: until then the list of the last run stays, so that
 * `bddrun @rerun.txt --format rerun:rerun.txt` can read what it replaces. */
struct rerun {
    const struct reporter_setup *setup;
    struct output output;
    struct arena scratch;
};

static void release(void *opaque)
{
    struct rerun *rerun = opaque;
    output_abandon(&rerun->output);
    arena_release(&rerun->scratch);
    free(rerun);
}

static void *open_rerun(const struct reporter_setup *setup, struct text file,
                        struct problems *problems)
{
    struct rerun *rerun = alloc_or_die(1, sizeof *rerun);
    rerun->setup = setup;
    arena_init(&rerun->scratch);
    if (output_open(&rerun->output, setup, file, true, problems))
        return rerun;
    release(rerun);
    return NULL;
}

static bool take_event(void *opaque, const struct event *event, struct problems *problems)
{
    struct rerun *rerun = opaque;
    const struct scenario_lookup *lookup = rerun->setup->scenarios;
    if (event->kind != EVENT_SCENARIO_FINISHED || event->result->will_be_retried ||
        !status_is_failure(event->result->status))
        return true;
    struct scenario_info info = { 0 };
    arena_clear(&rerun->scratch);
    lookup->describe(lookup->context, event->result->scenario, &rerun->scratch, &info);
    buffer_add(&rerun->output.made, info.uri);
    buffer_add_format(&rerun->output.made, ":%u\n", info.line);
    return output_write(&rerun->output, problems);
}

static bool close_rerun(void *opaque, struct problems *problems)
{
    struct rerun *rerun = opaque;
    bool is_complete = output_close(&rerun->output, problems);
    release(rerun);
    return is_complete;
}

const struct reporter_type reporter_rerun = {
    .name = "rerun",
    .summary = "file:line of every scenario that failed, to be run again as @FILE",
    .open = open_rerun,
    .event = take_event,
    .close = close_rerun,
    .abandon = release,
};
