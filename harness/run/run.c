/* SPDX-License-Identifier: MIT */
#include "run/run.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "config/settings.h"
#include "run/dry_run.h"
#include "run/run_parts.h"

/* Beginning and end. */

static void init(struct run *run, const struct run_setup *setup, const struct plan *plan,
                 struct problems *problems)
{
    *run = (struct run){ .setup = setup,
                         .plan = plan,
                         .problems = problems,
                         .signal_descriptor = -1,
                         .started_ns = clock_monotonic_ns(setup->clock) };
    arena_init(&run->arena);
    problems_init(&run->own_problems);
    random_init(&run->random);
    secrets_init(&run->secrets);
    emitter_init(&run->emitter, &run->secrets);
    run->announced = ARENA_ARRAY(&run->arena, plan->count / 8 + 1, unsigned char);
    run->lookup = (struct scenario_lookup){ .context = run,
                                            .count = (uint32_t)plan->count,
                                            .describe = run_describe };
}

static void release(struct run *run)
{
    for (size_t i = 0; i < run->task_count; i++) {
        free(run->tasks[i].note);
    }
    free(run->tasks);
    net_global_free(run->runner.net);
    accounts_release(&run->accounts);
    kept_release(&run->kept);
    emitter_release(&run->emitter);
    secrets_release(&run->secrets);
    problems_release(&run->own_problems);
    arena_release(&run->arena);
}

/* The phases. */

static bool phase_is_over(const void *context)
{
    return run_is_phase_over(context);
}

static bool is_left_out(const struct run *run, enum plan_phase phase)
{
    bool is_scenarios = phase == PLAN_PARALLEL || phase == PLAN_SERIAL;
    return run->is_over || (is_scenarios && (run->has_failed_setup || run->is_cut_short)) ||
           (phase == PLAN_BEFORE_ALL && run->is_cut_short);
}

static void run_phase(struct run *run, enum plan_phase phase)
{
    if (is_left_out(run, phase)) {
        return;
    }
    run->phase = phase;
    run->cursor = 0;
    crew_resume(&run->crew);
    crew_fill(&run->crew);
    (void)loop_run(&run->loop, phase_is_over, run, LOOP_NO_DEADLINE);
}

static void run_phases(struct run *run)
{
    run->stage = RUN_STAGE_SCENARIOS;
    for (int phase = 0; phase < PLAN_PHASE_COUNT; phase++) {
        run_phase(run, (enum plan_phase)phase);
    }
    if (run->has_failed_setup && !run->is_cut_short) {
        run->cause = TEXT("the set-up failed (@before-all): no scenario was run");
    }
}

static void ask_revisions(struct run *run, enum run_stage stage)
{
    const struct config_environment *environment = run->setup->settings->environment;
    if (!environment || environment->revision.at.size == 0 || run->is_cut_short) {
        return;
    }
    run->stage = stage;
    run->revisions_asked = false;
    crew_resume(&run->crew);
    crew_fill(&run->crew);
    (void)loop_run(&run->loop, phase_is_over, run, LOOP_NO_DEADLINE);
}

/* A service that was replaced meanwhile: some scenarios saw the one, some the other. */
static void compare_revision(struct run *run, const struct revision *before)
{
    const struct revision_list *after = &run->revisions_after;
    for (size_t i = 0; i < after->count; i++) {
        const struct revision *now = &after->list[i];
        if (text_equal(now->service, before->service) &&
            !text_equal(now->revision, before->revision)) {
            bool has_name = now->service.size > 0;
            problems_add(run->problems, PROBLEM_WARNING, span_none(),
                         "run again: the scenarios did not all see the same revision",
                         "the revision%s%.*s%s changed during the run from '%.*s' to '%.*s'",
                         has_name ? " of '" : "", TEXT_ARG(now->service), has_name ? "'" : "",
                         TEXT_ARG(before->revision), TEXT_ARG(now->revision));
        }
    }
}

static void compare_revisions(struct run *run)
{
    for (size_t i = 0; i < run->revisions_before.count; i++) {
        compare_revision(run, &run->revisions_before.list[i]);
    }
}

static void run_dry(struct run *run)
{
    for (size_t i = 0; i < run->plan->count; i++) {
        uint64_t now_ns = clock_realtime_ns(run->setup->clock);
        (void)run_result(run, dry_run_result(&run->emitter, run->plan, (uint32_t)i, now_ns));
    }
}

static void run_really(struct run *run)
{
    run_set_timers(run);
    ask_revisions(run, RUN_STAGE_REVISIONS_BEFORE);
    run_tell_start(run);
    run_phases(run);
    run_tell_untorn(run);
    ask_revisions(run, RUN_STAGE_REVISIONS_AFTER);
    compare_revisions(run);
    run_tell_masks(run);
    run->stage = RUN_STAGE_OVER;
    crew_close(&run->crew);
}

static enum exit_code work(struct run *run, struct problems *problems)
{
    if (run->setup->options->is_dry_run) {
        run_tell_start(run);
        run_dry(run);
    } else {
        run_really(run);
    }
    run_tell_problems(run, problems);
    enum exit_code code = run_judge(run);
    run_tell_end(run, code);
    return code;
}

static enum exit_code run_reported(struct run *run, struct problems *problems)
{
    enum exit_code code = EXIT_CODE_ENVIRONMENT;
    bool is_ready = run_catch_signals(run, problems) && run_prepare(run);
    if (is_ready) {
        run->problems = &run->own_problems;
        run->client.problems = &run->own_problems;
        code = work(run, problems);
        crew_release(&run->crew);
        if (!stream_close(&run->stream, problems)) {
            code = exit_code_worse(code, EXIT_CODE_ENVIRONMENT);
        }
    } else {
        code = problems_exit_code(problems);
        stream_abandon(&run->stream);
    }
    run_release_signals(run);
    return code;
}

enum exit_code run_scenarios(const struct run_setup *setup, const struct plan *plan,
                             struct problems *problems)
{
    struct run run;
    enum exit_code code = EXIT_CODE_ENVIRONMENT;
    init(&run, setup, plan, problems);
    if (loop_init(&run.loop, setup->clock, problems)) {
        code = run_open_reports(&run) ? run_reported(&run, problems)
                                      : problems_exit_code(problems);
        loop_release(&run.loop);
    }
    release(&run);
    return code;
}
