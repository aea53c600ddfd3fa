/* SPDX-License-Identifier: MIT */
/* Pusher Channels, protocol 7: {"event", "channel", "data"}, data often JSON inside of a text. */
#include "diff/conversation/talk/talk_parts.h"

struct pusher_message {
    struct text event;
    struct text channel;
    struct text data;
};

static bool read_message(struct text bytes, struct arena *arena,
                         struct pusher_message *ret_message)
{
    const struct json_value *root = NULL;
    const struct json_value *inner = NULL;
    if (!json_parse_text(bytes, arena, &root) ||
        !json_is(json_member_named(root, "event"), JSON_STRING)) {
        return false;
    }
    const struct json_value *data = json_member_named(root, "data");
    ret_message->event = json_text(json_member_named(root, "event"));
    ret_message->channel = json_text(json_member_named(root, "channel"));
    ret_message->data = data ? text_slice(bytes, data->start, data->end) : TEXT_EMPTY;
    if (json_is(data, JSON_STRING) && json_parse_text(json_text(data), arena, &inner)) {
        ret_message->data = json_text(data);
    }
    return true;
}

static void add_channel_fact(struct talk *talk, struct text channel, const char *what)
{
    talk_add_fact(talk, arena_format(talk->arena, "channel \"%.*s\"", TEXT_ARG(channel)),
                  text_of(what));
}

static void established(struct talk *talk, const struct pusher_message *message)
{
    const struct json_value *root = NULL;
    if (json_parse_text(message->data, talk->arena, &root)) {
        const struct json_value *timeout = json_member_named(root, "activity_timeout");
        talk_add_fact(talk, TEXT("Pusher activity_timeout"), json_text(timeout));
    }
}

/* The protocol's own events: heartbeats are dropped, joining becomes a fact. */
static bool take_own(struct talk *talk, const struct pusher_message *message)
{
    if (text_is(message->event, "pusher:connection_established")) {
        established(talk, message);
    } else if (text_is(message->event, "pusher_internal:subscription_succeeded")) {
        add_channel_fact(talk, message->channel, "joined");
    } else if (text_is(message->event, "pusher:subscription_error")) {
        add_channel_fact(talk, message->channel, "refused");
    } else {
        return text_is(message->event, "pusher:ping") ||
               text_is(message->event, "pusher:pong") ||
               text_is(message->event, "pusher:subscribe") ||
               text_is(message->event, "pusher:unsubscribe");
    }
    return true;
}

void talk_read_pusher(struct talk *talk)
{
    for (size_t i = 0; i < talk->conversation->count; i++) {
        const struct conversation_message *message = &talk->conversation->list[i];
        struct pusher_message read;
        if (message->kind == CONVERSATION_BINARY ||
            (message->kind == CONVERSATION_TEXT &&
             !read_message(message->data, talk->arena, &read))) {
            talk_add_plain(talk, message, message->data);
        } else if (message->kind == CONVERSATION_TEXT && !take_own(talk, &read)) {
            struct talk_event *event = talk_add(talk, message);
            event->name = read.event;
            event->channel = read.channel;
            talk_set_data(talk, event, read.data);
        }
    }
}
