/* SPDX-License-Identifier: MIT */
#include "support/talk_maker.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/random.h"

enum { FATE_KEPT, FATE_MISSING, FATE_CHANGED, FATE_BEFORE_EXTRA };

enum { STEP_NS = 10000000 };

static void add(struct conversation *conversation, struct arena *arena, bool is_sent,
                struct text data)
{
    struct conversation_message message = { .at_ns = (conversation->count + 1) * STEP_NS,
                                            .is_sent = is_sent,
                                            .kind = CONVERSATION_TEXT,
                                            .data = data };
    conversation_keep(conversation, arena, &message);
}

void talk_maker_say(struct conversation *conversation, struct arena *arena, bool is_sent,
                    const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(conversation, arena, is_sent, arena_format_list(arena, format, arguments));
    va_end(arguments);
}

struct maker {
    const struct talk_plan *plan;
    struct random random;
    struct arena *arena;
    size_t *stream_of; /* by message */
    size_t *payload;
    unsigned char *fate;
};

static size_t below(struct maker *maker, size_t limit)
{
    return (size_t)(random_uint64(&maker->random) % limit);
}

/* The neighbours of a message in its stream. */
static bool is_lonely(const struct maker *maker, size_t at)
{
    for (size_t i = at + 1, seen = 0; i < maker->plan->messages && seen < 2; i++) {
        if (maker->stream_of[i] == maker->stream_of[at]) {
            seen++;
            if (maker->fate[i] != FATE_KEPT) {
                return false;
            }
        }
    }
    for (size_t i = at, seen = 0; i-- > 0 && seen < 2;) {
        if (maker->stream_of[i] == maker->stream_of[at]) {
            seen++;
            if (maker->fate[i] != FATE_KEPT) {
                return false;
            }
        }
    }
    return maker->fate[at] == FATE_KEPT;
}

static void choose(struct maker *maker, size_t count, unsigned char fate)
{
    while (count > 0) {
        size_t at = below(maker, maker->plan->messages);
        if (is_lonely(maker, at)) {
            maker->fate[at] = fate;
            count--;
        }
    }
}

static void say(struct maker *maker, struct conversation *conversation, size_t at,
                const char *state)
{
    talk_maker_say(
        conversation, maker->arena, maker->stream_of[at] % 4 == 0,
        "{\"type\": \"s%zu\", \"n\": %zu, \"state\": \"%s\", \"table\": {\"id\": %zu}}",
        maker->stream_of[at], maker->payload[at], state, maker->stream_of[at] * 7);
}

static void swap(struct maker *maker, struct conversation *live, size_t *order)
{
    for (size_t done = 0; done < maker->plan->swaps;) {
        size_t at = below(maker, live->count - 1);
        if (order[at] != order[at + 1]) {
            struct conversation_message message = live->list[at];
            size_t stream = order[at];
            live->list[at] = live->list[at + 1];
            live->list[at + 1] = message;
            order[at] = order[at + 1];
            order[at + 1] = stream;
            done++;
        }
    }
}

static void say_live(struct maker *maker, struct conversation *live)
{
    size_t *order = alloc_or_die(maker->plan->messages + maker->plan->extra + 1, sizeof *order);
    size_t extra = 0;
    for (size_t i = 0; i < maker->plan->messages; i++) {
        if (maker->fate[i] == FATE_BEFORE_EXTRA) {
            order[live->count] = maker->stream_of[i];
            talk_maker_say(live, maker->arena, maker->stream_of[i] % 4 == 0,
                           "{\"type\": \"s%zu\", \"n\": \"extra %zu\", \"state\": \"new\"}",
                           maker->stream_of[i], extra++);
        }
        if (maker->fate[i] != FATE_MISSING) {
            order[live->count] = maker->stream_of[i];
            say(maker, live, i, maker->fate[i] == FATE_CHANGED ? "changed" : "as before");
        }
    }
    swap(maker, live, order);
    free(order);
}

void talk_maker_pair(const struct talk_plan *plan, struct arena *arena,
                     struct conversation *recorded, struct conversation *live)
{
    struct maker maker = { .plan = plan, .arena = arena };
    random_init_seeded(&maker.random, plan->seed);
    maker.stream_of = alloc_or_die(plan->messages + 1, sizeof(size_t));
    maker.payload = alloc_or_die(plan->messages + 1, sizeof(size_t));
    maker.fate = alloc_or_die(plan->messages + 1, 1);
    for (size_t i = 0; i < plan->messages; i++) {
        maker.stream_of[i] = below(&maker, plan->streams);
        maker.payload[i] = plan->payloads ? below(&maker, plan->payloads) : i;
    }
    choose(&maker, plan->missing, FATE_MISSING);
    choose(&maker, plan->changed, FATE_CHANGED);
    choose(&maker, plan->extra, FATE_BEFORE_EXTRA);
    for (size_t i = 0; i < plan->messages; i++) {
        say(&maker, recorded, i, "as before");
    }
    say_live(&maker, live);
    free(maker.stream_of);
    free(maker.payload);
    free(maker.fate);
}
