/* SPDX-License-Identifier: MIT */
/* Section E of the vocabulary: checks of one value. */
#include "base/clock.h"
#include "exchange/exchange.h"
#include "format/json.h"
#include "steps/step_functions.h"
#include "world/expand.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

/* E1 to E14: the value is all of the step's text before its comparison. */
void step_check_value(struct step *step)
{
    const struct step_match *match = step->match;
    size_t last = match->argument_count - 1;
    size_t end = match->arguments[last].start;
    size_t start = match->arguments[0].start;
    struct value value;
    struct problems problems;
    problems_init(&problems);
    bool is_ok = value_parse(text_trim(text_slice(match->text, start, end)),
                             step_text_span(step, start, end - 1), true, &value, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    if (is_ok) {
        value_check(step, &value, value_the(step, &value), step_argument(step, last),
                    step_argument_span(step, last));
    }
}

/* The one subject of a value; false: the step has failed. */
static bool take_subject(struct step *step, size_t index, struct subject *ret_subject)
{
    struct value value;
    struct readings readings;
    if (!step_value(step, index, &value) ||
        !value_read(step, &value, value_the(step, &value), &readings)) {
        return false;
    }
    if (readings.count != 1 || readings.list[0].count != 1) {
        step_fail_at(step, step_argument_span(step, index), "'%.*s' is not a single value",
                     TEXT_ARG(value.words));
        step_hint(step, "name one actor's, and a path with one node");
        return false;
    }
    *ret_subject = readings.list[0].subjects[0];
    return true;
}

static bool is_same(const struct subject *a, const struct subject *b)
{
    if (a->is_absent || b->is_absent || a->nature != b->nature) {
        return false;
    }
    if (a->nature == NATURE_JSON) {
        return json_equal(a->json, b->json);
    }
    return a->nature == NATURE_TEXT ? text_equal(a->text, b->text) : a->number == b->number;
}

/* E15: `{value} is the same as {value}` */
void step_check_same(struct step *step)
{
    struct subject a;
    struct subject b;
    step->world->checks++;
    if (take_subject(step, 0, &a) && take_subject(step, 1, &b) && !is_same(&a, &b)) {
        struct arena *arena = &step->world->arena;
        step_mismatch(step, step_argument(step, 0), subject_print(arena, &b),
                      subject_print(arena, &a), step_argument_span(step, 1));
    }
}

/* E16: `{whose} certificate is valid for at least {duration}` */
void step_check_certificate(struct step *step)
{
    struct cast cast;
    uint64_t wanted_ns;
    step->world->checks++;
    if (!cast_of_whose(step, step_argument(step, 0), step_argument_span(step, 0),
                       world_the(step), &cast) ||
        !step_duration(step, world_speaker(step), 1, &wanted_ns)) {
        return;
    }
    uint64_t now_ns = clock_realtime_ns(step->world->context->clock);
    for (size_t i = 0; i < cast.count; i++) {
        const struct batch *last = &cast.list[i]->last;
        const struct exchange *exchange = last->count ? last->list[last->count - 1] : NULL;
        uint64_t expires_ns = exchange ? exchange->response.certificate_expires_ns : 0;
        if (expires_ns == 0) {
            step_fail(step, "the last response came without a certificate");
            step_hint(step, "check certificates of https:// services");
            return;
        }
        world_mark_read(step->world, exchange);
        uint64_t left_ns = expires_ns > now_ns ? expires_ns - now_ns : 0;
        if (left_ns < wanted_ns) {
            uint64_t left_days = left_ns / NANOSECONDS_PER_SECOND / 86400;
            step_mismatch(step, TEXT("certificate"), step_argument(step, 1),
                          arena_format(&step->world->arena, "%llu days left",
                                       (unsigned long long)left_days),
                          step_argument_span(step, 1));
        }
    }
    if (cast.count == 0) {
        step_fail(step, "nobody has got a response yet");
        step_hint(step, "send a request first");
    }
}

static bool status_fits(unsigned status, struct text wanted)
{
    if (wanted.size == 3 && wanted.at[1] == 'x') {
        return status / 100 == (unsigned)(wanted.at[0] - '0');
    }
    uint64_t number;
    return text_to_uint64(wanted, &number) && number == status;
}

/* E17: `exactly {count} of the responses has/have status {status}` */
void step_check_statuses(struct step *step)
{
    struct world *world = step->world;
    const struct actor *speaker = world_speaker(step);
    uint64_t wanted;
    struct text status;
    world->checks++;
    if (!step_count(step, speaker, 0, &wanted) ||
        !expand(step, speaker, step_argument(step, 1), step_argument_span(step, 1),
                EXPAND_PLAIN, &status)) {
        return;
    }
    uint64_t found = 0;
    struct text seen = TEXT_EMPTY;
    struct cast cast = world->last_answered;
    for (size_t i = 0; i < cast.count; i++) {
        for (size_t j = 0; j < cast.list[i]->last.count; j++) {
            const struct exchange *exchange = cast.list[i]->last.list[j];
            world_mark_read(world, exchange);
            found += status_fits(exchange->response.status, status);
            seen = arena_format(&world->arena, "%.*s%s%u", TEXT_ARG(seen),
                                seen.size ? ", " : "", exchange->response.status);
        }
    }
    if (found != wanted) {
        step_mismatch(step, TEXT("responses"),
                      arena_format(&world->arena, "%llu with status %.*s",
                                   (unsigned long long)wanted, TEXT_ARG(status)),
                      arena_format(&world->arena, "%llu (%.*s)", (unsigned long long)found,
                                   TEXT_ARG(seen)),
                      step_argument_span(step, 0));
    }
}
