/* SPDX-License-Identifier: MIT */
/* What is known of sockets as values: messages, pings, closes, members of a channel. */
#include "format/json.h"
#include "format/json_path.h"
#include "net/socket.h"
#include "world/actor_socket.h"
#include "world/cast.h"
#include "world/socket_opening.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

struct cast value_the(const struct step *step, const struct value *value)
{
    const struct realtime *realtime = &step->world->realtime;
    if (step->scope->caller || value->noun < NOUN_MESSAGE) {
        return world_the(step);
    }
    return value->noun == NOUN_PING_TIME      ? realtime->pinged.cast
           : value->noun == NOUN_CLOSE_REASON ? realtime->ended.cast
           : value->noun == NOUN_MEMBERS      ? realtime->joined.cast
                                              : realtime->received.cast;
}

static void add(struct reading *reading, struct subject subject, struct text label)
{
    reading->subjects[reading->count] = subject;
    reading->labels[reading->count++] = label;
}

static void reserve(struct step *step, struct reading *reading, size_t count)
{
    reading->subjects = ARENA_ARRAY(&step->world->arena, count + 1, struct subject);
    reading->labels = ARENA_ARRAY(&step->world->arena, count + 1, struct text);
}

static void add_duration(struct reading *reading, uint64_t duration_ns)
{
    add(reading, (struct subject){ .nature = NATURE_DURATION, .number = duration_ns },
        TEXT_EMPTY);
}

static bool fail_for(struct step *step, const struct actor *actor, const char *what,
                     const char *hint)
{
    const char *who = text_is(actor->name, "I") ? "have" : "has";
    step_fail(step, "%.*s %s %s", TEXT_ARG(actor->name), who, what);
    step_hint(step, "%s", hint);
    return false;
}

static struct inbox_event *message_of(struct step *step, const struct actor *actor)
{
    if (!actor->message) {
        (void)fail_for(step, actor, "received no message yet", "receive one first");
    }
    return actor->message;
}

static bool add_nodes(struct step *step, const struct value *value, struct reading *reading,
                      const struct json_value *root)
{
    struct arena *arena = &step->world->arena;
    struct text path;
    struct json_nodes nodes;
    if (!step_quoted(step, reading->actor, value->name, value->at, &path) ||
        !value_select_json(step, root, path, value->at, &nodes)) {
        return false;
    }
    reserve(step, reading, nodes.count);
    for (size_t i = 0; i < nodes.count; i++) {
        bool wants_label = value->quantifier != QUANTIFIER_ONE;
        add(reading, (struct subject){ .nature = NATURE_JSON, .json = nodes.list[i] },
            wants_label ? json_path_of(arena, root, nodes.list[i]) : TEXT_EMPTY);
    }
    if (nodes.count == 0) {
        add(reading, (struct subject){ .nature = NATURE_JSON, .is_absent = true }, TEXT_EMPTY);
    }
    return true;
}

bool value_read_message(struct step *step, const struct value *value,
                        struct inbox_event *message, struct reading *reading)
{
    reading->actor = message->socket->actor;
    reserve(step, reading, 1);
    if (value->noun == NOUN_MESSAGE_DELAY) {
        if (!message->caused_ns) {
            return fail_for(step, reading->actor, "a message that nothing was sent before",
                            "send a request or message first");
        }
        add_duration(reading, message->at_ns - message->caused_ns);
        return true;
    }
    if (value->noun == NOUN_MESSAGE) {
        add(reading, (struct subject){ .nature = NATURE_TEXT, .text = message->is.data },
            TEXT_EMPTY);
        return true;
    }
    const struct json_value *root = inbox_event_json(message, &step->world->arena);
    return root ? add_nodes(step, value, reading, root)
                : fail_for(step, reading->actor, "a message that is not JSON",
                           "check 'the message' as text");
}

