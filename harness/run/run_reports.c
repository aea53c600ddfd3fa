/* SPDX-License-Identifier: MIT */
/* What a run tells: its reporters, its beginning and end, its exit code. */
#include "config/settings.h"
#include "run/messages/run_evidence.h"
#include "run/messages/plan_messages.h"
#include "run/run_parts.h"

/* Reports. */

static bool takes_output(const struct text *format)
{
    size_t colon = text_find_byte(*format, ':', 0);
    struct text file = text_from(*format, colon + 1);
    return file.size == 0 || text_is(file, "-");
}

/* Those of --format, those of `reports:` below the output folder, and the terminal where nothing
 * else goes to the standard output. */
bool run_open_reports(struct run *run)
{
    const struct run_options *options = run->setup->options;
    const struct config_settings *settings = run->setup->settings;
    struct text *formats = ARENA_ARRAY(
        &run->arena, options->format_count + settings->reports.count + 1, struct text);
    size_t count = 0;
    bool has_output = false;
    for (size_t i = 0; i < options->format_count; i++) {
        has_output = has_output || takes_output(&options->formats[i]);
        formats[count++] = options->formats[i];
    }
    for (size_t i = 0; i < settings->reports.count; i++) {
        struct text report = settings->reports.list[i];
        size_t colon = text_find_byte(report, ':', 0);
        struct text file = text_from(report, colon + 1);
        bool is_output = takes_output(&report);
        if (!is_output) {
            report = arena_format(&run->arena, "%.*s:%.*s/%.*s",
                                  TEXT_ARG(text_slice(report, 0, colon)),
                                  TEXT_ARG(settings->output), TEXT_ARG(file));
        }
        has_output = has_output || is_output;
        formats[count++] = report;
    }
    if (!has_output) {
        formats[count++] = TEXT("terminal");
    }
    run->reporter_setup =
        (struct reporter_setup){ .scenarios = &run->lookup,
                                 .clock = run->setup->clock,
                                 .output_descriptor = run->setup->output_descriptor,
                                 .notice_descriptor = run->setup->notice_descriptor,
                                 .verbosity = (int)options->verbosity,
                                 .with_colour = options->with_colour,
                                 .has_progress =
                                     options->is_terminal && options->verbosity != RUN_QUIET,
                                 .columns = run->setup->columns };
    return stream_open(&run->stream, formats, count, &run->reporter_setup, run->problems);
}

static uint32_t count_features(const struct plan *plan)
{
    uint32_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        count += i == 0 || plan->list[i].file != plan->list[i - 1].file;
    }
    return count;
}

void run_tell_start(struct run *run)
{
    const struct run_setup *setup = run->setup;
    const struct config_environment *environment = setup->settings->environment;
    uint64_t now_ns = clock_realtime_ns(setup->clock);
    struct run_started started = {
        .version = TEXT(BDDRUN_VERSION),
        .command = setup->command,
        .config = setup->settings->config_path,
        .environment = environment ? environment->name : TEXT_EMPTY,
        .base_url = setup->settings->base_url,
        .run_id = run->runner.run_id,
        .jobs = (uint32_t)run->runner.jobs,
        .is_dry_run = setup->options->is_dry_run,
        .is_random = run->plan->is_random,
        .seed = run->plan->seed,
        .feature_count = count_features(run->plan),
        .scenario_count = (uint32_t)run->plan->count,
        .shard_index = (uint32_t)setup->options->shard_index,
        .shard_count = (uint32_t)setup->options->shard_count,
        .revisions = run->revisions_before.list,
        .revision_count = run->revisions_before.count,
    };
    struct event event = { .kind = EVENT_RUN_STARTED,
                           .time_ns = now_ns,
                           .run_started = &started };
    run_evidence_begin(run, now_ns);
    plan_tell_sources(run->plan, &run->stream, &run->secrets, now_ns, run->problems);
    stream_event(&run->stream, &event, run->problems);
    plan_tell_cases(run->plan, &run->stream, &run->secrets, now_ns, run->problems);
}

/* Problems that came up while reports were open belong into them; those that none shows are left
 * for the command. */
void run_tell_problems(struct run *run, struct problems *problems)
{
    bool is_shown = stream_shows_problems(&run->stream);
    for (size_t i = 0; i < run->problems->count; i++) {
        const struct problem *problem = &run->problems->list[i];
        struct event event = { .kind = EVENT_PROBLEM,
                               .time_ns = clock_realtime_ns(run->setup->clock),
                               .problem = problem };
        stream_event(&run->stream, &event, problems);
        if (!is_shown) {
            problems_add(problems, problem->kind, problem->at,
                         problem->hint.size ? problem->hint.at : NULL, "%.*s",
                         TEXT_ARG(problem->message));
        }
    }
}

/* No server ever answered: the environment is to blame, not the scenarios. */
static bool is_unreachable(const struct run *run)
{
    bool has_no_answer = false;
    for (size_t i = 0; i < run->runner.jobs; i++) {
        const struct slot *slot = crew_slot(&run->crew, i);
        if (atomic_load(&slot->has_answer)) {
            return false;
        }
        has_no_answer = has_no_answer || atomic_load(&slot->has_no_answer);
    }
    return has_no_answer;
}

static bool is_all_skipped(const struct run *run)
{
    const struct tally *tally = &run->tally;
    return tally->finished > 0 && tally->finished == tally->scenarios[STATUS_SKIPPED] &&
           !run->setup->options->is_dry_run;
}

static enum exit_code judge_scenarios(const struct run *run)
{
    const struct tally *tally = &run->tally;
    if (tally_failures(tally) > 0) {
        return is_unreachable(run) ? EXIT_CODE_ENVIRONMENT : EXIT_CODE_NO;
    }
    if (tally->finished < run->plan->count ||
        (tally->flaky > 0 && run->setup->options->fails_on_flaky)) {
        return EXIT_CODE_NO;
    }
    return is_all_skipped(run) ? EXIT_CODE_NOTHING : EXIT_CODE_YES;
}

enum exit_code run_judge(struct run *run)
{
    if (run->signal) {
        return (enum exit_code)(EXIT_CODE_SIGNAL + run->signal);
    }
    return exit_code_worse(problems_exit_code(run->problems), judge_scenarios(run));
}

void run_tell_end(struct run *run, enum exit_code code)
{
    struct run_finished finished = {
        .exit_code = code,
        .meaning = text_of(exit_code_meaning(code)),
        .cause = run->cause,
        .is_interrupted = run->tally.finished < run->plan->count,
        .duration_ns = clock_monotonic_ns(run->setup->clock) - run->started_ns,
        .tally = run->tally,
        .revisions = run->revisions_after.list,
        .revision_count = run->revisions_after.count,
    };
    run_evidence_tell(run, code);
    struct event event = { .kind = EVENT_RUN_FINISHED,
                           .time_ns = clock_realtime_ns(run->setup->clock),
                           .run_finished = &finished };
    stream_event(&run->stream, &event, run->problems);
}
