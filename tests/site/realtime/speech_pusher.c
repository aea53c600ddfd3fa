/* SPDX-License-Identifier: MIT */
/*
 * Pusher 7, as Laravel Reverb speaks it: public, private and presence channels "table.N",
 * "private-table.N", "presence-table.N"; client events; subscriptions signed by
 * /broadcasting/auth.
 */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>

#include "json_text.h"
#include "realtime/realtime.h"
#include "site.h"

enum { MESSAGE_LIMIT = 1 << 20, HMAC_BYTES = 32 };

/* One message; data is JSON text, sent as a JSON string. */
static void send_message(struct peer *peer, const char *event, const char *channel,
                         struct text data)
{
    struct buffer CLEANUP(buffer_release) out;
    buffer_init(&out, MESSAGE_LIMIT);
    buffer_add_format(&out, "{\"event\":\"%s\"", event);
    if (channel) {
        buffer_add_string(&out, ",\"channel\":");
        json_add_string(&out, text_of(channel));
    }
    buffer_add_string(&out, ",\"data\":");
    json_add_string(&out, data);
    buffer_add_byte(&out, '}');
    peer_send(peer, FRAME_TEXT, buffer_text(&out));
}

static struct pusher_channel *find_channel(struct peer *peer, struct text name)
{
    for (size_t i = 0; i < PEER_CHANNELS; i++) {
        if (text_is(name, peer->pusher.channels[i].name)) {
            return &peer->pusher.channels[i];
        }
    }
    return NULL;
}

static bool is_presence(struct text channel)
{
    return text_starts_with(channel, TEXT("presence-"));
}

static bool is_public(struct text channel)
{
    return !is_presence(channel) && !text_starts_with(channel, TEXT("private-"));
}

void pusher_sign(struct text socket_id, struct text channel, struct text channel_data,
                 struct buffer *out)
{
    struct buffer CLEANUP(buffer_release) signed_text;
    unsigned char digest[HMAC_BYTES];
    buffer_init(&signed_text, MESSAGE_LIMIT);
    buffer_add_format(&signed_text, "%.*s:%.*s", TEXT_ARG(socket_id), TEXT_ARG(channel));
    if (channel_data.size > 0) {
        buffer_add_format(&signed_text, ":%.*s", TEXT_ARG(channel_data));
    }
    HMAC(EVP_sha256(), PUSHER_SECRET, (int)strlen(PUSHER_SECRET),
         (const unsigned char *)signed_text.at, signed_text.size, digest, NULL);
    buffer_add_string(out, PUSHER_KEY ":");
    for (size_t i = 0; i < sizeof digest; i++) {
        buffer_add_format(out, "%02x", digest[i]);
    }
}

static bool is_signed(const struct peer *peer, struct text channel, struct text data,
                      struct text channel_data)
{
    struct buffer CLEANUP(buffer_release) wanted;
    struct text given;
    buffer_init(&wanted, MESSAGE_LIMIT);
    pusher_sign(text_of(peer->pusher.socket_id), channel, channel_data, &wanted);
    return json_member(data, "auth", &given) && text_equal(given, buffer_text(&wanted));
}

/* --- presence --- */

static void tell_members(struct peer *peer, const char *event, const char *channel,
                         struct text member)
{
    for (struct peer *other = peer->site->realtime.first; other; other = other->next) {
        if (other != peer && other->speech == &speech_pusher && !other->is_gone &&
            find_channel(other, text_of(channel))) {
            send_message(other, event, channel, member);
        }
    }
}

static void add_members(struct buffer *ids, struct buffer *hash, struct peer *peer,
                        struct text channel, size_t *count)
{
    for (struct peer *other = peer->site->realtime.first; other; other = other->next) {
        struct pusher_channel *joined = other->speech == &speech_pusher && !other->is_gone
                                            ? find_channel(other, channel)
                                            : NULL;
        struct text id;
        struct text info = TEXT("{}");
        if (!joined || !json_member_raw(buffer_text(&joined->member), "user_id", &id)) {
            continue;
        }
        (void)json_member_raw(buffer_text(&joined->member), "user_info", &info);
        const char *separator = *count > 0 ? "," : "";
        buffer_add_format(ids, "%s%.*s", separator, TEXT_ARG(id));
        buffer_add_format(hash, "%s%.*s:%.*s", separator, TEXT_ARG(id), TEXT_ARG(info));
        ++*count;
    }
}

