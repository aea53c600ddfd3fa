/* SPDX-License-Identifier: MIT */
#include "world/socket_rule.h"

#include "base/buffer.h"
#include "format/json.h"
#include "format/json_writer.h"
#include "format/regex.h"
#include "net/socket.h"
#include "world/actor_socket.h"
#include "world/socket_opening.h"
#include "world/world.h"

enum { REPLY_LIMIT_BYTES = 1 << 20 };

void socket_rule_answer(struct actor_socket *socket, struct regex *regex, struct text with)
{
    struct arena *arena = &socket->actor->world->arena;
    struct socket_answer *answer = ARENA_NEW(arena, struct socket_answer);
    *answer = (struct socket_answer){ .next = socket->answers,
                                      .regex = regex,
                                      .with = arena_text(arena, with) };
    socket->answers = answer;
}

void socket_rule_ignore(struct actor_socket *socket, struct text event)
{
    struct arena *arena = &socket->actor->world->arena;
    struct socket_ignored *ignored = ARENA_NEW(arena, struct socket_ignored);
    *ignored =
        (struct socket_ignored){ .next = socket->ignored, .event = arena_text(arena, event) };
    socket->ignored = ignored;
    for (size_t i = 0; i < socket->inbox.count; i++) {
        struct inbox_event *at = socket->inbox.list[i];
        at->is_ignored = at->is_ignored || text_equal(at->is.name, event);
    }
}

static bool fits(const struct socket_answer *answer, struct text text)
{
    return regex_match(answer->regex, text, 0, NULL, 0) == REGEX_MATCHED;
}

/* The text as it is where it is JSON, else as a string of JSON. */
static void reply(struct actor_socket *socket, const struct inbox_event *event,
                  struct text with)
{
    struct world *world = socket->actor->world;
    const struct json_value *ignored;
    struct problems problems;
    struct buffer out;
    struct json_writer writer;
    buffer_init(&out, REPLY_LIMIT_BYTES);
    problems_init(&problems);
    if (json_parse_text(with, &world->arena, &ignored)) {
        buffer_add(&out, with);
    } else {
        json_writer_init(&writer, &out, 0);
        json_write_string(&writer, with);
    }
    /* What cannot be replied to is a call that ended: nobody waits. */
    (void)!socket->opening->protocol->reply(socket->protocol, event->is.channel, event->is.call,
                                            buffer_text(&out), &problems);
    problems_release(&problems);
    buffer_release(&out);
}

static bool answer_with(struct actor_socket *socket, const struct socket_answer *answer,
                        const struct inbox_event *event, struct text frame)
{
    if (event->is.kind == PROTOCOL_EVENT_CALL && fits(answer, event->is.name)) {
        reply(socket, event, answer->with);
        return true;
    }
    if (!fits(answer, frame)) {
        return false;
    }
    if (event->is.kind == PROTOCOL_EVENT_CALL) {
        reply(socket, event, answer->with);
    } else {
        (void)socket_send(socket->socket, CONVERSATION_TEXT, answer->with);
    }
    return true;
}

void socket_rule_apply(struct actor_socket *socket, struct inbox_event *event,
                       struct text frame)
{
    for (const struct socket_ignored *at = socket->ignored; at; at = at->next) {
        event->is_ignored = event->is_ignored || text_equal(event->is.name, at->event);
    }
    for (const struct socket_answer *at = socket->answers; at; at = at->next) {
        if (socket->socket && answer_with(socket, at, event, frame)) {
            inbox_take(event);
            return;
        }
    }
}

void socket_rule_release(struct actor_socket *socket)
{
    for (struct socket_answer *at = socket->answers; at; at = at->next) {
        regex_free(at->regex);
    }
    socket->answers = NULL;
}
