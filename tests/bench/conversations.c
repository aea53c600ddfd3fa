/* SPDX-License-Identifier: MIT */
/*
 * conversations: compares made-up conversations of 2,000 messages, then of twice as many, four times.
 * A line each kind, by tabs: what it is; missing, extra, changed, moved of the first; its CPU ms, the
 * least of ROUNDS; messages and CPU ms of the last; the worst growth with a doubling. Kinds: the one that must be exact
 * (8 streams, 1 % missing, extra and changed, 10 % swapped between streams), one stream of equal
 * messages, one in which every message changed, one in the opposite order, ticks counted under a
 * mask, ids of every message bound.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/attribute.h"
#include "diff/conversation/conversation_diff.h"
#include "diff/identity.h"
#include "diff/mask/mask_judge.h"
#include "support/talk_maker.h"

enum { ROUNDS = 3, LEAST = 2000, DOUBLINGS = 5 };

enum kind { KIND_PLAN, KIND_EQUAL, KIND_CHANGED, KIND_REVERSED, KIND_TICKS, KIND_IDS, KINDS };

static const char *const titles[KINDS] = {
    [KIND_PLAN] = "8 streams, 1 % missing, extra and changed",
    [KIND_EQUAL] = "one stream of equal messages, one more",
    [KIND_CHANGED] = "every message changed",
    [KIND_REVERSED] = "the opposite order",
    [KIND_TICKS] = "ticks under a mask",
    [KIND_IDS] = "a new id in every message",
};

static void say_both(struct arena *arena, enum kind kind, size_t at, size_t count,
                     struct conversation talks[2])
{
    for (size_t side = 0; side < 2; side++) {
        size_t n = kind == KIND_EQUAL                   ? 1
                   : kind == KIND_CHANGED               ? at * 2 + side
                   : kind == KIND_REVERSED && side == 1 ? count - 1 - at
                                                        : at;
        if (kind == KIND_IDS) {
            talk_maker_say(&talks[side], arena, false,
                           "{\"type\": \"joined\", \"n\": %zu, \"id\": "
                           "\"%08zx-4f89-41d3-9a0c-0305e82c330%zu\"}",
                           n, n, side);
        } else {
            talk_maker_say(&talks[side], arena, false,
                           "{\"type\": \"tick\", \"n\": %zu, \"at\": %zu}", n, n / 7);
        }
    }
}

static void make(struct arena *arena, enum kind kind, size_t count,
                 struct conversation talks[2])
{
    struct talk_plan plan = { .messages = count,
                              .streams = 8,
                              .missing = count / 100,
                              .extra = count / 100,
                              .changed = count / 100,
                              .swaps = count / 10,
                              .seed = count };
    if (kind == KIND_PLAN) {
        talk_maker_pair(&plan, arena, &talks[0], &talks[1]);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        say_both(arena, kind, i, count, talks);
    }
    if (kind == KIND_EQUAL) {
        talk_maker_say(&talks[1], arena, false, "{\"type\": \"tick\", \"n\": 1, \"at\": 0}");
    }
}

static double cpu_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double measure(enum kind kind, struct conversation talks[2],
                      struct conversation_diff *diff)
{
    struct arena arena CLEANUP(arena_release);
    struct mask_set masks CLEANUP(mask_set_release);
    struct problems problems CLEANUP(problems_release);
    arena_init(&arena);
    mask_set_init(&masks);
    problems_init(&problems);
    if (kind == KIND_TICKS && !mask_set_add_line(&masks, TEXT("event \"tick\" number ± 10 %"),
                                                 span_none(), &problems)) {
        abort();
    }
    struct identity *identity = kind == KIND_IDS ? identity_new() : NULL;
    struct mask_judge *judge = mask_judge_new(&masks, identity);
    struct conversation_diff_options options = { .judge = judge, .identity = identity };
    double start = cpu_milliseconds();
    conversation_diff_compare(&talks[0], &talks[1], &options, &arena, diff);
    double spent = cpu_milliseconds() - start;
    mask_judge_free(judge);
    identity_free(identity);
    return spent;
}

/* The least time of some rounds; *ret_diff: what was found. */
static double compare(enum kind kind, size_t count, struct conversation_diff *ret_diff)
{
    struct arena arena CLEANUP(arena_release);
    struct conversation talks[2] = { { .protocol = TEXT("JSON") },
                                     { .protocol = TEXT("JSON") } };
    double least = 0;
    arena_init(&arena);
    make(&arena, kind, count, talks);
    for (int i = 0; i < ROUNDS; i++) {
        double spent = measure(kind, talks, ret_diff);
        least = i == 0 || spent < least ? spent : least;
    }
    return least;
}

static void print_row(enum kind kind)
{
    struct conversation_diff first = { .count = 0 };
    struct conversation_diff later = { .count = 0 };
    size_t count = LEAST;
    double milliseconds = compare(kind, count, &first);
    double last = milliseconds;
    double worst = 0;
    for (int i = 1; i < DOUBLINGS; i++) {
        double before = last;
        count *= 2;
        last = compare(kind, count, &later);
        worst = last / before > worst ? last / before : worst;
    }
    printf("%s\t%zu, %zu, %zu, %zu\t%.1f\t%zu\t%.1f\t%.2f\n", titles[kind],
           first.counts[CONVERSATION_MISSING],
           first.counts[CONVERSATION_EXTRA] + first.counts[CONVERSATION_DUPLICATED],
           first.counts[CONVERSATION_CHANGED], first.counts[CONVERSATION_REORDERED],
           milliseconds, count, last, worst);
}

int main(void)
{
    for (int kind = 0; kind < KINDS; kind++) {
        print_row((enum kind)kind);
    }
    return 0;
}
