/* SPDX-License-Identifier: MIT */
/* What every worker of a run gets, made before the first fork. */
#include "config/settings.h"
#include "exchange/url.h"
#include "run/run_parts.h"

enum { RUN_ID_SIZE = 8 };

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
    (void)secrets_add(&run->secrets, url_password(settings->base_url));
    if (environment) {
        (void)secrets_add(&run->secrets, url_password(environment->proxy));
    }
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
                                .is_one_by_one = run->setup->options->max_failures > 0,
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
    run->runner.recordings = run->plan->recordings;
    run->runner.recorder = options->recorder;
    run->runner.retry = (uint32_t)retry;
    run->runner.keeps_exchanges = options->verbosity >= RUN_HEADS;
    run->runner.tells_recordings = stream_wants_envelopes(&run->stream);
    make_limits(run);
    make_variables(run);
}

bool run_prepare(struct run *run)
{
    make_runner(run);
    return open_accounts(run) && open_net(run) && open_crew(run);
}
