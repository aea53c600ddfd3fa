/* SPDX-License-Identifier: MIT */
/* B11 to B13: requests repeated until what they bring is as wanted. */
#include "base/clock.h"
#include "config/settings.h"
#include "exchange/exchange.h"
#include "steps/check_table.h"
#include "steps/request/request.h"
#include "steps/step_functions.h"
#include "world/send.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

/* Whether the newest answers are as wanted; false in the return: the step has failed. */
typedef bool until_holds(struct step *step, struct cast cast, bool *ret_holds,
                         struct text *ret_why);

struct until {
    until_holds *holds;
    size_t tries;
};

/* As long as the server asks for by Retry-After, otherwise the configured pause. */
static uint64_t pause_of(const struct sending *sending)
{
    const struct world_context *context = sending->list[0].step->world->context;
    uint64_t pause_ns = context->settings->limits.poll_ms * NANOSECONDS_PER_MILLISECOND;
    for (size_t i = 0; i < sending->count; i++) {
        const struct exchange *exchange = sending->list[i].exchange;
        struct text value;
        uint64_t asked_ns;
        bool is_asked =
            exchange &&
            (exchange->response.status == 429 || exchange->response.status == 503) &&
            headers_find(&exchange->response.headers, TEXT("Retry-After"), &value) &&
            header_retry_after_ns(value, clock_realtime_ns(context->clock), &asked_ns);
        if (is_asked && asked_ns > pause_ns) {
            pause_ns = asked_ns;
        }
    }
    return pause_ns;
}

static void try_again(struct step *step, struct sending *sending)
{
    struct until *until = sending->context;
    bool holds = false;
    struct text why = TEXT_EMPTY;
    until->tries++;
    for (size_t i = 0; i < sending->count; i++) {
        world_mark_read(step->world, sending->list[i].exchange);
    }
    if (!until->holds(step, sending->cast, &holds, &why) || holds) {
        return;
    }
    uint64_t pause_ns = pause_of(sending);
    uint64_t now_ns = clock_monotonic_ns(step->world->context->clock);
    if (now_ns + pause_ns >= step->deadline_ns) {
        step_fail(step, "not so after %zu %s: %.*s", until->tries,
                  until->tries == 1 ? "try" : "tries", TEXT_ARG(why));
        step_hint(step, "give it longer with 'within … ' in front of the step");
        step_show_exchange(step, sending->list[0].exchange);
        return;
    }
    sending_restart_after(sending, pause_ns);
}

static void start_until(struct step *step, struct sending *sending, until_holds *holds)
{
    const struct config_limits *limits = &step->world->context->settings->limits;
    struct until *until = ARENA_NEW(&step->world->arena, struct until);
    until->holds = holds;
    sending->context = until;
    sending->then = try_again;
    if (!step->deadline_ns) {
        step->deadline_ns = step->started_ns + limits->receive_ms * NANOSECONDS_PER_MILLISECOND;
    }
    step->world->checks++;
    sending_start(sending);
}

/* The requests that brought each actor its newest answers, to be sent again. */
static struct sending *prepare_repetition(struct step *step)
{
    struct cast cast;
    if (!step_cast(step, 0, &cast)) {
        return NULL;
    }
    struct sending *sending = sending_new(step, cast, 1);
    for (size_t i = 0; sending && i < sending->count; i++) {
        struct send *send = &sending->list[i];
        if (!send->actor->last_request) {
            step_fail(step, "%.*s has sent no request to repeat", TEXT_ARG(send->actor->name));
            step_hint(step, "send one first");
            return NULL;
        }
        send->request = *send->actor->last_request;
        send->settings = send->actor->last_settings;
    }
    return sending;
}

static bool value_of_send_holds(struct step *step, struct cast cast, bool *ret_holds,
                                struct text *ret_why)
{
    struct value value;
    size_t index = step->match->argument_count - 2;
    return step_value(step, index, &value) &&
           value_holds(step, &value, cast, step_argument(step, index + 1),
                       step_argument_span(step, index + 1), ret_holds, ret_why);
}

/* B11: `{actor} send(s) {method} {string} until {value} {comparison}` */
void step_send_until(struct step *step)
{
    struct sending *sending = request_prepare(step, 1);
    if (sending) {
        start_until(step, sending, value_of_send_holds);
    }
}

/* B12: `{actor} repeat(s) the request until {value} {comparison}` */
void step_repeat_until(struct step *step)
{
    struct sending *sending = prepare_repetition(step);
    if (sending) {
        start_until(step, sending, value_of_send_holds);
    }
}

/* B13: `{actor} repeat(s) the request until:` */
void step_repeat_until_table(struct step *step)
{
    struct sending *sending = prepare_repetition(step);
    if (sending) {
        start_until(step, sending, check_table_holds);
    }
}
