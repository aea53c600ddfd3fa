/* SPDX-License-Identifier: MIT */
#include "world/send.h"

#include "base/buffer.h"
#include "config/settings.h"
#include "exchange/exchange.h"
#include "exchange/url.h"
#include "net/http.h"
#include "world/actor_socket.h"
#include "world/permission.h"
#include "world/request_common.h"
#include "world/session.h"
#include "world/step.h"
#include "world/world.h"

struct sending *sending_new(struct step *step, struct cast cast, size_t copies)
{
    struct sending *sending = ARENA_NEW(&step->world->arena, struct sending);
    sending->cast = cast;
    sending->count = cast.count * copies;
    sending->list = ARENA_ARRAY(&step->world->arena, sending->count, struct send);
    for (size_t i = 0; i < sending->count; i++) {
        struct send *send = &sending->list[i];
        send->step = step;
        send->actor = cast.list[i / copies];
        send->settings = actor_settings(step, send->actor);
        if (!send->settings) {
            return NULL;
        }
    }
    step->state = sending;
    return sending;
}

void sending_multiply(struct sending *sending, size_t copies)
{
    struct arena *arena = &sending->list[0].step->world->arena;
    struct send *list = ARENA_ARRAY(arena, sending->count * copies, struct send);
    for (size_t i = 0; i < sending->count * copies; i++) {
        list[i] = sending->list[i / copies];
        list[i].request.headers.capacity = list[i].request.headers.count; /* never shared */
    }
    sending->list = list;
    sending->count *= copies;
}

/* --- what every request gets --- */

static bool may_send(struct send *send)
{
    struct step *step = send->step;
    const struct world *world = step->world;
    struct text method = send->request.method;
    struct text url =
        url_of_step(&step->world->arena, send->settings->base_url, send->request.url);
    if (!world->context->settings || request_is_safe(method) ||
        !settings_is_read_only_host(world->context->settings, url)) {
        return true;
    }
    if (world->may_write) {
        return permission_request(step, method, url);
    }
    step_fail(step, "%.*s '%.*s' would write to a read-only environment", TEXT_ARG(method),
              TEXT_ARG(send->request.url));
    step_hint(step, "only GET, HEAD and OPTIONS are sent there; tag the scenario "
                    "@writes-production where it may write");
    return false;
}

/* Laravel's toOthers() leaves out the socket that the request names. */
static void add_socket_id(struct send *send)
{
    struct headers *headers = &send->request.headers;
    struct text given;
    for (const struct actor_socket *at = send->actor->sockets; at; at = at->next) {
        bool is_pusher =
            at->state == ACTOR_SOCKET_READY && text_is(actor_socket_protocol(at), "Pusher");
        if (is_pusher && !headers_find(headers, TEXT("X-Socket-ID"), &given)) {
            headers_add(headers, &send->step->world->arena, TEXT("X-Socket-ID"), at->id);
        }
    }
}

/* --- starting --- */

/* The request as the step prepared it, before anything is added. */
static void remember(const struct send *send)
{
    struct request *request = ARENA_NEW(&send->step->world->arena, struct request);
    *request = send->request;
    request->headers.capacity = request->headers.count; /* never shared */
    send->actor->last_request = request;
    send->actor->last_settings = send->settings;
}

static void start(struct send *send)
{
    struct world *world = send->step->world;
    remember(send);
    request_add_common(send->actor, send->settings, &send->request);
    add_socket_id(send);
    struct text id;
    headers_find(&send->request.headers, TEXT("X-Correlation-Id"), &id);
    world_note_cause(world);
    send->exchange =
        http_start(actor_session(send->actor), &send->request, send->settings, NULL, NULL);
    send->exchange->actor = send->actor->name;
    send->exchange->correlation_id = arena_text(&world->arena, id);
}

static void start_when_due(void *context)
{
    start(context);
}

static bool is_finished(const struct step *step)
{
    const struct sending *sending = step->state;
    for (size_t i = 0; i < sending->count; i++) {
        const struct exchange *exchange = sending->list[i].exchange;
        if (!exchange || !exchange->is_finished) {
            return false;
        }
    }
    return !sending->is_pausing;
}

static void finish(struct step *step, enum step_wait wait);

