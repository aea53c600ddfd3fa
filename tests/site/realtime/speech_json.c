/* SPDX-License-Identifier: MIT */
/* Raw JSON, one object a message, and the echo. */
#include "json_text.h"
#include "realtime/realtime.h"
#include "site.h"

enum { MESSAGE_LIMIT = 1 << 20, TICKS_LIMIT = 100000 };

static void tell(struct peer *peer, const char *event, struct text members)
{
    struct buffer CLEANUP(buffer_release) message;
    buffer_init(&message, BUFFER_NO_LIMIT); /* the members have one */
    buffer_add_format(&message, "{\"type\": \"%s\"%s", event, members.size ? ", " : "");
    buffer_add(&message, members);
    buffer_add_string(&message, "}");
    peer_send(peer, FRAME_TEXT, buffer_text(&message));
}

static void tell_table_snapshot(struct peer *peer, const struct table *table)
{
    struct buffer CLEANUP(buffer_release) members;
    buffer_init(&members, MESSAGE_LIMIT);
    realtime_add_table(&members, table);
    if (peer->subprotocol[0] != '\0') {
        buffer_add_format(&members, ", \"subprotocol\": \"%s\"", peer->subprotocol);
    }
    peer->speech->tell(peer, "snapshot", buffer_text(&members));
}

static void opened(struct peer *peer)
{
    const struct table *table = tables_find(&peer->site->tables, peer->table);
    if (table) {
        tell_table_snapshot(peer, table);
        return;
    }
    struct buffer CLEANUP(buffer_release) members;
    buffer_init(&members, MESSAGE_LIMIT);
    buffer_add_format(&members, "\"lobby\": true, \"tables\": %zu, \"you\": \"%s\"",
                      peer->site->tables.count, peer->account ? peer->account->name : "guest");
    tell(peer, "snapshot", buffer_text(&members));
}

static uint64_t number_of(struct text members, const char *name, uint64_t otherwise)
{
    struct text digits;
    uint64_t number = otherwise;
    return json_member(members, name, &digits) && text_to_uint64(digits, &number) ? number
                                                                                  : otherwise;
}

static void start_ticks(struct peer *peer, struct text members)
{
    peer->tick = 0;
    peer->ticks_left = number_of(members, "count", 3);
    peer->tick_every_ms = (int64_t)number_of(members, "every_ms", 50);
    if (peer->ticks_left > TICKS_LIMIT || peer->tick_every_ms > TICKS_LIMIT) {
        peer->ticks_left = 0;
    }
    peer->tick_at_ms = now_ms();
    peer->due_ms = peer->tick_at_ms;
    realtime_expect(peer->site, peer->due_ms);
}

int64_t peer_tick(struct peer *peer, int64_t now)
{
    if (peer->ticks_left > 0 && now >= peer->tick_at_ms) {
        struct buffer CLEANUP(buffer_release) members;
        buffer_init(&members, MESSAGE_LIMIT);
        buffer_add_format(&members, "\"n\": %lu", ++peer->tick);
        peer->speech->tell(peer, "tick", buffer_text(&members));
        peer->ticks_left--;
        peer->tick_at_ms = now + peer->tick_every_ms;
    }
    return peer->ticks_left > 0 ? peer->tick_at_ms : PEER_NEVER;
}

static void chat(struct peer *peer, struct text members)
{
    struct text words;
    if (!peer->is_player) {
        peer->speech->tell(peer, "error", TEXT("\"message\": \"Spectators cannot chat.\""));
    } else if (json_member_raw(members, "text", &words)) {
        realtime_tell_table(peer->site, peer->table, "chat", "\"from\": \"%s\", \"text\": %.*s",
                            peer->account->name, TEXT_ARG(words));
    } else {
        peer->speech->tell(peer, "error", TEXT("\"message\": \"The text is required.\""));
    }
}

bool peer_act(struct peer *peer, struct text event, struct text members)
{
    if (text_is(event, "chat")) {
        chat(peer, members);
    } else if (text_is(event, "ready")) {
        realtime_tell_table(peer->site, peer->table, "player.ready", "\"name\": \"%s\"",
                            peer->account ? peer->account->name : "guest");
    } else if (text_is(event, "ticks")) {
        start_ticks(peer, members);
    } else if (text_is(event, "leave")) {
        peer_close(peer, 4000, "goodbye");
    } else {
        return false;
    }
    return true;
}

static void heard(struct peer *peer, unsigned opcode, struct text data)
{
    struct buffer CLEANUP(buffer_release) members;
    buffer_init(&members, MESSAGE_LIMIT);
    struct text type;
    if (opcode == FRAME_BINARY) {
        buffer_add_format(&members, "\"bytes\": %zu", data.size);
        tell(peer, "upload", buffer_text(&members));
    } else if (!json_member(data, "type", &type)) {
        tell(peer, "error", TEXT("\"message\": \"An object with a type is wanted.\""));
    } else if (!peer_act(peer, type, data)) {
        buffer_add_format(&members, "\"message\": \"Unknown type.\", \"of\": \"%.*s\"",
                          TEXT_ARG(type));
        tell(peer, "error", buffer_text(&members));
    }
}

static void due(struct peer *peer, int64_t now)
{
    peer->due_ms = peer_tick(peer, now);
}

const struct speech speech_json = { opened, heard, due, tell, NULL };

static void echo_opened(struct peer *peer UNUSED)
{
}

static void echo_heard(struct peer *peer, unsigned opcode, struct text data)
{
    peer_send(peer, opcode, data);
}

static void echo_due(struct peer *peer UNUSED, int64_t now UNUSED)
{
}

static void echo_tell(struct peer *peer UNUSED, const char *event UNUSED,
                      struct text members UNUSED)
{
}

const struct speech speech_echo = { echo_opened, echo_heard, echo_due, echo_tell, NULL };
