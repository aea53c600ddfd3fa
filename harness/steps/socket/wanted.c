/* SPDX-License-Identifier: MIT */
#include "steps/socket/wanted.h"

#include "base/clock.h"
#include "diff/expectation.h"
#include "world/actor_socket.h"
#include "world/socket_words.h"
#include "world/step.h"
#include "world/world.h"

/* --- reading --- */

static size_t first_quote(struct text text, size_t from)
{
    size_t twofold = text_find_byte(text, '"', from);
    size_t single = text_find_byte(text, '\'', from);
    return twofold < single ? twofold : single;
}

/* Just behind the quoted string that starts at `from`. */
static size_t quoted_end(struct text text, size_t from)
{
    size_t end = from + 1;
    while (end < text.size && text.at[end] != text.at[from]) {
        end += text.at[end] == '\\' ? 2 : 1;
    }
    return end + 1;
}

bool wanted_read_event(struct step *step, const struct actor *actor, size_t index,
                       struct wanted *wanted)
{
    const struct text on = TEXT(" on channel ");
    struct text text = step_argument(step, index);
    size_t name = first_quote(text, 0);
    size_t channel = text_find(text, on, 0);
    size_t name_end = 0;
    wanted->at = step_argument_span(step, index);
    wanted->is_strict = text_starts_with(text, TEXT("the next "));
    wanted->has_name = name < channel;
    if (wanted->has_name) {
        name_end = quoted_end(text, name);
        channel = text_find(text, on, name_end); /* a name may hold these words */
    }
    wanted->has_channel = channel < text.size;
    return (!wanted->has_name || step_quoted(step, actor, text_slice(text, name, name_end),
                                             wanted->at, &wanted->name)) &&
           (!wanted->has_channel || step_quoted(step, actor, text_from(text, channel + on.size),
                                                wanted->at, &wanted->channel));
}

bool wanted_read_field(struct step *step, size_t index, struct wanted *wanted)
{
    struct text field = step_argument(step, index);
    struct span at = step_argument_span(step, index);
    struct text words = socket_field_words(&step->world->arena, field);
    struct problems problems;
    problems_init(&problems);
    bool is_ok = value_parse(words, at, false, &wanted->field, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    wanted->field.words = field;
    wanted->has_field = true;
    return is_ok && value_comparison(step, step_argument(step, index + 1),
                                     step_argument_span(step, index + 1),
                                     value_nature(&wanted->field), &wanted->comparison);
}

bool expectations_compile(struct expectations *all, struct step *step,
                          const struct source *source, struct expectation **ret_expectation)
{
    struct problems problems;
    for (struct compiled *at = all->first; at; at = at->next) {
        if (text_equal(at->content, source->bytes)) {
            *ret_expectation = at->expectation;
            return true;
        }
    }
    struct compiled *compiled = ARENA_NEW(&step->world->arena, struct compiled);
    problems_init(&problems);
    bool is_ok = expectation_compile(source, &compiled->expectation, &problems);
    if (is_ok) {
        compiled->content = source->bytes;
        compiled->next = all->first;
        all->first = compiled;
        *ret_expectation = compiled->expectation;
    } else {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    return is_ok;
}

void expectations_release(struct expectations *all)
{
    for (struct compiled *at = all->first; at; at = at->next) {
        expectation_free(at->expectation);
    }
    all->first = NULL;
}

/* --- fitting --- */

bool wanted_is_possible(struct step *step, const struct wanted *wanted,
                        const struct actor_socket *socket)
{
    if (!wanted->has_name || !text_is(actor_socket_protocol(socket), "text")) {
        return true;
    }
    step_fail(step, "%.*s speaks text, in which events have no names",
              TEXT_ARG(actor_socket_title(socket)));
    step_hint(step, "receive a message, or open the socket as JSON, Socket.IO or Pusher");
    return false;
}

bool wanted_fits_name(const struct wanted *wanted, const struct inbox_event *event)
{
    return (!wanted->has_name || text_equal(wanted->name, event->is.name)) &&
           (!wanted->has_channel || text_equal(wanted->channel, event->is.channel));
}

static bool fits_field(struct step *step, const struct wanted *wanted,
                       struct inbox_event *event)
{
    struct reading reading = { 0 };
    bool holds = false;
    struct text why;
    if (wanted->field.noun == NOUN_MESSAGE_JSON &&
        !inbox_event_json(event, &step->world->arena)) {
        return false;
    }
    return value_read_message(step, &wanted->field, event, &reading) &&
           value_reading_holds(step, &wanted->field, &wanted->comparison, wanted->at, &reading,
                               &holds, &why) &&
           holds;
}

bool wanted_fits(struct step *step, const struct wanted *wanted, struct inbox_event *event)
{
    if (!wanted_fits_name(wanted, event)) {
        return false;
    }
    if (wanted->expectation) {
        const struct json_value *json = inbox_event_json(event, &step->world->arena);
        uint64_t now_ns = clock_realtime_ns(step->world->context->clock);
        return json &&
               expectation_accepts(wanted->expectation, json, EXPECTATION_MATCHES, now_ns);
    }
    return !wanted->has_field || fits_field(step, wanted, event);
}
