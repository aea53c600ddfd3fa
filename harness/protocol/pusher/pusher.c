/* SPDX-License-Identifier: MIT */
#include "protocol/pusher/pusher.h"

#include "protocol/absent.h"
#include "protocol/address.h"
#include "protocol/pusher/connection.h"

static struct text address(struct protocol_options *options, struct text url,
                           struct headers *query, struct arena *arena)
{
    struct address parts;
    address_split(url, &parts);
    if (options->key.size > 0 && !text_contains(parts.path, TEXT("/app/"))) {
        bool has_slash = text_ends_with(parts.path, TEXT("/"));
        struct text prefix = text_slice(parts.path, 0, parts.path.size - has_slash);
        parts.path =
            arena_format(arena, "%.*s/app/%.*s", TEXT_ARG(prefix), TEXT_ARG(options->key));
    }
    address_default(&parts, query, arena, TEXT("protocol"), TEXT("7"));
    address_default(&parts, query, arena, TEXT("client"), TEXT("bddrun"));
    address_default(&parts, query, arena, TEXT("version"), TEXT(BDDRUN_VERSION));
    return address_join(arena, &parts);
}

static bool create(struct arena *arena, UNUSED const struct protocol_options *options,
                   const struct protocol_sink *sink, struct protocol_state **ret_state,
                   UNUSED struct problems *problems)
{
    struct protocol_state *state = ARENA_NEW(arena, struct protocol_state);
    state->arena = arena;
    state->sink = sink;
    *ret_state = state;
    return true;
}

static void release(struct protocol_state *state)
{
    for (size_t i = 0; i < state->channel_count; i++) {
        channel_clear_members(&state->channels[i]);
    }
}

static bool members(struct protocol_state *state, struct text name, struct arena *arena,
                    struct text *ret_json)
{
    const struct channel *channel = pusher_channel(state, name);
    if (!channel || channel->state != CHANNEL_JOINED || !channel_is_presence(name)) {
        return false;
    }
    *ret_json = channel_members(channel, arena);
    return true;
}

static void goodbye(struct protocol_state *state)
{
    state->phase = PUSHER_OVER;
    state->sink->wake(state->sink->context, 0);
}

const struct protocol pusher_protocol = {
    .name = TEXT_STATIC("Pusher"),
    .key = TEXT_STATIC("pusher"),
    .address = address,
    .create = create,
    .release = release,
    .opened = absent_step,
    .received = pusher_received,
    .due = pusher_due,
    .send_event = pusher_send_event,
    .reply = absent_reply,
    .join = pusher_join,
    .leave = pusher_leave,
    .authorised = pusher_authorised,
    .members = members,
    .goodbye = goodbye,
};
