/* SPDX-License-Identifier: MIT */
/*
 * Socket.IO 5 on Engine.IO 4, websocket transport: namespaces "/", "/omaha", "/holdem", "/stud"
 * and "/staff" (which wants {"token": "token-NAME"}); acknowledgements both ways; attachments.
 */
#include <stdio.h>
#include <stdlib.h>

#include "json_text.h"
#include "realtime/realtime.h"
#include "site.h"

enum { PACKET_LIMIT = 16 << 20, HEARTBEAT_ANSWER_MS = 2000 };

/* type[attachments-][/namespace,][ack]payload */
struct packet {
    char type;
    size_t attachments;
    struct text name_space; /* "/" where none was given */
    struct text ack;        /* digits, or empty */
    struct text payload;
};

static struct text take_digits(struct text *rest)
{
    size_t count = 0;
    while (count < rest->size && rest->at[count] >= '0' && rest->at[count] <= '9') {
        count++;
    }
    struct text digits = text_slice(*rest, 0, count);
    *rest = text_from(*rest, count);
    return digits;
}

static bool read_packet(struct text rest, struct packet *ret_packet)
{
    if (rest.size == 0) {
        return false;
    }
    struct packet packet = { .type = rest.at[0], .name_space = TEXT("/") };
    rest = text_from(rest, 1);
    if (packet.type == '5' || packet.type == '6') {
        uint64_t count = 0;
        if (!text_to_uint64(take_digits(&rest), &count) || !text_starts_with(rest, TEXT("-"))) {
            return false;
        }
        packet.attachments = (size_t)count;
        rest = text_from(rest, 1);
    }
    if (text_starts_with(rest, TEXT("/"))) {
        size_t comma = text_find_byte(rest, ',', 0);
        packet.name_space = text_slice(rest, 0, comma);
        rest = text_from(rest, comma + 1);
    }
    packet.ack = take_digits(&rest);
    packet.payload = rest;
    *ret_packet = packet;
    return true;
}

/* Starts a packet: "4", its type, its namespace. */
static void begin(struct buffer *out, const char *type, struct text name_space)
{
    buffer_init(out, PACKET_LIMIT);
    buffer_add_format(out, "4%s", type);
    if (!text_is(name_space, "/")) {
        buffer_add(out, name_space);
        buffer_add_byte(out, ',');
    }
}

static char *find_joined(struct peer *peer, struct text name_space)
{
    for (size_t i = 0; i < PEER_NAMESPACES; i++) {
        if (text_is(name_space, peer->socket_io.joined[i])) {
            return peer->socket_io.joined[i];
        }
    }
    return NULL;
}

static void send_event(struct peer *peer, struct text name_space, const char *ack,
                       const char *event, struct text argument)
{
    struct buffer CLEANUP(buffer_release) out;
    begin(&out, "2", name_space);
    buffer_add_format(&out, "%s[\"%s\"%s", ack, event, argument.size ? "," : "");
    buffer_add(&out, argument);
    buffer_add_byte(&out, ']');
    peer_send(peer, FRAME_TEXT, buffer_text(&out));
}

static void tell(struct peer *peer, const char *event, struct text members)
{
    const struct table *table = tables_find(&peer->site->tables, peer->table);
    struct buffer CLEANUP(buffer_release) argument;
    buffer_init(&argument, PACKET_LIMIT);
    buffer_add_format(&argument, "{%.*s}", TEXT_ARG(members));
    for (size_t i = 0; i < PEER_NAMESPACES; i++) {
        const char *joined = peer->socket_io.joined[i];
        bool is_concerned = strcmp(joined, "/") == 0 ||
                            (joined[0] && table && strcmp(joined + 1, table_game(table)) == 0);
        if (is_concerned) {
            send_event(peer, text_of(joined), "", event, buffer_text(&argument));
        }
    }
}

