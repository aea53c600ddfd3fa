/* SPDX-License-Identifier: MIT */
/* The deaths of workers. A scenario that left something to do is told when another worker has done
 * it; the others are told at once. */
#include "run/run_parts.h"

static struct run_teardown *find(struct run *run, uint32_t scenario)
{
    struct run_teardown *at = run->teardowns;
    while (at && at->casualty.started.scenario != scenario) {
        at = at->next;
    }
    return at;
}

void run_end_teardown(struct run *run, uint32_t scenario)
{
    struct run_teardown **link = &run->teardowns;
    while (*link && (*link)->casualty.started.scenario != scenario) {
        link = &(*link)->next;
    }
    if (*link) {
        *link = (*link)->next;
    }
}

size_t run_teardowns_left(const struct run *run)
{
    size_t count = 0;
    for (const struct run_teardown *at = run->teardowns; at; at = at->next) {
        count += !at->is_given;
    }
    return run->is_over ? 0 : count;
}

bool run_next_teardown(struct run *run, struct assignment *ret, struct text *ret_note)
{
    struct run_teardown *at = run->teardowns;
    while (at && at->is_given) {
        at = at->next;
    }
    if (!at || run->is_over) {
        return false;
    }
    at->is_given = true;
    *ret = (struct assignment){ .index = at->casualty.started.scenario,
                                .attempt = at->casualty.started.attempt,
                                .is_teardown = true };
    *ret_note = at->note;
    return true;
}

/* Also when no scenario is started any more, a teardown is. */
static void wait_for_worker(struct run *run, struct run_teardown *teardown)
{
    teardown->is_given = false;
    crew_resume(&run->crew);
}

void run_return_teardown(struct run *run, uint32_t scenario)
{
    struct run_teardown *teardown = find(run, scenario);
    if (teardown) {
        wait_for_worker(run, teardown);
    }
}

static void leave_to_another(struct run *run, const struct casualty *casualty, struct text left)
{
    struct run_teardown *teardown = ARENA_NEW(&run->arena, struct run_teardown);
    struct buffer note;
    buffer_init(&note, MESSAGE_LIMIT_BYTES);
    casualty_print(casualty, &note);
    buffer_add(&note, left);
    *teardown = (struct run_teardown){ .next = run->teardowns,
                                       .casualty = *casualty,
                                       .note = arena_text(&run->arena, buffer_text(&note)) };
    buffer_release(&note);
    run->teardowns = teardown;
    wait_for_worker(run, teardown);
}

static void tell(struct run *run, const struct casualty *casualty)
{
    if (!run_result(run, casualty_result(casualty, &run->emitter, run->plan))) {
        struct assignment again = { .index = casualty->started.scenario,
                                    .attempt = casualty->started.attempt + 1 };
        run_push(run, &again, TEXT_EMPTY);
    }
}

/* What is known of the scenario now: of its first death, if the worker died in the teardown. */
static struct casualty make_casualty(struct run *run, const struct crash *crash)
{
    uint64_t now_ns = clock_realtime_ns(run->setup->clock);
    struct casualty casualty = casualty_make(crash, now_ns, &run->arena);
    const struct run_teardown *earlier = find(run, crash->assignment.index);
    if (earlier) {
        struct text cause = casualty.message;
        casualty = earlier->casualty;
        casualty.aftermath =
            arena_format(&run->arena, "the teardown was cut short: %.*s", TEXT_ARG(cause));
    }
    casualty.may_be_retried =
        casualty.started.attempt < run->runner.retry && !run->is_cut_short;
    return casualty;
}

void run_take_crash(void *context, const struct crash *crash)
{
    struct run *run = context;
    run->in_flight--;
    if (crash->assignment.index == RUNNER_REVISIONS) {
        problems_add(run->problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "the revisions could not be read: the worker died");
        return;
    }
    struct casualty casualty = make_casualty(run, crash);
    run_end_teardown(run, crash->assignment.index);
    if (crash->note.size && !crash->is_forced && !run->is_over) {
        leave_to_another(run, &casualty, crash->note);
    } else {
        tell(run, &casualty);
    }
}

void run_tell_untorn(struct run *run)
{
    while (run->teardowns) {
        struct casualty casualty = run->teardowns->casualty;
        casualty.aftermath = TEXT("the teardown was not run: the run was ended by force");
        casualty.may_be_retried = false;
        tell(run, &casualty);
    }
}