static bool read_newest(struct step *step, const struct value *value, struct reading *reading)
{
    struct inbox_event *message = message_of(step, reading->actor);
    return message && value_read_message(step, value, message, reading);
}

static bool read_ping(struct step *step, struct reading *reading)
{
    if (!reading->actor->ping_time_ns) {
        return fail_for(step, reading->actor, "pinged no server yet", "ping it first");
    }
    add_duration(reading, reading->actor->ping_time_ns);
    return true;
}

static bool read_close(struct step *step, struct reading *reading)
{
    const struct actor *actor = reading->actor;
    const struct actor_socket *socket = actor->ended;
    for (const struct actor_socket *at = actor->sockets; at && !socket; at = at->next) {
        socket = at->state == ACTOR_SOCKET_ENDED ? at : NULL;
    }
    if (!socket || !actor_socket_has_ended(socket)) {
        return fail_for(step, actor, "no closed socket", "check that it is closed first");
    }
    add(reading,
        (struct subject){ .nature = NATURE_TEXT, .text = socket->conversation->close.reason },
        TEXT_EMPTY);
    return true;
}

static bool read_members(struct step *step, const struct value *value, struct reading *reading)
{
    struct arena *arena = &step->world->arena;
    struct text channel;
    if (!step_quoted(step, reading->actor, value->name, value->at, &channel)) {
        return false;
    }
    for (const struct actor_socket *at = reading->actor->sockets; at; at = at->next) {
        struct text json;
        const struct json_value *list;
        bool is_known = at->protocol && at->state == ACTOR_SOCKET_READY &&
                        at->opening->protocol->members(at->protocol, channel, arena, &json) &&
                        json_parse_text(json, arena, &list);
        if (is_known) {
            add(reading, (struct subject){ .nature = NATURE_JSON, .json = list }, TEXT_EMPTY);
            return true;
        }
    }
    step_fail(step, "no members of channel '%.*s' are known to %.*s", TEXT_ARG(channel),
              TEXT_ARG(reading->actor->name));
    step_hint(step, "subscribe to it first; only presence channels have members");
    return false;
}

static bool read_one(struct step *step, const struct value *value, struct reading *reading)
{
    reserve(step, reading, 1);
    if (value->noun == NOUN_PING_TIME) {
        return read_ping(step, reading);
    }
    if (value->noun == NOUN_CLOSE_REASON) {
        return read_close(step, reading);
    }
    return value->noun == NOUN_MEMBERS ? read_members(step, value, reading)
                                       : read_newest(step, value, reading);
}

/* From the first to the last arrival among the cast. */
static bool read_spread(struct step *step, struct cast cast, struct reading *reading)
{
    uint64_t first_ns = UINT64_MAX;
    uint64_t last_ns = 0;
    reserve(step, reading, 1);
    for (size_t i = 0; i < cast.count; i++) {
        const struct inbox_event *message = message_of(step, cast.list[i]);
        if (!message) {
            return false;
        }
        first_ns = message->at_ns < first_ns ? message->at_ns : first_ns;
        last_ns = message->at_ns > last_ns ? message->at_ns : last_ns;
    }
    reading->actor = cast.list[0];
    add_duration(reading, last_ns - first_ns);
    return true;
}

bool value_read_socket(struct step *step, const struct value *value, struct cast cast,
                       struct readings *ret_readings)
{
    struct readings readings = {
        ARENA_ARRAY(&step->world->arena, cast.count + 1, struct reading), 0
    };
    if (value->noun == NOUN_MESSAGE_SPREAD) {
        readings.count = 1;
        *ret_readings = readings;
        return read_spread(step, cast, &readings.list[0]);
    }
    for (size_t i = 0; i < cast.count; i++) {
        struct reading *reading = &readings.list[readings.count++];
        reading->actor = cast.list[i];
        if (!read_one(step, value, reading)) {
            return false;
        }
    }
    *ret_readings = readings;
    return true;
}