static void send_ack(struct peer *peer, const struct packet *packet, const char *arguments)
{
    if (packet->ack.size == 0) {
        return;
    }
    struct buffer CLEANUP(buffer_release) out;
    begin(&out, "3", packet->name_space);
    buffer_add(&out, packet->ack);
    buffer_add_string(&out, arguments);
    peer_send(peer, FRAME_TEXT, buffer_text(&out));
}

static void snapshot(struct peer *peer, struct text name_space)
{
    struct buffer CLEANUP(buffer_release) argument;
    buffer_init(&argument, PACKET_LIMIT);
    const struct table *table = tables_find(&peer->site->tables, peer->table);
    buffer_add_byte(&argument, '{');
    if (table) {
        realtime_add_table(&argument, table);
    } else {
        buffer_add_format(&argument, "\"lobby\": true, \"tables\": %zu",
                          peer->site->tables.count);
    }
    buffer_add_byte(&argument, '}');
    send_event(peer, name_space, "", "snapshot", buffer_text(&argument));
}

/* Why the namespace is refused, or NULL. */
static const char *refusal(struct peer *peer, const struct packet *packet)
{
    static const char *const known[] = { "/", "/omaha", "/holdem", "/stud", "/staff" };
    size_t index = 0;
    while (index < ARRAY_SIZE(known) && !text_is(packet->name_space, known[index])) {
        index++;
    }
    if (index == ARRAY_SIZE(known)) {
        return "Invalid namespace";
    }
    struct text token;
    if (!json_member(packet->payload, "token", &token)) {
        return text_is(packet->name_space, "/staff") ? "Staff only" : NULL;
    }
    if (!text_starts_with(token, TEXT("token-"))) {
        return "Not authorised";
    }
    peer->account = accounts_by_name(&peer->site->accounts, text_from(token, strlen("token-")));
    return peer->account ? NULL : "Not authorised";
}

static void join(struct peer *peer, const struct packet *packet)
{
    const char *message = refusal(peer, packet);
    char *slot = find_joined(peer, TEXT_EMPTY);
    struct buffer CLEANUP(buffer_release) out;
    if (message || !slot) {
        begin(&out, "4", packet->name_space);
        buffer_add_format(&out, "{\"message\":\"%s\"}", message ? message : "Too many");
        peer_send(peer, FRAME_TEXT, buffer_text(&out));
        return;
    }
    memset(slot, 0, PEER_NAMESPACE_SIZE);
    memcpy(slot, packet->name_space.at, packet->name_space.size);
    char sid[37];
    uuid_random(sid);
    begin(&out, "0", packet->name_space);
    buffer_add_format(&out, "{\"sid\":\"%.20s\"}", sid);
    peer_send(peer, FRAME_TEXT, buffer_text(&out));
    snapshot(peer, packet->name_space);
}

static void watch(struct peer *peer, const struct packet *packet, struct text argument)
{
    uint64_t number = 0;
    if (!text_to_uint64(argument, &number) || !tables_find(&peer->site->tables, number)) {
        send_ack(peer, packet, "[{\"ok\":false,\"message\":\"No such table.\"}]");
        return;
    }
    peer->table = number;
    peer->is_player =
        peer->account && table_seat_of(tables_find(&peer->site->tables, number), peer->account);
    send_ack(peer, packet, "[{\"ok\":true}]");
    snapshot(peer, packet->name_space);
}

/* What was attached comes back. */
static void send_attached(struct peer *peer, const struct packet *packet)
{
    struct socket_io_peer *state = &peer->socket_io;
    struct buffer CLEANUP(buffer_release) out;
    char type[24];
    (void)snprintf(type, sizeof type, "6%zu-", state->attachment_count);
    begin(&out, type, packet->name_space);
    buffer_add(&out, packet->ack);
    for (size_t i = 0; i < state->attachment_count; i++) {
        buffer_add_format(&out, "%s{\"_placeholder\":true,\"num\":%zu}", i ? "," : "[", i);
    }
    buffer_add_byte(&out, ']');
    peer_send(peer, FRAME_TEXT, buffer_text(&out));
    size_t start = 0;
    for (size_t i = 0; i < state->attachment_count; i++) {
        size_t end = start + state->attachment_sizes[i];
        peer_send(peer, FRAME_BINARY, text_slice(buffer_text(&state->attachments), start, end));
        start = end;
    }
}

