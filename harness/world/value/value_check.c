/* SPDX-License-Identifier: MIT */
/* Comparing what was read. */
#include "base/clock.h"
#include "base/buffer.h"
#include "exchange/exchange.h"
#include "format/json.h"
#include "format/json_writer.h"
#include "world/expand.h"
#include "world/receiver.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

/* A comparison's view of the step: ${…} is an actor's. */
struct resolving {
    struct step *step;
    const struct actor *actor;
    struct span at;
};

static bool resolve_text(void *context, struct text text, bool as_json, struct text *ret_text)
{
    struct resolving *resolving = context;
    return expand(resolving->step, resolving->actor, text, resolving->at,
                  as_json ? EXPAND_JSON : EXPAND_PLAIN, ret_text);
}

static bool resolve_value(void *context, struct text variable, struct text *ret_text,
                          bool *ret_is_json)
{
    struct resolving *resolving = context;
    struct variable value;
    struct text expression = text_slice(variable, 2, variable.size - 1);
    if (!expand_expression(resolving->step, resolving->actor, expression, resolving->at,
                           &value)) {
        return false;
    }
    *ret_text = value.value;
    *ret_is_json = value.kind == VARIABLE_JSON;
    return true;
}

static bool check_one(struct step *step, const struct comparison *comparison, struct span at,
                      const struct actor *actor, const struct subject *subject,
                      struct comparison_result *ret_result)
{
    struct resolving resolving = { step, actor, at };
    struct comparison_resolver resolver = {
        .context = &resolving,
        .expand = resolve_text,
        .value = resolve_value,
        .now_ns = clock_realtime_ns(step->world->context->clock),
    };
    return comparison_check(comparison, subject, &resolver, &step->world->arena, ret_result);
}

