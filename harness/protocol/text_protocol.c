/* SPDX-License-Identifier: MIT */
#include "protocol/text_protocol.h"

#include "protocol/absent.h"

struct protocol_state {
    const struct protocol_sink *sink;
};

static bool create(struct arena *arena, UNUSED const struct protocol_options *options,
                   const struct protocol_sink *sink, struct protocol_state **ret_state,
                   UNUSED struct problems *problems)
{
    struct protocol_state *state = ARENA_NEW(arena, struct protocol_state);
    state->sink = sink;
    *ret_state = state;
    return true;
}

static void opened(struct protocol_state *state)
{
    state->sink->changed(state->sink->context, PROTOCOL_READY, TEXT_EMPTY, TEXT_EMPTY);
}

static void received(struct protocol_state *state, enum conversation_kind kind,
                     struct text data)
{
    struct protocol_event event = { .data = data, .is_binary = kind == CONVERSATION_BINARY };
    if (kind == CONVERSATION_TEXT || kind == CONVERSATION_BINARY) {
        state->sink->event(state->sink->context, &event);
    }
}

static bool send_event(UNUSED struct protocol_state *state, struct text name,
                       UNUSED struct text channel, UNUSED struct text data,
                       UNUSED uint64_t *ret_call, struct problems *problems)
{
    problems_add(problems, PROBLEM_INPUT, span_none(),
                 "send text, JSON or bytes, or open the socket as JSON, Socket.IO or Pusher",
                 "a socket of plain text has no events: '%.*s'", TEXT_ARG(name));
    return false;
}

const struct protocol text_protocol = {
    .name = TEXT_STATIC("text"),
    .key = TEXT_STATIC("text"),
    .address = absent_address,
    .create = create,
    .release = absent_step,
    .opened = opened,
    .received = received,
    .due = absent_step,
    .send_event = send_event,
    .reply = absent_reply,
    .join = absent_channel,
    .leave = absent_channel,
    .authorised = absent_authorised,
    .members = absent_members,
    .goodbye = absent_step,
};