void sending_start(struct sending *sending)
{
    struct step *step = sending->list[0].step;
    struct loop *loop = step->world->context->loop;
    sending->is_pausing = false;
    for (size_t i = 0; i < sending->count; i++) {
        struct send *send = &sending->list[i];
        if (!may_send(send)) {
            step->is_done = NULL;
            return;
        }
        send->exchange = NULL;
        uint64_t now_ns = loop_now_ns(loop);
        uint64_t slot_ns =
            rate_take_both(&send->actor->rate, step->world->context->rate, now_ns);
        if (slot_ns <= now_ns) {
            start(send);
        } else {
            send->timer = (struct loop_timer){ .due = start_when_due, .context = send };
            loop_timer_set(loop, &send->timer, slot_ns);
        }
    }
    step->is_done = is_finished;
    step->finish = finish;
}

static void restart(void *context)
{
    sending_start(context);
}

void sending_restart_after(struct sending *sending, uint64_t pause_ns)
{
    struct step *step = sending->list[0].step;
    struct loop *loop = step->world->context->loop;
    sending->is_pausing = true;
    sending->pause = (struct loop_timer){ .due = restart, .context = sending };
    loop_timer_set(loop, &sending->pause, loop_now_ns(loop) + pause_ns);
    step->is_done = is_finished;
    step->finish = finish;
}

/* --- finishing --- */

static void cancel(struct sending *sending, enum step_wait wait)
{
    struct loop *loop = sending->list[0].step->world->context->loop;
    loop_timer_clear(loop, &sending->pause);
    for (size_t i = 0; i < sending->count; i++) {
        struct send *send = &sending->list[i];
        loop_timer_clear(loop, &send->timer);
        if (send->exchange) {
            http_cancel(actor_session(send->actor), send->exchange,
                        wait == STEP_WAIT_CANCELLED ? EXCHANGE_INTERRUPTED : EXCHANGE_TIMEOUT);
        }
    }
}

/* Each actor's newest batch is what this step brought it. */
static void log_all(struct sending *sending)
{
    struct step *step = sending->list[0].step;
    struct world *world = step->world;
    size_t copies = sending->count / sending->cast.count;
    for (size_t i = 0; i < sending->cast.count; i++) {
        struct actor *actor = sending->cast.list[i];
        struct batch batch = { ARENA_ARRAY(&world->arena, copies, struct exchange *), 0 };
        for (size_t j = 0; j < copies; j++) {
            struct exchange *exchange = sending->list[i * copies + j].exchange;
            if (exchange) {
                batch.list[batch.count++] = exchange;
                world_log(world, actor, exchange, step->at);
            }
        }
        actor->last = batch;
    }
    world_has_acted(world, sending->cast);
}

static void fail_without_response(struct sending *sending)
{
    struct step *step = sending->list[0].step;
    for (size_t i = 0; i < sending->count; i++) {
        const struct exchange *exchange = sending->list[i].exchange;
        if (exchange && exchange->failure != EXCHANGE_ANSWERED) {
            step_fail(step, "%.*s", TEXT_ARG(exchange->message));
            step_hint(step, "%.*s", TEXT_ARG(exchange->hint));
            step_show_exchange(step, exchange);
            return;
        }
    }
}

/* After a 429 the actor's rate and the run's wait as long as the server asks. */
static void respect_retry_after(const struct send *send)
{
    const struct exchange *exchange = send->exchange;
    const struct world_context *context = send->step->world->context;
    struct text value;
    uint64_t wait_ns;
    bool is_asked = exchange && exchange->response.status == 429 &&
                    headers_find(&exchange->response.headers, TEXT("Retry-After"), &value) &&
                    header_retry_after_ns(value, clock_realtime_ns(context->clock), &wait_ns);
    if (is_asked) {
        uint64_t until_ns = clock_monotonic_ns(context->clock) + wait_ns;
        rate_pause_until(&send->actor->rate, until_ns);
        if (context->rate) {
            rate_pause_until(context->rate, until_ns);
        }
    }
}

static void finish(struct step *step, enum step_wait wait)
{
    struct sending *sending = step->state;
    if (wait != STEP_WAIT_DONE) {
        cancel(sending, wait);
    }
    for (size_t i = 0; i < sending->count; i++) {
        respect_retry_after(&sending->list[i]);
    }
    log_all(sending);
    if (wait == STEP_WAIT_CANCELLED) {
        step_fail_cancelled(step);
    } else if (!sending->is_failure_wanted) {
        fail_without_response(sending);
    }
    if (wait == STEP_WAIT_DEADLINE && !step_has_failed(step)) {
        step_fail(step, "the time was over");
    }
    if (sending->then && !step_has_failed(step)) {
        sending->then(step, sending);
    }
}
