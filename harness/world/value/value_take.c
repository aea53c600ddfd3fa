/* SPDX-License-Identifier: MIT */
/* Values taken out of answers: saves and attachments. */
#include "base/buffer.h"
#include "base/clock.h"
#include "exchange/exchange.h"
#include "format/json_writer.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

/* A time or a size keeps its unit: without it, it could be compared with nothing. */
static struct text amount_with_unit(struct arena *arena, const struct subject *subject)
{
    unsigned long long amount = subject->number;
    return subject->nature == NATURE_SIZE
               ? arena_format(arena, "%llu bytes", amount)
               : arena_format(arena, "%llu.%06llu ms", amount / NANOSECONDS_PER_MILLISECOND,
                              amount % NANOSECONDS_PER_MILLISECOND);
}

static void variable_of_subject(struct arena *arena, const struct subject *subject,
                                struct variable *variable)
{
    if (subject->nature == NATURE_TEXT) {
        *variable = (struct variable){ .value = subject->text, .kind = VARIABLE_TEXT };
        return;
    }
    if (subject->nature == NATURE_SIZE || subject->nature == NATURE_DURATION) {
        *variable = (struct variable){ .value = amount_with_unit(arena, subject),
                                       .kind = VARIABLE_TEXT };
        return;
    }
    *variable = (struct variable){ .kind = VARIABLE_JSON };
    if (subject->nature == NATURE_JSON) {
        struct buffer out;
        buffer_init(&out, BUFFER_NO_LIMIT); /* bounded by the document */
        json_print(&out, subject->json);
        variable->value = arena_text(arena, buffer_text(&out));
        buffer_release(&out);
    } else {
        variable->value = arena_format(arena, "%llu", (unsigned long long)subject->number);
    }
}

bool value_take(struct step *step, const struct value *value, struct cast the,
                const struct actor *actor, struct variable *ret_variable)
{
    (void)actor;
    struct readings readings;
    if (!value_read(step, value, the, &readings)) {
        return false;
    }
    const struct reading *reading = &readings.list[0];
    if (readings.count != 1 || reading->count != 1 || reading->subjects[0].is_absent) {
        bool is_absent = reading->subjects[0].is_absent;
        step_fail(step, "%.*s is %s", TEXT_ARG(value->words),
                  is_absent ? "not there" : "not a single value");
        step_hint(step, is_absent ? "look at the answer below"
                                  : "name one value: one actor, one answer, one node");
        if (reading->exchange) {
            step_show_exchange(step, reading->exchange);
        }
        return false;
    }
    variable_of_subject(&step->world->arena, &reading->subjects[0], ret_variable);
    return true;
}

struct text value_media_type(const struct value *value, const struct actor *actor)
{
    struct text type;
    if (value->noun == NOUN_BODY && actor->last.count &&
        headers_find(&actor->last.list[0]->response.headers, TEXT("Content-Type"), &type)) {
        return type;
    }
    return value_nature(value) == NATURE_JSON ? TEXT("application/json") : TEXT("text/plain");
}
