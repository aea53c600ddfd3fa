/* SPDX-License-Identifier: MIT */
#include "steps/socket/wanted.h"

#include "base/clock.h"
#include "diff/expectation.h"
#include "world/actor_socket.h"
#include "world/step.h"
#include "world/world.h"

/* --- reading --- */

static bool take(struct text *rest, const char *words)
{
    bool is_there = text_starts_with(*rest, text_of(words));
    *rest = is_there ? text_from(*rest, text_of(words).size) : *rest;
    return is_there;
}

/* A quoted string at the front. */
static struct text take_quoted(struct text *rest)
{
    size_t end = 1;
    while (end < rest->size && rest->at[end] != rest->at[0]) {
        end += rest->at[end] == '\\' ? 2 : 1;
    }
    struct text quoted = text_slice(*rest, 0, end + 1);
    *rest = text_from(*rest, end + 1);
    return quoted;
}

static bool is_quote(struct text rest)
{
    return rest.size && (rest.at[0] == '"' || rest.at[0] == '\'');
}

bool wanted_read_event(struct step *step, const struct actor *actor, size_t index,
                       struct wanted *wanted)
{
    struct text rest = step_argument(step, index);
    struct span at = step_argument_span(step, index);
    wanted->at = at;
    wanted->is_strict = take(&rest, "the next ");
    (void)(wanted->is_strict || take(&rest, "an ") || take(&rest, "a "));
    bool is_before = !is_quote(rest) && (take(&rest, "event") || take(&rest, "message"));
    wanted->has_name =
        is_quote(rest) || (is_before && take(&rest, " \"")) || (is_before && take(&rest, " '"));
    if (wanted->has_name && is_before) {
        rest = text_make(rest.at - 1, rest.size + 1); /* its quote again */
    }
    if (wanted->has_name && !step_quoted(step, actor, take_quoted(&rest), at, &wanted->name)) {
        return false;
    }
    (void)take(&rest, " event");
    wanted->has_channel = take(&rest, " on channel ");
    return !wanted->has_channel || step_quoted(step, actor, rest, at, &wanted->channel);
}

/* "the text" is the message, "the JSON at …" is the message JSON at … */
bool wanted_read_field(struct step *step, size_t index, struct wanted *wanted)
{
    struct text field = step_argument(step, index);
    struct span at = step_argument_span(step, index);
    struct text words = text_is(field, "the text")
                            ? TEXT("message")
                            : arena_format(&step->world->arena, "message %.*s",
                                           TEXT_ARG(text_from(field, text_of("the ").size)));
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