/* All arguments come back. */
static void echo(struct peer *peer, const struct packet *packet, struct text argument)
{
    if (peer->socket_io.attachment_count > 0) {
        send_attached(peer, packet);
        return;
    }
    struct buffer CLEANUP(buffer_release) arguments;
    buffer_init(&arguments, PACKET_LIMIT);
    size_t start = argument.size > 0 ? (size_t)(argument.at - packet->payload.at) : 0;
    buffer_add_format(
        &arguments, "[%.*s",
        TEXT_ARG(argument.size > 0 ? text_from(packet->payload, start) : TEXT("]")));
    send_ack(peer, packet, arguments.at);
}

static void upload(struct peer *peer, const struct packet *packet)
{
    struct buffer CLEANUP(buffer_release) arguments;
    buffer_init(&arguments, PACKET_LIMIT);
    buffer_add_format(&arguments, "[{\"bytes\":%zu}]", peer->socket_io.attachments.size);
    send_ack(peer, packet, arguments.at);
}

static void bet(struct peer *peer, const struct packet *packet, struct text argument)
{
    struct text amount;
    uint64_t chips = 0;
    if (!json_member(argument, "amount", &amount) || !text_to_uint64(amount, &chips)) {
        send_ack(peer, packet, "[{\"ok\":false,\"message\":\"The amount is required.\"}]");
        return;
    }
    struct buffer CLEANUP(buffer_release) arguments;
    buffer_init(&arguments, PACKET_LIMIT);
    buffer_add_format(&arguments, "[{\"ok\":true,\"pot\":%lu}]", chips);
    send_ack(peer, packet, arguments.at);
    realtime_tell_table(peer->site, peer->table, "game.bet", "\"amount\": %lu", chips);
}

static void download(struct peer *peer, const struct packet *packet)
{
    struct buffer CLEANUP(buffer_release) out;
    begin(&out, "51-", packet->name_space);
    buffer_add_string(&out, "[\"file\",{\"name\":\"logo\",\"data\":"
                            "{\"_placeholder\":true,\"num\":0}}]");
    peer_send(peer, FRAME_TEXT, buffer_text(&out));
    peer_send(peer, FRAME_BINARY, text_make("\x00\x01\xfe\xff", 4));
}

static void act(struct peer *peer, const struct packet *packet)
{
    struct text event;
    struct text argument = TEXT_EMPTY;
    if (!json_item_raw(packet->payload, 0, &event)) {
        peer_drop(peer);
        return;
    }
    event = json_without_quotes(event);
    (void)json_item_raw(packet->payload, 1, &argument);
    if (text_is(event, "watch")) {
        watch(peer, packet, argument);
    } else if (text_is(event, "bet")) {
        bet(peer, packet, argument);
    } else if (text_is(event, "echo")) {
        echo(peer, packet, argument);
    } else if (text_is(event, "upload")) {
        upload(peer, packet);
    } else if (text_is(event, "download")) {
        download(peer, packet);
    } else if (text_is(event, "quiz")) {
        char id[24];
        (void)snprintf(id, sizeof id, "%lu", peer->socket_io.next_ack++);
        send_event(peer, packet->name_space, id, "question", TEXT("{\"n\":1}"));
    } else if (text_is(event, "sit-out") || peer_act(peer, event, argument)) {
        send_ack(peer, packet, "[{\"ok\":true}]");
    } else if (!text_is(event, "silence")) {
        send_event(peer, packet->name_space, "", "error", TEXT("{\"message\":\"Unknown.\"}"));
    }
}

