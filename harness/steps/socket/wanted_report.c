/* SPDX-License-Identifier: MIT */
/* What a step says that waited in vain. */
#include "base/clock.h"
#include "diff/expectation.h"
#include "steps/socket/wanted.h"
#include "world/receiver.h"
#include "world/socket_wait.h"
#include "world/step.h"
#include "world/world.h"

enum { CANDIDATES_LIMIT = 200, TITLE_LIMIT_BYTES = 1000 };

struct text wanted_print(struct step *step, const struct wanted *wanted)
{
    struct buffer out;
    buffer_init(&out, TITLE_LIMIT_BYTES);
    if (wanted->has_name) {
        buffer_add_format(&out, "\"%.*s\" event", TEXT_ARG(wanted->name));
    } else {
        buffer_add_string(&out, "message");
    }
    if (wanted->has_channel) {
        buffer_add_format(&out, " on channel \"%.*s\"", TEXT_ARG(wanted->channel));
    }
    if (wanted->expectation) {
        buffer_add_string(&out, " that matches");
    } else if (wanted->has_field) {
        buffer_add_format(&out, " where %.*s %.*s", TEXT_ARG(wanted->field.words),
                          TEXT_ARG(wanted->comparison.text));
    }
    struct text printed = arena_text(&step->world->arena, buffer_text(&out));
    buffer_release(&out);
    return printed;
}

static bool differences_of(struct step *step, const struct wanted *wanted,
                           struct inbox_event *event, struct mismatches *ret_mismatches)
{
    struct arena *arena = &step->world->arena;
    const struct json_value *json = inbox_event_json(event, arena);
    return json && !expectation_match(wanted->expectation, json, EXPECTATION_MATCHES,
                                      clock_realtime_ns(step->world->context->clock), arena,
                                      ret_mismatches);
}

/* Of the unread ones of that name, the newest with the fewest mismatches. */
static struct inbox_event *find_nearest(struct step *step, const struct wanted *wanted,
                                        struct inbox *inbox)
{
    size_t fewest = SIZE_MAX;
    size_t index = inbox->count > CANDIDATES_LIMIT ? inbox->count - CANDIDATES_LIMIT : 0;
    struct inbox_event *nearest = NULL;
    struct inbox_event *event;
    for (; (event = inbox_unread(inbox, &index)); index++) {
        struct mismatches mismatches = { 0 };
        if (!wanted_fits_name(wanted, event) ||
            (wanted->expectation && !differences_of(step, wanted, event, &mismatches))) {
            continue;
        }
        if (mismatches.count <= fewest) {
            fewest = mismatches.count;
            nearest = event;
        }
    }
    return nearest;
}

/* "the "seat" event at +0.034 s" */
static struct text title_of(struct step *step, const struct inbox_event *event)
{
    struct buffer out;
    buffer_init(&out, TITLE_LIMIT_BYTES);
    buffer_add_string(&out, "the nearest, ");
    if (event->is.name.size) {
        buffer_add_format(&out, "\"%.*s\" ", TEXT_ARG(event->is.name));
    }
    buffer_add_string(&out, "at ");
    inbox_event_print_time(&out, event, step->started_ns);
    struct text title = arena_text(&step->world->arena, buffer_text(&out));
    buffer_release(&out);
    return title;
}

static void show_differences(struct step *step, const struct wanted *wanted,
                             struct inbox_event *event)
{
    struct mismatches mismatches = { 0 };
    struct text title = title_of(step, event);
    if (!differences_of(step, wanted, event, &mismatches)) {
        return;
    }
    for (size_t i = 0; i < mismatches.count; i++) {
        const struct mismatch *at = &mismatches.list[i];
        struct text what = arena_format(&step->world->arena, "%.*s: JSON at %.*s",
                                        TEXT_ARG(title), TEXT_ARG(at->path));
        step_mismatch(step, what, at->expected, at->actual, at->at);
    }
}

static void show_field(struct step *step, const struct wanted *wanted,
                       struct inbox_event *event)
{
    struct reading reading = { 0 };
    bool holds = true;
    struct text why = TEXT_EMPTY;
    if (wanted->field.noun == NOUN_MESSAGE_JSON &&
        !inbox_event_json(event, &step->world->arena)) {
        step_mismatch(step, title_of(step, event), TEXT("JSON"), event->is.data, wanted->at);
        return;
    }
    if (value_read_message(step, &wanted->field, event, &reading) &&
        value_reading_holds(step, &wanted->field, &wanted->comparison, wanted->at, &reading,
                            &holds, &why) &&
        !holds) {
        step_mismatch(step, title_of(step, event), wanted->comparison.text,
                      reading.count ? subject_print(&step->world->arena, &reading.subjects[0])
                                    : TEXT("nothing"),
                      wanted->at);
    }
}

static struct text count_of(struct step *step, const struct inbox *inbox)
{
    size_t unread = inbox_unread_count(inbox);
    if (inbox->count == 0) {
        return TEXT("no message came");
    }
    return arena_format(&step->world->arena, "%zu message%s came, %zu unread", inbox->count,
                        inbox->count == 1 ? "" : "s", unread);
}

static const char *hint_of(const struct actor_socket *socket, bool has_nearest)
{
    if (actor_socket_is_silent(socket)) {
        return "the connection has ended: what should come must come before";
    }
    if (has_nearest) {
        return "the nearest message is not it; or give it longer with 'within … '";
    }
    return socket->inbox.count
               ? "compare with the inbox below; or give it longer with 'within … '"
               : "is it the right socket? or give it longer with 'within … '";
}

/* "within 2 s", or how the connection ended before. */
static struct text until_of(struct socket_wait *wait, const struct actor_socket *socket,
                            size_t others)
{
    struct arena *arena = &wait->step->world->arena;
    if (actor_socket_is_silent(socket)) {
        return arena_format(arena, "and %.*s", TEXT_ARG(actor_socket_ending(socket)));
    }
    struct text time = socket_wait_time(wait);
    return others ? arena_format(arena, "%.*s (nor did %zu other%s)", TEXT_ARG(time), others,
                                 others == 1 ? "" : "s")
                  : time;
}

void wanted_report(struct socket_wait *wait, struct actor_socket *socket,
                   const struct wanted *wanted, size_t others)
{
    struct step *step = wait->step;
    struct inbox_event *nearest = find_nearest(step, wanted, &socket->inbox);
    step_fail_at(step, wanted->at, "%.*s received no %.*s %.*s: %.*s",
                 TEXT_ARG(actor_socket_title(socket)), TEXT_ARG(wanted_print(step, wanted)),
                 TEXT_ARG(until_of(wait, socket, others)),
                 TEXT_ARG(count_of(step, &socket->inbox)));
    if (nearest && wanted->expectation) {
        show_differences(step, wanted, nearest);
    } else if (nearest && wanted->has_field) {
        show_field(step, wanted, nearest);
    }
    step_hint(step, "%s", hint_of(socket, nearest != NULL));
    receiver_show(step, socket);
}
