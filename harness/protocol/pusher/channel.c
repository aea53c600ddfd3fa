/* SPDX-License-Identifier: MIT */
#include "protocol/pusher/channel.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/json_writer.h"

/* Bounded by the messages of the server that they came in. */
struct member {
    struct buffer id;
    struct buffer info; /* JSON */
};

bool channel_is_presence(struct text name)
{
    return text_starts_with(name, TEXT("presence-"));
}

bool channel_needs_authorisation(struct text name)
{
    return channel_is_presence(name) || text_starts_with(name, TEXT("private-"));
}

static void member_release(struct member *member)
{
    buffer_release(&member->id);
    buffer_release(&member->info);
}

static struct member *find_member(const struct channel *channel, struct text id)
{
    for (size_t i = 0; i < channel->member_count; i++) {
        if (text_equal(buffer_text(&channel->members[i].id), id)) {
            return &channel->members[i];
        }
    }
    return NULL;
}

/* A new member at the end; whether it is there already is for the caller. */
static struct member *append_member(struct channel *channel, struct text id)
{
    GROW(channel->members, channel->member_count, channel->member_capacity);
    struct member *member = &channel->members[channel->member_count++];
    buffer_init(&member->id, BUFFER_NO_LIMIT);
    buffer_init(&member->info, BUFFER_NO_LIMIT);
    buffer_add(&member->id, id);
    return member;
}

static void set_info(struct member *member, const struct json_value *info)
{
    buffer_clear(&member->info);
    if (info) {
        json_print(&member->info, info);
    } else {
        buffer_add_string(&member->info, "null");
    }
}

void channel_clear_members(struct channel *channel)
{
    for (size_t i = 0; i < channel->member_count; i++) {
        member_release(&channel->members[i]);
    }
    free(channel->members);
    channel->members = NULL;
    channel->member_count = 0;
    channel->member_capacity = 0;
}

void channel_set_members(struct channel *channel, const struct json_value *data)
{
    const struct json_value *hash =
        json_member_named(json_member_named(data, "presence"), "hash");
    channel_clear_members(channel);
    for (size_t i = 0; json_is(hash, JSON_OBJECT) && i < hash->count; i++) {
        const struct json_value *info = &hash->children[i];
        if (!info->is_repeated) { /* so nobody need be looked for: ids differ */
            set_info(append_member(channel, json_key(info)), info);
        }
    }
}

void channel_add_member(struct channel *channel, const struct json_value *data)
{
    struct text id = json_text(json_member_named(data, "user_id"));
    struct member *member = find_member(channel, id);
    if (!member) {
        member = append_member(channel, id);
    }
    set_info(member, json_member_named(data, "user_info"));
}

void channel_remove_member(struct channel *channel, const struct json_value *data)
{
    struct member *member = find_member(channel, json_text(json_member_named(data, "user_id")));
    if (!member) {
        return;
    }
    member_release(member);
    channel->member_count--;
    struct member *end = channel->members + channel->member_count;
    for (; member < end; member++) {
        *member = member[1];
    }
}

struct text channel_members(const struct channel *channel, struct arena *arena)
{
    struct buffer out CLEANUP(buffer_release);
    struct json_writer writer;
    buffer_init(&out, BUFFER_NO_LIMIT);
    json_writer_init(&writer, &out, 0);
    json_write_begin_array(&writer);
    for (size_t i = 0; i < channel->member_count; i++) {
        json_write_begin_object(&writer);
        json_write_key(&writer, "user_id");
        json_write_string(&writer, buffer_text(&channel->members[i].id));
        json_write_key(&writer, "user_info");
        json_write_raw(&writer, buffer_text(&channel->members[i].info));
        json_write_end_object(&writer);
    }
    json_write_end_array(&writer);
    return arena_text(arena, buffer_text(&out));
}