bool value_comparison(struct step *step, struct text text, struct span at,
                      enum subject_nature nature, struct comparison *ret_comparison)
{
    struct problems problems;
    problems_init(&problems);
    bool is_ok = comparison_parse(&step->world->arena, text, at, ret_comparison, &problems) &&
                 comparison_check_nature(ret_comparison, nature, at, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    return is_ok;
}

/* What a mismatch calls the subject: "bob's JSON at "$.x" ($['x'])". */
static struct text describe(struct step *step, const struct value *value,
                            const struct readings *readings, const struct reading *reading,
                            struct text label)
{
    struct buffer out;
    buffer_init(&out, 4096);
    bool is_the = text_is(value->whose, "the") || text_starts_with(value->whose, TEXT("all "));
    if (readings->count > 1 && is_the) {
        buffer_add_format(&out, "%.*s: ", TEXT_ARG(reading->actor->name));
    }
    buffer_add(&out, value->words);
    if (label.size && value->quantifier != QUANTIFIER_ONE) {
        buffer_add_format(&out, " (%.*s)", TEXT_ARG(label));
    }
    struct text described = arena_text(&step->world->arena, buffer_text(&out));
    buffer_release(&out);
    return described;
}

/* How many of a reading's subjects must hold, and how many do. */
struct judgement {
    bool holds;
    size_t failing; /* the first subject that does not hold */
    struct comparison_result result;
};

/* A repeated header needs one value that holds, in a negated form all; a path needs exactly one
 * node unless it says every or some. */
static bool wants_all(const struct value *value, const struct comparison *comparison)
{
    return value->noun == NOUN_HEADER ? comparison->is_negated
                                      : value->quantifier != QUANTIFIER_SOME;
}

static bool is_ambiguous(const struct value *value, const struct reading *reading,
                         const struct comparison *comparison)
{
    return value->quantifier == QUANTIFIER_ONE && value->noun != NOUN_HEADER &&
           reading->count > 1 && comparison->relation != RELATION_EXISTS;
}

/* `at every … is in ascending order` is about the values one after the other. */
static bool is_about_list(const struct value *value, const struct comparison *comparison,
                          const struct reading *reading)
{
    bool is_list_relation = comparison->relation == RELATION_ASCENDING ||
                            comparison->relation == RELATION_DESCENDING ||
                            comparison->relation == RELATION_UNIQUE;
    return is_list_relation && value->quantifier == QUANTIFIER_EVERY &&
           !reading->subjects[0].is_absent &&
           !(reading->subjects[0].nature == NATURE_JSON &&
             json_is(reading->subjects[0].json, JSON_ARRAY));
}

/* The values as one JSON array; texts that are numbers as numbers. */
static struct subject as_list(struct step *step, const struct reading *reading)
{
    struct arena *arena = &step->world->arena;
    struct json_value *items = ARENA_ARRAY(arena, reading->count, struct json_value);
    for (size_t i = 0; i < reading->count; i++) {
        const struct subject *subject = &reading->subjects[i];
        const struct json_value *number;
        bool is_number = subject->nature == NATURE_TEXT &&
                         kind_fits_text(KIND_NUMBER, subject->text) &&
                         json_parse_text(subject->text, arena, &number);
        if (subject->nature == NATURE_JSON || is_number) {
            items[i] = is_number ? *number : *subject->json;
        } else {
            items[i].type = JSON_STRING;
            items[i].at = subject->text.at;
            items[i].count = (uint32_t)subject->text.size;
        }
    }
    struct json_value *list = ARENA_NEW(arena, struct json_value);
    list->type = JSON_ARRAY;
    list->children = items;
    list->count = (uint32_t)reading->count;
    return (struct subject){ .nature = NATURE_JSON, .json = list };
}

static bool judge_list(struct step *step, const struct comparison *comparison, struct span at,
                       const struct reading *reading, struct judgement *ret_judgement)
{
    struct subject list = as_list(step, reading);
    struct judgement judgement = { 0 };
    if (!check_one(step, comparison, at, reading->actor, &list, &judgement.result)) {
        return false;
    }
    judgement.holds = judgement.result.holds;
    *ret_judgement = judgement;
    return true;
}

static bool judge(struct step *step, const struct value *value,
                  const struct comparison *comparison, struct span at,
                  const struct reading *reading, struct judgement *ret_judgement)
{
    struct judgement judgement = { .holds = wants_all(value, comparison) };
    if (is_ambiguous(value, reading, comparison)) {
        judgement.holds = false;
        judgement.result.expected = TEXT("exactly one");
        judgement.result.actual =
            arena_format(&step->world->arena, "%zu of them", reading->count);
        judgement.result.note = TEXT("write 'at every' or 'at some' for several");
        *ret_judgement = judgement;
        return true;
    }
    if (is_about_list(value, comparison, reading)) {
        return judge_list(step, comparison, at, reading, ret_judgement);
    }
    for (size_t i = 0; i < reading->count; i++) {
        struct comparison_result result;
        if (!check_one(step, comparison, at, reading->actor, &reading->subjects[i], &result)) {
            return false;
        }
        if (result.holds != wants_all(value, comparison)) {
            judgement.holds = result.holds;
            judgement.failing = i;
            judgement.result = result;
            break;
        }
        judgement.result = result;
        judgement.failing = i;
    }
    *ret_judgement = judgement;
    return true;
}

static void report(struct step *step, const struct value *value,
                   const struct readings *readings, const struct reading *reading,
                   const struct judgement *judgement, struct span at)
{
    struct text label = reading->labels[judgement->failing];
    struct text actual = judgement->result.actual;
    if (judgement->result.note.size) {
        actual = arena_format(&step->world->arena, "%.*s (%.*s)", TEXT_ARG(actual),
                              TEXT_ARG(judgement->result.note));
    }
    step_mismatch(step, describe(step, value, readings, reading, label),
                  judgement->result.expected, actual, at);
    if (reading->exchange && value->noun != NOUN_VARIABLE) {
        step_show_exchange(step, reading->exchange);
    }
    if (value->noun >= NOUN_MESSAGE && reading->actor->message) {
        receiver_show(step, reading->actor->message->socket);
    }
}

void value_check(struct step *step, const struct value *value, struct cast the,
                 struct text comparison_text, struct span comparison_at)
{
    struct comparison comparison;
    struct readings readings;
    step->world->checks++;
    enum subject_nature nature = value_nature(value);
    if (!value_comparison(step, comparison_text, comparison_at, nature, &comparison) ||
        !value_read(step, value, the, &readings)) {
        return;
    }
    for (size_t i = 0; i < readings.count; i++) {
        struct judgement judgement;
        if (!judge(step, value, &comparison, comparison_at, &readings.list[i], &judgement)) {
            return;
        }
        if (!judgement.holds) {
            report(step, value, &readings, &readings.list[i], &judgement, comparison_at);
        }
    }
}

bool value_reading_holds(struct step *step, const struct value *value,
                         const struct comparison *comparison, struct span comparison_at,
                         const struct reading *reading, bool *ret_holds, struct text *ret_why)
{
    struct judgement judgement;
    if (!judge(step, value, comparison, comparison_at, reading, &judgement)) {
        return false;
    }
    *ret_holds = judgement.holds;
    if (!judgement.holds) {
        *ret_why = arena_format(&step->world->arena, "%.*s: expected %.*s, actual %.*s",
                                TEXT_ARG(value->words), TEXT_ARG(judgement.result.expected),
                                TEXT_ARG(judgement.result.actual));
    }
    return true;
}

bool value_holds(struct step *step, const struct value *value, struct cast the,
                 struct text comparison_text, struct span comparison_at, bool *ret_holds,
                 struct text *ret_why)
{
    struct comparison comparison;
    struct readings readings;
    if (!value_comparison(step, comparison_text, comparison_at, value_nature(value),
                          &comparison) ||
        !value_read(step, value, the, &readings)) {
        return false;
    }
    *ret_holds = true;
    for (size_t i = 0; i < readings.count; i++) {
        if (!value_reading_holds(step, value, &comparison, comparison_at, &readings.list[i],
                                 ret_holds, ret_why)) {
            return false;
        }
        if (!*ret_holds) {
            return true;
        }
    }
    return true;
}