static void welcome(struct peer *peer, struct pusher_channel *channel)
{
    struct buffer CLEANUP(buffer_release) ids;
    struct buffer CLEANUP(buffer_release) hash;
    struct buffer CLEANUP(buffer_release) data;
    size_t count = 0;
    buffer_init(&ids, MESSAGE_LIMIT);
    buffer_init(&hash, MESSAGE_LIMIT);
    buffer_init(&data, MESSAGE_LIMIT);
    if (is_presence(text_of(channel->name))) {
        add_members(&ids, &hash, peer, text_of(channel->name), &count);
        buffer_add_format(&data,
                          "{\"presence\":{\"count\":%zu,\"ids\":[%.*s],\"hash\":{%.*s}}}",
                          count, TEXT_ARG(buffer_text(&ids)), TEXT_ARG(buffer_text(&hash)));
        tell_members(peer, "pusher_internal:member_added", channel->name,
                     buffer_text(&channel->member));
    } else {
        buffer_add_string(&data, "{}");
    }
    send_message(peer, "pusher_internal:subscription_succeeded", channel->name,
                 buffer_text(&data));
}

static void leave(struct peer *peer, struct pusher_channel *channel)
{
    if (channel->name[0] == '\0') {
        return;
    }
    if (is_presence(text_of(channel->name))) {
        tell_members(peer, "pusher_internal:member_removed", channel->name,
                     buffer_text(&channel->member));
    }
    channel->name[0] = '\0';
    buffer_release(&channel->member);
}

/* --- what comes --- */

static void refuse(struct peer *peer, struct text channel, const char *message)
{
    struct buffer CLEANUP(buffer_release) out;
    buffer_init(&out, MESSAGE_LIMIT);
    buffer_add_string(&out, "{\"event\":\"pusher:subscription_error\",\"channel\":");
    json_add_string(&out, channel);
    buffer_add_format(
        &out, ",\"data\":{\"type\":\"AuthError\",\"error\":\"%s\",\"status\":401}}", message);
    peer_send(peer, FRAME_TEXT, buffer_text(&out));
}

/* The string's escapes undone; those of JSON in JSON are quotes and backslashes. */
static void add_unescaped(struct buffer *out, struct text escaped)
{
    for (size_t i = 0; i < escaped.size; i++) {
        i += escaped.at[i] == '\\' && i + 1 < escaped.size;
        buffer_add_byte(out, escaped.at[i]);
    }
}

static void subscribe(struct peer *peer, struct text data)
{
    struct text name;
    struct text escaped;
    struct pusher_channel *slot = find_channel(peer, TEXT_EMPTY);
    if (!json_member(data, "channel", &name) || name.size == 0 ||
        name.size >= PEER_CHANNEL_SIZE || !slot) {
        refuse(peer, TEXT_EMPTY, "A channel is wanted.");
        return;
    }
    struct buffer CLEANUP(buffer_release) member;
    buffer_init(&member, MESSAGE_LIMIT);
    if (json_member(data, "channel_data", &escaped)) {
        add_unescaped(&member, escaped);
    }
    if (!is_public(name) && !is_signed(peer, name, data, buffer_text(&member))) {
        refuse(peer, name, "The signature is not valid.");
        return;
    }
    memset(slot->name, 0, sizeof slot->name);
    memcpy(slot->name, name.at, name.size);
    buffer_init(&slot->member, MESSAGE_LIMIT);
    buffer_add(&slot->member, buffer_text(&member));
    size_t dot = text_find_byte(name, '.', 0);
    uint64_t table = 0;
    if (text_to_uint64(text_from(name, dot + 1), &table)) {
        peer->table = table;
    }
    welcome(peer, slot);
}

