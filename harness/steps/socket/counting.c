/* SPDX-License-Identifier: MIT */
/* I6 and I7: how many events arrive. */
#include "steps/socket/received.h"
#include "steps/socket/wanted.h"
#include "steps/step_functions.h"
#include "world/receiver.h"
#include "world/socket_wait.h"
#include "world/step.h"
#include "world/world.h"

/* What is counted in one inbox. */
struct counted {
    struct wanted wanted; /* its name only */
    uint64_t wanted_count;
};

static void *read_counted(struct step *step, const struct actor_socket *socket,
                          UNUSED struct expectations *expectations)
{
    struct counted *counted = ARENA_NEW(&step->world->arena, struct counted);
    counted->wanted.has_name = true;
    counted->wanted.at = step_argument_span(step, 2);
    bool is_ok = step_string(step, socket->actor, 2, &counted->wanted.name) &&
                 step_count(step, socket->actor, 1, &counted->wanted_count) &&
                 wanted_is_possible(step, &counted->wanted, socket);
    return is_ok ? counted : NULL;
}

static uint64_t count_unread(struct socket_waiter *waiter)
{
    const struct counted *counted = waiter->own;
    uint64_t count = 0;
    size_t index = 0;
    const struct inbox_event *event;
    for (; (event = inbox_unread(&waiter->socket->inbox, &index)); index++) {
        count += wanted_fits_name(&counted->wanted, event);
    }
    return count;
}

static void take_counted(struct socket_waiter *waiter)
{
    const struct counted *counted = waiter->own;
    size_t index = 0;
    struct inbox_event *event;
    for (; (event = inbox_unread(&waiter->socket->inbox, &index)); index++) {
        if (wanted_fits_name(&counted->wanted, event)) {
            received_take(event);
        }
    }
}

static void take_all_counted(struct socket_wait *wait)
{
    for (size_t i = 0; i < wait->count; i++) {
        take_counted(&wait->list[i]);
    }
    received_by_all(wait);
}

static void fail_counted(struct socket_waiter *waiter, uint64_t count, struct text when)
{
    const struct counted *counted = waiter->own;
    struct step *step = waiter->wait->step;
    const char *how = waiter->wait->then == take_all_counted ? "at least" : "exactly";
    step_fail_at(step, counted->wanted.at,
                 "%.*s received %llu \"%.*s\" event%s %.*s, not %s %llu",
                 TEXT_ARG(actor_socket_title(waiter->socket)), (unsigned long long)count,
                 TEXT_ARG(counted->wanted.name), count == 1 ? "" : "s", TEXT_ARG(when), how,
                 (unsigned long long)counted->wanted_count);
    step_hint(step, "only unread messages count; the inbox is below");
    receiver_show(step, waiter->socket);
}

/* --- I6 --- */

static bool look_for_too_many(struct socket_waiter *waiter)
{
    const struct counted *counted = waiter->own;
    uint64_t count = count_unread(waiter);
    if (count > counted->wanted_count) {
        fail_counted(waiter, count, TEXT("already"));
    }
    return false;
}

static void check_exactly(struct socket_wait *wait)
{
    for (size_t i = 0; i < wait->count; i++) {
        const struct counted *counted = wait->list[i].own;
        uint64_t count = count_unread(&wait->list[i]);
        if (count != counted->wanted_count) {
            fail_counted(&wait->list[i], count, socket_wait_time(wait));
            return;
        }
    }
    take_all_counted(wait);
}

/* I6: `{receiver} receive(s) exactly {count} {string} event(s) in {duration}` */
void step_receive_exactly(struct step *step)
{
    uint64_t duration_ns;
    struct socket_wait *wait = received_prepare(step, read_counted, NULL);
    if (wait && step_duration(step, wait->list[0].socket->actor, 3, &duration_ns)) {
        wait->look = look_for_too_many;
        wait->late = check_exactly;
        socket_wait_start_until(wait, step->started_ns + duration_ns);
    }
}

/* --- I7 --- */

static bool look_for_enough(struct socket_waiter *waiter)
{
    const struct counted *counted = waiter->own;
    uint64_t count = count_unread(waiter);
    if (count < counted->wanted_count && actor_socket_is_silent(waiter->socket)) {
        fail_counted(waiter, count, TEXT("before its end"));
    }
    return count >= counted->wanted_count;
}

static void fail_too_few(struct socket_wait *wait)
{
    size_t pending;
    struct socket_waiter *waiter = socket_wait_pending(wait, &pending);
    fail_counted(waiter, count_unread(waiter), socket_wait_time(wait));
}

/* I7: `{receiver} receive(s) at least {count} {string} event(s)` */
void step_receive_at_least(struct step *step)
{
    struct socket_wait *wait = received_prepare(step, read_counted, NULL);
    if (wait) {
        wait->look = look_for_enough;
        wait->then = take_all_counted;
        wait->late = fail_too_few;
        socket_wait_start(wait);
    }
}
