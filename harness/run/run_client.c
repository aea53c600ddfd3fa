/* SPDX-License-Identifier: MIT */
/* What the crew asks of the run, and what it tells. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "run/run_parts.h"

/* Work. */

void run_push(struct run *run, const struct assignment *assignment, struct text note)
{
    char *copy = NULL;
    if (note.size) {
        copy = alloc_or_die(note.size, 1);
        memcpy(copy, note.at, note.size);
    }
    GROW(run->tasks, run->task_count, run->task_capacity);
    run->tasks[run->task_count++] = (struct run_task){ *assignment, copy, note.size };
}

static bool is_one_by_one(const struct run *run)
{
    return run->phase != PLAN_PARALLEL || run->stage != RUN_STAGE_SCENARIOS;
}

static bool is_phase_given(const struct run *run)
{
    return run->cursor >= run->plan->order_count[run->phase];
}

static bool is_closed(const struct run *run)
{
    bool is_teardown = run->stage == RUN_STAGE_SCENARIOS && run->phase == PLAN_AFTER_ALL;
    return run->is_over || run->stage == RUN_STAGE_OVER || (run->is_cut_short && !is_teardown);
}

static size_t left(const void *context)
{
    const struct run *run = context;
    size_t teardowns = run_teardowns_left(run);
    if (is_closed(run)) {
        return teardowns;
    }
    size_t here = run->stage == RUN_STAGE_SCENARIOS
                      ? run->plan->order_count[run->phase] - run->cursor
                      : !run->revisions_asked;
    size_t all = here + run->task_count + teardowns;
    return is_one_by_one(run) && all > 1 ? 1 : all;
}

bool run_is_phase_over(const struct run *run)
{
    return run->in_flight == 0 && left(run) == 0;
}

static bool next_of_stage(struct run *run, struct assignment *ret)
{
    if (run->stage != RUN_STAGE_SCENARIOS) {
        *ret = (struct assignment){ .index = RUNNER_REVISIONS };
        bool is_first = !run->revisions_asked;
        run->revisions_asked = true;
        return is_first;
    }
    if (is_phase_given(run)) {
        return false;
    }
    *ret = (struct assignment){ .index = run->plan->order[run->phase][run->cursor++] };
    return true;
}

static bool next(void *context, struct assignment *ret, struct text *ret_note)
{
    struct run *run = context;
    if (is_one_by_one(run) && run->in_flight > 0) {
        return false;
    }
    if (run_next_teardown(run, ret, ret_note)) {
        run->in_flight++;
        return true;
    }
    if (is_closed(run)) {
        return false;
    }
    if (run->task_count > 0) {
        struct run_task *task = &run->tasks[--run->task_count];
        *ret = task->assignment;
        *ret_note = arena_text(&run->arena, text_make(task->note, task->note_bytes));
        free(task->note);
    } else if (!next_of_stage(run, ret)) {
        return false;
    }
    run->in_flight++;
    return true;
}

static void give_back(void *context, const struct assignment *assignment)
{
    struct run *run = context;
    run->in_flight--;
    if (assignment->is_teardown) {
        run_return_teardown(run, assignment->index);
    } else if (!run->is_cut_short || run->phase == PLAN_AFTER_ALL) {
        run_push(run, assignment, TEXT_EMPTY);
    }
}

/* Events. */

static void send(struct run *run, const struct event *event)
{
    stream_event(&run->stream, event, run->problems);
}

static void announce(struct run *run, const struct scenario_started *started, uint64_t time_ns)
{
    struct event event = { .kind = EVENT_SCENARIO_STARTED,
                           .time_ns = time_ns,
                           .scenario_started = *started };
    send(run, &event);
}

static bool is_announced(const struct run *run, uint32_t scenario)
{
    return run->announced[scenario / 8] >> (scenario % 8) & 1;
}

static void set_announced(struct run *run, uint32_t scenario, bool is_announced_now)
{
    unsigned char bit = (unsigned char)(1 << (scenario % 8));
    if (is_announced_now) {
        run->announced[scenario / 8] |= bit;
    } else {
        run->announced[scenario / 8] &= (unsigned char)~bit;
    }
}

/* Starts are not sent by workers: they are told with the end, or here when that takes long. */
void run_announce_slow(struct run *run)
{
    uint64_t now_ns = loop_now_ns(&run->loop);
    for (size_t i = 0; i < run->crew.setup.jobs; i++) {
        const struct slot *slot = crew_slot(&run->crew, i);
        uint32_t running = atomic_load(&slot->running);
        uint64_t started_ns = atomic_load(&slot->started_ns);
        if (running == 0 || running > run->plan->count || is_announced(run, running - 1) ||
            now_ns < started_ns) {
            continue;
        }
        struct scenario_started started = { running - 1, atomic_load(&slot->attempt),
                                            (uint32_t)i + 1 };
        set_announced(run, running - 1, true);
        announce(run, &started, clock_realtime_ns(run->setup->clock) - (now_ns - started_ns));
    }
}

/* Hands a result on; false when it is no last attempt. */
bool run_result(struct run *run, const struct result *result)
{
    run_end_teardown(run, result->scenario);
    struct scenario_started started = { result->scenario, result->attempt, result->worker };
    struct event event = { .kind = EVENT_SCENARIO_FINISHED,
                           .time_ns = result->started_ns + result->duration_ns,
                           .result = result };
    if (!is_announced(run, result->scenario)) {
        announce(run, &started, result->started_ns);
    }
    set_announced(run, result->scenario, false);
    send(run, &event);
    tally_add(&run->tally, result);
    if (run->accounts.row_count) {
        accounts_take_back(&run->accounts, result->scenario);
        run_answer_waiting(run);
    }
    if (result->will_be_retried) {
        return false;
    }
    if (status_is_failure(result->status) && run->phase == PLAN_BEFORE_ALL) {
        run->has_failed_setup = true;
    }
    uint64_t limit = run->setup->options->max_failures;
    if (limit && tally_failures(&run->tally) >= limit && !run->is_cut_short) {
        run_cut_short(run, limit == 1 ? TEXT("stopped after the first failure")
                                      : arena_format(&run->arena, "stopped after %llu failures",
                                                     (unsigned long long)limit));
    }
    return true;
}

static bool is_end(const struct event *event)
{
    return event->kind == EVENT_SCENARIO_FINISHED && !event->result->will_be_retried;
}

static void take_event(void *context, const struct event *event)
{
    struct run *run = context;
    if (event->kind != EVENT_SCENARIO_FINISHED) {
        return;
    }
    bool is_last =
        event->result->scenario == RUNNER_REVISIONS ? true : run_result(run, event->result);
    if (is_last) {
        run->in_flight--;
    }
}

struct crew_client run_client(struct run *run)
{
    return (struct crew_client){ .context = run,
                                 .next = next,
                                 .give_back = give_back,
                                 .event = take_event,
                                 .is_end = is_end,
                                 .crashed = run_take_crash,
                                 .ask = run_ask,
                                 .problems = run->problems,
                                 .left = left };
}