static void pass_on(struct peer *peer, struct text event, struct text name, struct text data)
{
    struct buffer CLEANUP(buffer_release) out;
    buffer_init(&out, MESSAGE_LIMIT);
    if (is_public(name) || !find_channel(peer, name)) {
        send_message(peer, "pusher:error", NULL,
                     TEXT("{\"code\":4301,\"message\":\"The client event is rejected.\"}"));
        return;
    }
    buffer_add_format(&out, "{\"event\":\"%.*s\",\"channel\":\"%.*s\",\"data\":%.*s}",
                      TEXT_ARG(event), TEXT_ARG(name), TEXT_ARG(data));
    for (struct peer *other = peer->site->realtime.first; other; other = other->next) {
        if (other != peer && other->speech == &speech_pusher && find_channel(other, name)) {
            peer_send(other, FRAME_TEXT, buffer_text(&out));
        }
    }
}

static void heard(struct peer *peer, unsigned opcode UNUSED, struct text message)
{
    struct text event;
    struct text name = TEXT_EMPTY;
    struct text data = TEXT("{}");
    if (!json_member(message, "event", &event)) {
        send_message(peer, "pusher:error", NULL,
                     TEXT("{\"code\":4200,\"message\":\"Invalid message format\"}"));
        return;
    }
    (void)json_member(message, "channel", &name);
    (void)json_member_raw(message, "data", &data);
    if (text_is(event, "pusher:subscribe")) {
        subscribe(peer, data);
    } else if (text_is(event, "pusher:unsubscribe")) {
        struct pusher_channel *channel =
            json_member(data, "channel", &name) ? find_channel(peer, name) : NULL;
        if (channel) {
            leave(peer, channel);
        }
    } else if (text_is(event, "pusher:ping")) {
        send_message(peer, "pusher:pong", NULL, TEXT("{}"));
    } else if (text_starts_with(event, TEXT("client-"))) {
        pass_on(peer, event, name, data);
    }
}

static void opened(struct peer *peer)
{
    char uuid[37];
    uuid_random(uuid);
    (void)snprintf(peer->pusher.socket_id, sizeof peer->pusher.socket_id, "%u.%llu",
                   (unsigned)text_hash(text_of(uuid)) % 1000000u,
                   (unsigned long long)text_hash(text_of(uuid + 1)) % 1000000000u);
    struct buffer CLEANUP(buffer_release) data;
    buffer_init(&data, MESSAGE_LIMIT);
    buffer_add_format(&data, "{\"socket_id\":\"%s\",\"activity_timeout\":30}",
                      peer->pusher.socket_id);
    send_message(peer, "pusher:connection_established", NULL, buffer_text(&data));
}

static void due(struct peer *peer UNUSED, int64_t now UNUSED)
{
}

static void tell(struct peer *peer, const char *event, struct text members)
{
    struct buffer CLEANUP(buffer_release) data;
    char suffix[32];
    buffer_init(&data, MESSAGE_LIMIT);
    buffer_add_format(&data, "{%.*s}", TEXT_ARG(members));
    (void)snprintf(suffix, sizeof suffix, "table.%llu", (unsigned long long)peer->table);
    if (text_is(peer->site->realtime.sender, peer->pusher.socket_id)) {
        return; /* Laravel's toOthers() */
    }
    for (size_t i = 0; i < PEER_CHANNELS; i++) {
        const char *name = peer->pusher.channels[i].name;
        if (text_ends_with(text_of(name), text_of(suffix))) {
            send_message(peer, event, name, buffer_text(&data));
        }
    }
}

static void ended(struct peer *peer)
{
    for (size_t i = 0; i < PEER_CHANNELS; i++) {
        leave(peer, &peer->pusher.channels[i]);
    }
}

const struct speech speech_pusher = { opened, heard, due, tell, ended };
