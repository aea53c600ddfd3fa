/* SPDX-License-Identifier: MIT */
#include "run/run.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "config/settings.h"
#include "run/dry_run.h"
#include "run/run_parts.h"

enum { RUN_ID_SIZE = 8 };

/* Reports. */

static bool takes_output(const struct text *format)
{
    size_t colon = text_find_byte(*format, ':', 0);
    struct text file = text_from(*format, colon + 1);
    return file.size == 0 || text_is(file, "-");
}

/* Those of --format, those of `reports:` below the output folder, and the terminal where nothing
 * else goes to the standard output. */
static bool open_reports(struct run *run)
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

/* What every worker gets. */

static void make_limits(struct run *run)
{
    const struct run_options *options = run->setup->options;
    const struct config_limits *limits = &run->setup->settings->limits;
    run->runner.limits = (struct run_limits){
        .step_ms = options->step_timeout_ms ? options->step_timeout_ms : limits->step_ms,
        .scenario_ms =
            options->scenario_timeout_ms ? options->scenario_timeout_ms : limits->scenario_ms,
        .run_ms = options->run_timeout_ms ? options->run_timeout_ms : limits->run_ms,
    };
}

static void add_variable(struct run *run, struct text name, struct text value)
{
    variables_set(&run->runner.configured, &run->arena,
                  (struct variable){ .owner = TEXT_EMPTY, .name = name, .value = value });
}

static void make_variables(struct run *run)
{
    const struct config_settings *settings = run->setup->settings;
    for (size_t i = 0; i < settings->variables.count; i++) {
        add_variable(run, settings->variables.list[i].name, settings->variables.list[i].value);
    }
    for (size_t i = 0; i < settings->secret_count; i++) {
        const struct config_secret *secret = &settings->secrets[i];
        if (!secret->source.has_value) {
            continue;
        }
        add_variable(run, secret->name, secret->source.value);
        if (!secrets_add(&run->secrets, secret->source.value)) {
            problems_add(run->problems, PROBLEM_WARNING, secret->source.at,
                         "use a longer value", "secret '%.*s' is too short to be masked",
                         TEXT_ARG(secret->name));
        }
    }
    const struct config_environment *environment = settings->environment;
    if (environment && environment->tls.passphrase.has_value) {
        (void)secrets_add(&run->secrets, environment->tls.passphrase.value);
    }
}

static struct text make_id(struct run *run)
{
    static const char alphabet[] = "abcdefghijkmnpqrstuvwxyz23456789";
    char id[RUN_ID_SIZE];
    for (size_t i = 0; i < RUN_ID_SIZE; i++) {
        id[i] = alphabet[random_below(&run->random, sizeof(alphabet) - 1)];
    }
    return arena_text(&run->arena, text_make(id, RUN_ID_SIZE));
}

static bool is_secure(struct text url)
{
    return text_starts_with(url, TEXT("https:")) || text_starts_with(url, TEXT("wss:"));
}

/* True when some request may need the trusted certificates: they are read once, before the
 * workers are forked. */
static bool needs_trust(const struct run *run)
{
    const struct config_settings *settings = run->setup->settings;
    const struct config_environment *environment = settings->environment;
    if (is_secure(settings->base_url)) {
        return true;
    }
    for (size_t i = 0; environment && i < environment->services.count; i++) {
        if (is_secure(environment->services.list[i].value)) {
            return true;
        }
    }
    for (size_t i = 0; i < run->plan->file_count; i++) {
        struct text bytes = run->plan->files[i].source.bytes;
        if (text_contains(bytes, TEXT("https://")) || text_contains(bytes, TEXT("wss://"))) {
            return true;
        }
    }
    return false;
}

static bool open_net(struct run *run)
{
    return net_global_new(&run->runner.net, run->problems) &&
           (!needs_trust(run) || net_global_load_trust(run->runner.net, run->problems));
}

static bool open_accounts(struct run *run)
{
    const struct run_options *options = run->setup->options;
    const struct config_environment *environment = run->setup->settings->environment;
    return !environment || environment->accounts.size == 0 ||
           accounts_load(&run->accounts, environment->accounts, options->shard_index,
                         options->shard_count, run->problems);
}