static void act_on_packet(struct peer *peer, const struct packet *packet)
{
    char *joined = find_joined(peer, packet->name_space);
    if (packet->type == '0') {
        join(peer, packet);
    } else if (!joined) {
        peer_drop(peer); /* as the reference server does */
    } else if (packet->type == '1') {
        joined[0] = '\0';
    } else if (packet->type == '2' || packet->type == '5') {
        act(peer, packet);
    } else if (packet->type == '3' || packet->type == '6') {
        send_event(peer, packet->name_space, "", "thanks", packet->payload);
    } else {
        peer_drop(peer);
    }
}

static void heard_attachment(struct peer *peer, struct text data)
{
    struct socket_io_peer *state = &peer->socket_io;
    if (state->attachments_wanted == 0) {
        peer_drop(peer);
        return;
    }
    buffer_add(&state->attachments, data);
    state->attachment_sizes[state->attachment_count++] = data.size;
    if (--state->attachments_wanted > 0) {
        return;
    }
    struct packet packet;
    if (read_packet(buffer_text(&state->waiting), &packet)) {
        act_on_packet(peer, &packet);
    }
    state->attachment_count = 0;
    buffer_clear(&state->attachments);
}

static void heard_packet(struct peer *peer, struct text data)
{
    struct packet packet;
    struct socket_io_peer *state = &peer->socket_io;
    if (!read_packet(data, &packet) ||
        packet.attachments > ARRAY_SIZE(state->attachment_sizes)) {
        peer_drop(peer);
    } else if (packet.attachments > 0) {
        buffer_clear(&state->waiting);
        buffer_add(&state->waiting, data);
        state->attachments_wanted = packet.attachments;
    } else {
        act_on_packet(peer, &packet);
    }
}

static void heard(struct peer *peer, unsigned opcode, struct text data)
{
    if (opcode == FRAME_BINARY) {
        heard_attachment(peer, data);
    } else if (data.size == 0) {
        peer_drop(peer);
    } else if (data.at[0] == '4') {
        heard_packet(peer, text_from(data, 1));
    } else if (data.at[0] == '3') {
        peer->socket_io.answer_by_ms = PEER_NEVER;
    } else if (data.at[0] == '2') {
        peer_send(peer, FRAME_TEXT, TEXT("3"));
    } else {
        peer_drop(peer);
    }
}

static void due(struct peer *peer, int64_t now)
{
    if (now >= peer->socket_io.answer_by_ms) {
        peer_drop(peer); /* a client that does not answer heartbeats is gone */
        return;
    }
    if (now >= peer->socket_io.heartbeat_at_ms) {
        peer_send(peer, FRAME_TEXT, TEXT("2"));
        peer->socket_io.heartbeat_at_ms = now + peer->socket_io.heartbeat_ms;
        if (peer->socket_io.answer_by_ms == PEER_NEVER) {
            peer->socket_io.answer_by_ms = now + HEARTBEAT_ANSWER_MS;
        }
    }
    int64_t tick_at_ms = peer_tick(peer, now);
    peer->due_ms = tick_at_ms < peer->socket_io.heartbeat_at_ms
                       ? tick_at_ms
                       : peer->socket_io.heartbeat_at_ms;
}

static void opened(struct peer *peer)
{
    char uuid[37];
    uuid_random(uuid);
    memcpy(peer->socket_io.sid, uuid, PEER_SID_SIZE);
    peer->socket_io.answer_by_ms = PEER_NEVER;
    struct buffer CLEANUP(buffer_release) out;
    buffer_init(&out, PACKET_LIMIT);
    buffer_add_format(&out,
                      "0{\"sid\":\"%s\",\"upgrades\":[],\"pingInterval\":%ld,"
                      "\"pingTimeout\":%d,\"maxPayload\":1000000}",
                      peer->socket_io.sid, peer->socket_io.heartbeat_ms, HEARTBEAT_ANSWER_MS);
    peer_send(peer, FRAME_TEXT, buffer_text(&out));
    peer->socket_io.heartbeat_at_ms = now_ms() + peer->socket_io.heartbeat_ms;
    peer->due_ms = peer->socket_io.heartbeat_at_ms;
    realtime_expect(peer->site, peer->due_ms);
}

const struct speech speech_socket_io = { opened, heard, due, tell, NULL };
