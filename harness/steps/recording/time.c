/* SPDX-License-Identifier: MIT */
/* Response times: of all requests to the same place, on both sides. */
#include "base/buffer.h"
#include "diff/latency.h"
#include "event/failure.h"
#include "steps/recording/comparing.h"
#include "world/host.h"
#include "world/step.h"
#include "world/world.h"

enum { LATENCY_LIMIT_BYTES = 4096 };

/* Of one recording or run: the times of its requests to one place. */
struct times {
    uint64_t *ns;
    size_t count;
};

static bool is_like(const struct exchange *exchange, const struct exchange *live)
{
    return text_equal(exchange->request.method, live->request.method) &&
           text_equal(recorded_url_path(exchange->request.url),
                      recorded_url_path(live->request.url));
}

static uint64_t time_of(const struct exchange *exchange)
{
    return exchange->failure == EXCHANGE_ANSWERED ? exchange->response.timing.total_ns
                                                  : LATENCY_FAILED;
}

static struct times recorded_times(struct comparing *comparing, const struct exchange *live)
{
    const struct recording *recording = &comparing->recorded->recording;
    struct times times = { ARENA_ARRAY(&comparing->arena, recording->count + 1, uint64_t), 0 };
    for (size_t i = 0; i < recording->count; i++) {
        const struct recorded_entry *entry = &recording->list[i];
        if (!entry->conversation && is_like(entry->exchange, live)) {
            times.ns[times.count++] = time_of(entry->exchange);
        }
    }
    return times;
}

static struct times live_times(struct comparing *comparing, const struct exchange *live)
{
    const struct world *world = comparing->step->world;
    struct times times = { ARENA_ARRAY(&comparing->arena, world->log_count + 1, uint64_t), 0 };
    for (size_t i = 0; i < world->log_count; i++) {
        if (is_like(world->log[i].exchange, live)) {
            times.ns[times.count++] = time_of(world->log[i].exchange);
        }
    }
    return times;
}

void compare_times(struct comparing *comparing, const struct actor *actor,
                   const struct exchange *live, const struct recorded_entry *entry)
{
    struct step *step = comparing->step;
    const struct latency_rule rule = { .tolerance = 0.25, .floor_ns = 20000000, .windows = 1 };
    struct times recorded = recorded_times(comparing, live);
    struct times times = live_times(comparing, live);
    struct latency_result result =
        latency_compare(&rule, (struct latency_samples){ recorded.ns, recorded.count },
                        (struct latency_samples){ times.ns, times.count }, &comparing->arena);
    CLEANUP(buffer_release) struct buffer line;
    buffer_init(&line, LATENCY_LIMIT_BYTES);
    latency_print(&line, &result);
    if (result.verdict == LATENCY_SLOWER) {
        step_fail(step, "%.*s response time of %.*s %.*s is not as recorded: %.*s",
                  TEXT_ARG(comparing_whose(comparing, actor->name)),
                  TEXT_ARG(live->request.method),
                  TEXT_ARG(recorded_url_path(live->request.url)), TEXT_ARG(buffer_text(&line)));
        step->failure->kind = FAILURE_DIFFERENCE;
        buffer_clear(&line);
        comparing_print_source(comparing, entry, &line);
        step_detail(step, buffer_text(&line));
    } else if (step->world->context->host->attach) {
        step->world->context->host->attach(step->world->context->host->context, step,
                                           TEXT("response time"), TEXT("text/plain"),
                                           buffer_text(&line));
    }
}