static bool open_crew(struct run *run)
{
    size_t jobs = run->setup->settings->limits.jobs;
    jobs = jobs == 0 ? 1 : jobs > CREW_JOBS_LIMIT ? CREW_JOBS_LIMIT : jobs;
    run->runner.jobs = jobs;
    run->waiting = ARENA_ARRAY(&run->arena, jobs, struct waiting_worker);
    run->client = run_client(run);
    run->job = (struct worker_job){ &run->runner, runner_open, runner_run, runner_close };
    struct crew_setup setup = { .job = &run->job,
                                .client = &run->client,
                                .loop = &run->loop,
                                .clock = run->setup->clock,
                                .jobs = jobs };
    return crew_init(&run->crew, &setup, run->problems);
}

static void make_runner(struct run *run)
{
    const struct run_setup *setup = run->setup;
    const struct run_options *options = setup->options;
    const struct config_environment *environment = setup->settings->environment;
    uint64_t retry = options->has_retry ? options->retry : environment ? environment->retry : 0;
    run->runner.plan = run->plan;
    run->runner.settings = setup->settings;
    run->runner.clock = setup->clock;
    run->runner.accounts = &run->accounts;
    run->runner.secrets = &run->secrets;
    run->runner.run_id = make_id(run);
    run->runner.retry = (uint32_t)retry;
    run->runner.keeps_exchanges = options->verbosity >= RUN_HEADS;
    make_limits(run);
    make_variables(run);
}

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

static uint32_t count_features(const struct plan *plan)
{
    uint32_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        count += i == 0 || plan->list[i].file != plan->list[i - 1].file;
    }
    return count;
}

static void tell_start(struct run *run)
{
    const struct run_setup *setup = run->setup;
    const struct config_environment *environment = setup->settings->environment;
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
                           .time_ns = clock_realtime_ns(setup->clock),
                           .run_started = &started };
    stream_event(&run->stream, &event, run->problems);
}

/* Problems that came up while reports were open belong into them; those that none shows are left
 * for the command. */
static void tell_problems(struct run *run, struct problems *problems)
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

static enum exit_code judge(struct run *run)
{
    const struct tally *tally = &run->tally;
    enum exit_code code = problems_exit_code(run->problems);
    uint32_t failures = tally_failures(tally);
    if (failures > 0) {
        code =
            exit_code_worse(code, is_unreachable(run) ? EXIT_CODE_ENVIRONMENT : EXIT_CODE_NO);
    }
    if (tally->flaky > 0 && run->setup->options->fails_on_flaky) {
        code = exit_code_worse(code, EXIT_CODE_NO);
    }
    if (run->is_cut_short || tally->finished < run->plan->count) {
        code = exit_code_worse(code, run->plan->count ? EXIT_CODE_NO : EXIT_CODE_YES);
    }
    bool is_dry_run = run->setup->options->is_dry_run;
    if (tally->finished > 0 && tally->finished == tally->scenarios[STATUS_SKIPPED] &&
        !is_dry_run) {
        code = exit_code_worse(code, EXIT_CODE_NOTHING);
    }
    return run->signal ? (enum exit_code)(EXIT_CODE_SIGNAL + run->signal) : code;
}

static void tell_end(struct run *run, enum exit_code code)
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
    struct event event = { .kind = EVENT_RUN_FINISHED,
                           .time_ns = clock_realtime_ns(run->setup->clock),
                           .run_finished = &finished };
    stream_event(&run->stream, &event, run->problems);
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
    tell_start(run);
    run_phases(run);
    ask_revisions(run, RUN_STAGE_REVISIONS_AFTER);
    run->stage = RUN_STAGE_OVER;
    crew_close(&run->crew);
}

static enum exit_code work(struct run *run, struct problems *problems)
{
    if (run->setup->options->is_dry_run) {
        tell_start(run);
        run_dry(run);
    } else {
        run_really(run);
    }
    tell_problems(run, problems);
    enum exit_code code = judge(run);
    tell_end(run, code);
    return code;
}

static bool prepare(struct run *run)
{
    make_runner(run);
    return open_accounts(run) && open_net(run) && open_crew(run);
}

static enum exit_code run_reported(struct run *run, struct problems *problems)
{
    enum exit_code code = EXIT_CODE_ENVIRONMENT;
    bool is_ready = run_catch_signals(run, problems) && prepare(run);
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
        code = open_reports(&run) ? run_reported(&run, problems) : problems_exit_code(problems);
        loop_release(&run.loop);
    }
    release(&run);
    return code;
}
