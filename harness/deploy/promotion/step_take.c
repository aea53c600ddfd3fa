/* SPDX-License-Identifier: MIT */
#include "deploy/host_command.h"
#include "deploy/idle.h"
#include "deploy/marker.h"
#include "deploy/promotion/steps.h"

enum { IDLE_PAUSE_MS = 500 };

static bool fail(const struct step *step, const char *what, struct text said,
                 struct problems *problems)
{
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL, "%.*s: %s",
                 TEXT_ARG(step->name), what);
    if (said.size > 0) {
        problems_hint(problems, "it said: %.*s", TEXT_ARG(said));
    }
    return false;
}

/* In the release that it is about: the new one before the switch, else what the link names. */
static struct text folder_of(const struct promotion *promotion, const struct step *step)
{
    struct arena *arena = promotion->context->arena;
    const struct target_settings *settings = step->place ? step->place->settings : NULL;
    if (!settings) {
        return TEXT_EMPTY;
    }
    if (step->kind == STEP_BEFORE) {
        return arena_format(arena, "%.*s/releases/%.*s", TEXT_ARG(settings->tree),
                            TEXT_ARG(promotion->units[0].after.name));
    }
    return arena_format(arena, "%.*s/%.*s", TEXT_ARG(settings->tree),
                        TEXT_ARG(settings->current));
}

static bool run_command(struct promotion *promotion, const struct step *step, bool is_back,
                        struct problems *problems)
{
    const struct promotion_unit *unit = &promotion->units[0];
    struct host_command command = {
        .host = step->place ? step->place->host : TEXT_EMPTY,
        .ssh = step->place ? &step->place->settings->ssh : NULL,
        .folder = folder_of(promotion, step),
        .words = step->command->list,
        .word_count = step->command->count,
        .variables = { { "DEPLOY_RELEASE", is_back ? unit->before : unit->after.name },
                       { "DEPLOY_COMMIT",
                         is_back ? promotion->commit_before : promotion->commit },
                       { "DEPLOY_PREVIOUS", is_back ? unit->after.name : unit->before } },
        .environment = promotion->context->process_environment,
        .limit_ms = promotion->settings->command_ms,
    };
    struct host_answer answer;
    if (!host_command_run(&command, &promotion->context->client->loop,
                          promotion->context->arena, &answer, problems)) {
        return false;
    }
    if (!answer.is_in_time) {
        return fail(step, "did not end in time and was killed", host_last_line(&answer),
                    problems);
    }
    if (answer.code != 0) {
        struct text what =
            arena_format(promotion->context->arena, "failed with code %d", answer.code);
        return fail(step, what.at, host_last_line(&answer), problems);
    }
    return true;
}

static struct text idle_url(const struct promotion *promotion, struct text idle)
{
    return text_contains(idle, TEXT("://"))
               ? idle
               : arena_format(promotion->context->arena, "%.*s%.*s",
                              TEXT_ARG(promotion->environment->url), TEXT_ARG(idle));
}

static bool wait_until_idle(struct promotion *promotion, const struct step *step,
                            struct problems *problems)
{
    struct client *client = promotion->context->client;
    struct text url = idle_url(promotion, step->component->suspend.idle);
    uint64_t deadline_ns =
        loop_now_ns(&client->loop) + promotion->settings->idle_ms * NANOSECONDS_PER_MILLISECOND;
    for (;;) {
        uint64_t active = 0;
        enum idle_state state = idle_ask(client, url, &active, problems);
        if (state != IDLE_NO) {
            return state == IDLE_YES;
        }
        uint64_t now_ns = loop_now_ns(&client->loop);
        if (now_ns >= deadline_ns) {
            struct text what = arena_format(promotion->context->arena, "%llu still at work",
                                            (unsigned long long)active);
            return fail(step, what.at, TEXT_EMPTY, problems);
        }
        (void)loop_run(&client->loop, NULL, NULL,
                       now_ns + IDLE_PAUSE_MS * NANOSECONDS_PER_MILLISECOND);
    }
}

static bool wait_for_marker(struct promotion *promotion, struct text commit,
                            struct problems *problems)
{
    const struct deploy_verify *verify = &promotion->settings->verify;
    bool has_urls = verify->urls.count > 0;
    struct marker marker = {
        .revision = &promotion->environment->revision,
        .urls = has_urls ? verify->urls.list : &promotion->environment->url,
        .url_count = has_urls ? verify->urls.count : 1,
        .times = verify->marker,
        .within_ms = verify->within_ms,
    };
    return marker_wait(&marker, promotion->context->client, commit, problems);
}

static bool run_scenarios(struct promotion *promotion, struct problems *problems)
{
    const struct deploy_verify *verify = &promotion->settings->verify;
    if (!promotion->smoke.run) {
        BUG("nothing runs scenarios");
    }
    return promotion->smoke.run(promotion->smoke.context, verify->scenarios, verify->within_ms,
                                problems);
}

/* For what is sent once, an unknown outcome is told by the marker. */
static bool judge(const struct target *target, enum target_outcome outcome)
{
    return outcome == TARGET_DONE || (outcome == TARGET_UNKNOWN && target->type->sends_once);
}

static bool go_forward(struct promotion *promotion, const struct step *step,
                       struct problems *problems)
{
    const struct promotion_unit *unit = step->unit;
    struct target *target = unit->target;
    bool was_begun =
        operation_step_state(promotion->earlier, step->name) != OPERATION_NOT_BEGUN;
    if (target->type->sends_once && was_begun && !promotion->resend) {
        return true; /* it may have been sent: the marker tells */
    }
    return judge(target,
                 promotion->is_rollback
                     ? target->type->go_back(target, &unit->after, unit->before, problems)
                     : target->type->switch_to(target, &unit->after, unit->before, problems));
}

static bool go_back(const struct step *step, struct problems *problems)
{
    const struct promotion_unit *unit = step->unit;
    struct target *target = unit->target;
    struct target_release before = { .name = unit->before };
    if (unit->before.size == 0 || !target->type->can_go_back(target)) {
        return fail(step, "there is no way back", TEXT_EMPTY, problems);
    }
    return judge(target, target->type->go_back(target, &before, unit->after.name, problems));
}

bool step_take(struct promotion *promotion, const struct step *step, bool is_back,
               struct problems *problems)
{
    switch (step->kind) {
    case STEP_IDLE:
        return wait_until_idle(promotion, step, problems);
    case STEP_SWITCH:
        return go_forward(promotion, step, problems);
    case STEP_BACK:
        return go_back(step, problems);
    case STEP_MARKER:
        return wait_for_marker(
            promotion, is_back ? promotion->commit_before : promotion->commit, problems);
    case STEP_SCENARIOS:
        return run_scenarios(promotion, problems);
    case STEP_SUSPEND:
    case STEP_BEFORE:
    case STEP_AFTER:
    case STEP_RESUME:
        break;
    }
    return run_command(promotion, step, is_back, problems);
}
