/* SPDX-License-Identifier: MIT */
#include "protocol/absent.h"

struct text absent_address(UNUSED struct protocol_options *options, struct text url,
                           UNUSED struct headers *query, UNUSED struct arena *arena)
{
    return url;
}

void absent_step(UNUSED struct protocol_state *state)
{
}

bool absent_reply(UNUSED struct protocol_state *state, UNUSED struct text channel,
                  UNUSED uint64_t call, UNUSED struct text data, struct problems *problems)
{
    problems_add(problems, PROBLEM_INPUT, span_none(), "open the socket as Socket.IO",
                 "the protocol of this socket has no answers to events");
    return false;
}

bool absent_channel(UNUSED struct protocol_state *state, struct text channel,
                    struct problems *problems)
{
    problems_add(problems, PROBLEM_INPUT, span_none(),
                 "open the socket as Pusher for channels, as Socket.IO for namespaces",
                 "the protocol of this socket has neither channels nor namespaces: '%.*s'",
                 TEXT_ARG(channel));
    return false;
}

void absent_authorised(UNUSED struct protocol_state *state, UNUSED struct text channel,
                       UNUSED struct text auth, UNUSED struct text channel_data,
                       UNUSED struct text reason)
{
}

bool absent_members(UNUSED struct protocol_state *state, UNUSED struct text channel,
                    UNUSED struct arena *arena, UNUSED struct text *ret_json)
{
    return false;
}

bool absent_in_event(struct text channel, const uint64_t *call, struct problems *problems)
{
    if (channel.size > 0) {
        return absent_channel(NULL, channel, problems);
    }
    if (call) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "send the event and receive the one that answers it",
                     "the protocol of this socket has no calls: nothing says which message is "
                     "the answer");
        return false;
    }
    return true;
}
