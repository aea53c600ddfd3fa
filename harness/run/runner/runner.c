/* SPDX-License-Identifier: MIT */
#include "run/runner.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "config/settings.h"
#include "exchange/exchange.h"
#include "run/casualty.h"
#include "run/desk/question.h"
#include "run/revision.h"
#include "run/runner_parts.h"
#include "world/recordings.h"
#include "world/step.h"

enum { QUESTION_LIMIT_BYTES = 16 << 20 };

/* Deadlines: what a step may take and still be ended softly, then some. */

static uint64_t sooner(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t after_ms(uint64_t start_ns, uint64_t limit_ms)
{
    return limit_ms ? start_ns + (limit_ms + RUNNER_GRACE_MS) * NANOSECONDS_PER_MILLISECOND
                    : SLOT_NEVER;
}

static void at_step(void *context, size_t index)
{
    struct runner *runner = context;
    struct slot *slot = runner->worker->slot;
    const struct run_limits *limits = &runner->setup->limits;
    uint64_t now_ns = loop_now_ns(&runner->worker->loop);
    bool is_teardown = index == SIZE_MAX;
    uint64_t kill_at_ns = is_teardown
                              ? after_ms(now_ns, ATTEMPT_TEARDOWN_LIMIT_MS)
                              : sooner(after_ms(now_ns, limits->step_ms),
                                       after_ms(runner->started_ns, limits->scenario_ms));
    atomic_store_explicit(&slot->step, is_teardown ? SLOT_TEARDOWN : (uint32_t)index,
                          memory_order_relaxed);
    atomic_store_explicit(&slot->kill_at_ns, kill_at_ns, memory_order_relaxed);
}

static bool is_unreachable(const struct exchange *exchange)
{
    return exchange->failure >= EXCHANGE_TIMEOUT && exchange->failure <= EXCHANGE_UNREADABLE;
}

static void at_end(void *context, const struct world *world)
{
    struct runner *runner = context;
    struct slot *slot = runner->worker->slot;
    for (size_t i = 0; i < world->log_count; i++) {
        const struct exchange *exchange = world->log[i].exchange;
        if (exchange->response.status) {
            atomic_store_explicit(&slot->has_answer, true, memory_order_relaxed);
        } else if (is_unreachable(exchange)) {
            atomic_store_explicit(&slot->has_no_answer, true, memory_order_relaxed);
        }
    }
    runner_tell_masks(runner, world);
    worker_take_output(&runner->output);
    if (runner->output.size) {
        emitter_attach(&runner->emitter, TEXT("output"), TEXT("text/plain"),
                       buffer_text(&runner->output));
    }
}

static void at_note(void *context, struct text note)
{
    struct runner *runner = context;
    worker_note(runner->worker, note);
}

/* A scenario. */

static void name_attempt(struct runner *runner, struct attempt_request *request, uint32_t index,
                         uint32_t attempt)
{
    request->id = arena_format(&runner->arena, attempt ? "%.*s-%u.%u" : "%.*s-%u",
                               TEXT_ARG(runner->setup->run_id), index + 1, attempt + 1);
}

static void send_result(struct runner *runner, const struct result *result)
{
    struct event event = { .kind = EVENT_SCENARIO_FINISHED,
                           .time_ns = result->started_ns + result->duration_ns,
                           .result = result };
    worker_event(runner->worker, &event);
}

/* True when there must be another. */
static bool run_attempt(struct runner *runner, struct attempt_request *request, uint32_t index,
                        uint32_t attempt)
{
    struct worker *worker = runner->worker;
    request->started = (struct scenario_started){ index, attempt, worker->number };
    request->may_be_retried = attempt < runner->setup->retry && !worker->is_cancelled;
    name_attempt(runner, request, index, attempt);
    runner->started_ns = loop_now_ns(&worker->loop);
    atomic_store(&worker->slot->attempt, attempt);
    if (!worker->is_cancelled) {
        loop_resume(&worker->loop); /* a time limit may have ended the last one */
    }
    const struct result *result = attempt_run(&runner->context, request);
    send_result(runner, result);
    return result->will_be_retried;
}

/* What a worker that died has left to do of an attempt; true when there must be another. */
static bool tear_down(struct runner *runner, struct attempt_request *request,
                      const struct assignment *assignment, struct text note)
{
    struct casualty casualty;
    if (!casualty_take(&note, &casualty)) {
        BUG("a teardown without its casualty");
    }
    struct attempt_death death = {
        .casualty = &casualty,
        .pickle = runner->setup->plan->list[assignment->index].pickle,
        .note = note,
    };
    request->started = casualty.started;
    request->may_be_retried = casualty.may_be_retried;
    name_attempt(runner, request, assignment->index, casualty.started.attempt);
    const struct result *result = attempt_tear_down(&runner->context, request, &death);
    send_result(runner, result);
    return result->will_be_retried;
}

static bool has_revision(const struct config_pair *service)
{
    return text_starts_with(service->value, TEXT("http:")) ||
           text_starts_with(service->value, TEXT("https:"));
}

/* The answer goes to the parent as a question. */
static void tell_revision(struct runner *runner, struct text service,
                          const struct revision_answer *answer)
{
    struct question question = { answer->is_found ? QUESTION_REVISION : QUESTION_NO_REVISION,
                                 service, answer->text };
    struct text ignored;
    buffer_clear(&runner->question);
    question_print(&runner->question, &question);
    (void)worker_ask(runner->worker, buffer_text(&runner->question), &ignored);
}

/* The environment itself, then its services that speak HTTP; a whole URL has one answer. */
static void ask_revisions(struct runner *runner)
{
    const struct config_environment *environment = runner->setup->settings->environment;
    const struct config_pairs *services = &environment->services;
    bool is_whole_url = text_starts_with(environment->revision.at, TEXT("http"));
    struct text *names = ARENA_ARRAY(&runner->arena, services->count + 1, struct text);
    struct revision_answer *answers =
        ARENA_ARRAY(&runner->arena, services->count + 1, struct revision_answer);
    size_t count = 0;
    answers[count++].base_url = runner->world.base_url;
    for (size_t i = 0; i < services->count && !is_whole_url; i++) {
        if (has_revision(&services->list[i])) {
            names[count] = services->list[i].name;
            answers[count++].base_url = services->list[i].value;
        }
    }
    revision_ask(&runner->world, answers, count, &runner->arena);
    for (size_t i = 0; i < count; i++) {
        tell_revision(runner, names[i], &answers[i]);
    }
    struct result result = { .scenario = RUNNER_REVISIONS, .status = STATUS_PASSED };
    struct event event = { .kind = EVENT_SCENARIO_FINISHED, .result = &result };
    worker_event(runner->worker, &event);
}

void runner_run(void *state, struct worker *worker, const struct assignment *assignment,
                struct text note)
{
    struct runner *runner = state;
    (void)worker;
    arena_clear(&runner->arena);
    if (assignment->index == RUNNER_REVISIONS) {
        ask_revisions(runner);
        return;
    }
    struct attempt_request request = runner_request(runner, assignment->index);
    uint32_t attempt = assignment->attempt;
    if (assignment->is_teardown) {
        if (!tear_down(runner, &request, assignment, note)) {
            return;
        }
        attempt++;
    }
    while (run_attempt(runner, &request, assignment->index, attempt)) {
        attempt++;
    }
}

/* The worker. */

static void make_world(struct runner *runner)
{
    const struct runner_setup *setup = runner->setup;
    const struct config_settings *settings = setup->settings;
    const struct config_environment *environment = settings->environment;
    /* The whole run's rate, shared out evenly. */
    rate_init(&runner->rate, settings->limits.request_rate_per_second / (double)setup->jobs);
    runner->world = (struct world_context){
        .loop = &runner->worker->loop,
        .net = runner->net,
        .clock = setup->clock,
        .random = &runner->random,
        .spare = &runner->spare,
        .secrets = &runner->secrets,
        .settings = settings,
        .environment = environment,
        .configured = setup->configured,
        .base_url = settings->base_url,
        .key_passphrase = environment ? environment->tls.passphrase.value : TEXT_EMPTY,
        .rate = &runner->rate,
        .project_folder = settings->folder,
        .schemas = &runner->setup->plan->precheck.schemas,
        .output_folder = settings->output,
        .run_id = setup->run_id,
        .recordings = setup->recordings,
        .recorder = setup->recorder,
        .tells_recordings = setup->tells_recordings,
    };
    runner->context = (struct attempt_context){
        .world = &runner->world,
        .emitter = &runner->emitter,
        .registry = setup->plan->registry,
        .step_limit_ms = setup->limits.step_ms,
        .scenario_limit_ms = setup->limits.scenario_ms,
        .host = { .context = runner,
                  .lend_account = runner_lend_account,
                  .keep_session = runner_keep_session,
                  .find_session = runner_find_session },
        .at_step = at_step,
        .at_end = at_end,
        .at_note = at_note,
        .at_context = runner,
    };
}

void *runner_open(void *context, struct worker *worker)
{
    const struct runner_setup *setup = context;
    struct runner *runner = alloc_or_die(1, sizeof(*runner));
    runner->setup = setup;
    runner->worker = worker;
    random_init(&runner->random);
    arena_init(&runner->arena);
    arena_init(&runner->spare);
    buffer_init(&runner->question, QUESTION_LIMIT_BYTES);
    buffer_init(&runner->masks_told, MASKS_LIMIT + 1);
    buffer_init(&runner->output, WORKER_OUTPUT_LIMIT_BYTES + 4096);
    runner->secrets = *setup->secrets; /* its memory is ours since the fork */
    emitter_init(&runner->emitter, &runner->secrets);
    runner->emitter.keeps_exchanges = setup->keeps_exchanges;
    runner->net = setup->net ? net_new(setup->net, &worker->loop, setup->clock) : NULL;
    make_world(runner);
    return runner;
}

void runner_close(void *state)
{
    struct runner *runner = state;
    if (runner->net) {
        net_free(runner->net);
    }
    emitter_release(&runner->emitter);
    secrets_release(&runner->secrets);
    buffer_release(&runner->question);
    buffer_release(&runner->masks_told);
    buffer_release(&runner->output);
    arena_release(&runner->arena);
    arena_release(&runner->spare);
    free(runner);
}
