/* SPDX-License-Identifier: MIT */
/* A channel that was asked for, and who is in it (presence channels). */
#ifndef BDDRUN_PROTOCOL_PUSHER_CHANNEL_H
#define BDDRUN_PROTOCOL_PUSHER_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"
#include "format/json.h"

enum channel_state {
    CHANNEL_AUTHORISING, /* the application is asked */
    CHANNEL_JOINING,     /* the server is asked */
    CHANNEL_JOINED,
    CHANNEL_LEFT,
};

struct member; /* heap */

struct channel {
    struct text name;
    enum channel_state state;
    struct member *members; /* in the order of coming */
    size_t member_count;
    size_t member_capacity;
};

bool channel_needs_authorisation(struct text name); /* private-… and presence-… */
bool channel_is_presence(struct text name);

/* Members from subscription_succeeded, replacing all: {"presence": {"hash": {id: info}}}. */
void channel_set_members(struct channel *channel, const struct json_value *data);

/* From member_added and member_removed: {"user_id", "user_info"}. One that is there already is
 * replaced. */
void channel_add_member(struct channel *channel, const struct json_value *data);
void channel_remove_member(struct channel *channel, const struct json_value *data);
void channel_clear_members(struct channel *channel);

/* [{"user_id": …, "user_info": …}, …] */
struct text channel_members(const struct channel *channel, struct arena *arena);

#endif
