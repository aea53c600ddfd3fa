/* SPDX-License-Identifier: MIT */
/* The doors of the realtime half: who may upgrade, and what is spoken then. */
#include <openssl/evp.h>
#include <openssl/sha.h>

#include "pages/handlers.h"
#include "site.h"
#include "visit.h"

enum { RESTART_PAUSE_MS = 200, HEARTBEAT_MS = 500 };

static bool has_word(struct text list, const char *wanted)
{
    struct text word;
    while (text_take_until(&list, ',', &word)) {
        if (text_equal_ignoring_case(text_trim(word), text_of(wanted))) {
            return true;
        }
    }
    return false;
}

static const char *accept_key(struct visit *visit, struct text key)
{
    struct text whole =
        arena_format(&visit->arena, "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", TEXT_ARG(key));
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1((const unsigned char *)whole.at, whole.size, digest);
    unsigned char *encoded = arena_array(&visit->arena, SHA_DIGEST_LENGTH * 2, 1);
    EVP_EncodeBlock(encoded, digest, sizeof digest);
    return (const char *)encoded;
}

/* The first subprotocol offered that is spoken here; false: none of those offered is. */
static bool choose_subprotocol(struct visit *visit, struct text *ret_chosen)
{
    static const char *const spoken[] = { "arena.v2", "arena.v1" };
    struct text offered = visit_request_header(visit, "Sec-WebSocket-Protocol");
    struct text word;
    if (!offered.at) {
        *ret_chosen = TEXT_EMPTY;
        return true;
    }
    while (text_take_until(&offered, ',', &word)) {
        for (size_t i = 0; i < ARRAY_SIZE(spoken); i++) {
            if (text_is(text_trim(word), spoken[i])) {
                *ret_chosen = text_trim(word);
                return true;
            }
        }
    }
    return false;
}

/* Pages of other sites may not connect. */
static bool is_origin_allowed(const struct visit *visit)
{
    struct text origin = visit_request_header(visit, "Origin");
    struct text host = visit_request_header(visit, "Host");
    return !origin.at || (host.at && text_ends_with(origin, host));
}

/* Refuses what cannot be upgraded. */
static bool may_upgrade(struct visit *visit)
{
    struct text upgrade = visit_request_header(visit, "Upgrade");
    struct text version = visit_request_header(visit, "Sec-WebSocket-Version");
    struct text key = visit_request_header(visit, "Sec-WebSocket-Key");
    if (!upgrade.at || !has_word(upgrade, "websocket") || !key.at) {
        visit_header(visit, "Upgrade", "websocket");
        visit_refuse(visit, 426, "This address speaks WebSocket.");
        return false;
    }
    if (!version.at || !text_is(version, "13")) {
        visit_header(visit, "Sec-WebSocket-Version", "13");
        visit_refuse(visit, 426, "Version 13 is spoken here.");
        return false;
    }
    if (!is_origin_allowed(visit)) {
        visit_refuse(visit, 403, "Origin not allowed.");
        return false;
    }
    return true;
}

static void upgrade_to(struct visit *visit, const struct realtime_wish *wish)
{
    struct text chosen = TEXT_EMPTY;
    if (realtime_is_paused(visit->site, wish->table)) {
        visit_header(visit, "Retry-After", "1");
        visit_refuse(visit, 503, "The realtime server restarts.");
        return;
    }
    if (!choose_subprotocol(visit, &chosen)) {
        visit_refuse(visit, 400, "None of these subprotocols is spoken here.");
        return;
    }
    visit->wish = *wish;
    visit->wish.subprotocol = arena_text(&visit->arena, chosen);
    realtime_enter(visit);
    visit_answer(visit, 101, NULL);
    visit_header(visit, "Upgrade", "websocket");
    visit_header(visit, "Sec-WebSocket-Accept", "%s",
                 accept_key(visit, visit_request_header(visit, "Sec-WebSocket-Key")));
    if (chosen.size > 0) {
        visit_header(visit, "Sec-WebSocket-Protocol", "%.*s", TEXT_ARG(chosen));
    }
    if (visit->session) {
        visit_header(visit, "Set-Cookie", "arena_realtime=%zu; Path=/; SameSite=Lax",
                     visit->session->index);
    }
}

/* The table to look at, by ?watch=; false: refused. */
static bool wanted_watch(struct visit *visit, uint64_t *ret_table)
{
    if (!visit_query(visit, "watch").at) {
        return true;
    }
    *ret_table = visit_query_number(visit, "watch", 0);
    if (!tables_find(&visit->site->tables, *ret_table)) {
        visit_refuse(visit, 404, "No such table.");
        return false;
    }
    return true;
}

void socket_realtime(struct visit *visit)
{
    struct realtime_wish wish = { .speech = &speech_json, .account = visit->account };
    struct text ticket = visit_query(visit, "ticket");
    struct text spectator = visit_query(visit, "as"); /* whoever looks on may say who it is */
    if (spectator.at) {
        wish.account = accounts_by_name(&visit->site->accounts, spectator);
    }
    if (!may_upgrade(visit) || !wanted_watch(visit, &wish.table)) {
        return;
    }
    if (ticket.at) {
        const struct realtime_ticket *known = realtime_find_ticket(visit->site, ticket);
        if (!known) {
            visit_refuse(visit, 403, "This ticket is not valid.");
            return;
        }
        wish.account = known->account;
        wish.table = known->table;
        wish.is_player = true;
    } else if (wish.table == 0 && !visit->account) {
        visit_refuse(visit, 401, "Log in, or bring a ticket.");
        return;
    }
    upgrade_to(visit, &wish);
}

void socket_echo(struct visit *visit)
{
    if (may_upgrade(visit)) {
        upgrade_to(visit, &(struct realtime_wish){ .speech = &speech_echo });
    }
}

void socket_socket_io(struct visit *visit)
{
    struct text version = visit_query(visit, "EIO");
    struct text transport = visit_query(visit, "transport");
    struct realtime_wish wish = { .speech = &speech_socket_io, .account = visit->account };
    wish.heartbeat_ms = (int64_t)visit_query_number(visit, "heartbeat_ms", HEARTBEAT_MS);
    if (!version.at || !text_is(version, "4")) {
        visit_json(visit, 400, "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    } else if (!transport.at || !text_is(transport, "websocket")) {
        visit_json(visit, 400, "{\"code\":0,\"message\":\"Transport unknown\"}");
    } else if (may_upgrade(visit) && wanted_watch(visit, &wish.table)) {
        upgrade_to(visit, &wish);
    }
}

void socket_pusher(struct visit *visit)
{
    if (!text_is(visit->word, PUSHER_KEY)) {
        visit_refuse(visit, 404, "Application does not exist.");
    } else if (may_upgrade(visit)) {
        upgrade_to(visit, &(struct realtime_wish){ .speech = &speech_pusher,
                                                   .account = visit->account,
                                                   .table = UINT64_MAX });
    }
}

/* Private channels are for those who sit at the table, presence channels for everyone who is
 * logged in. */
static bool may_subscribe(struct visit *visit, struct text channel)
{
    uint64_t number = 0;
    if (!text_to_uint64(text_from(channel, text_find_byte(channel, '.', 0) + 1), &number)) {
        return false;
    }
    const struct table *table = tables_find(&visit->site->tables, number);
    return table && (text_starts_with(channel, TEXT("presence-table.")) ||
                     (text_starts_with(channel, TEXT("private-table.")) &&
                      table_seat_of(table, visit->account)));
}

void api_broadcasting_auth(struct visit *visit)
{
    const struct visit_field *socket_id = visit_form(visit, "socket_id");
    const struct visit_field *channel = visit_form(visit, "channel_name");
    if (!socket_id || !channel) {
        visit_refuse(visit, 422, "The socket_id and channel_name fields are required.");
        return;
    }
    if (!may_subscribe(visit, channel->value)) {
        visit_refuse(visit, 403, "This channel is not for you.");
        return;
    }
    struct text member = TEXT_EMPTY;
    if (text_starts_with(channel->value, TEXT("presence-"))) {
        member =
            arena_format(&visit->arena, "{\"user_id\":\"%s\",\"user_info\":{\"name\":\"%s\"}}",
                         visit->account->id, visit->account->name);
    }
    struct buffer CLEANUP(buffer_release) signature;
    buffer_init(&signature, 4096);
    pusher_sign(socket_id->value, channel->value, member, &signature);
    if (member.size > 0) {
        visit_json(visit, 200, "{\"auth\": \"%s\", \"channel_data\": %s}", signature.at,
                   visit_in_json(visit, member));
    } else {
        visit_json(visit, 200, "{\"auth\": \"%s\"}", signature.at);
    }
}

/* {"table": N} restarts what serves that table, nothing: everything. */
void api_restart(struct visit *visit)
{
    struct text digits;
    uint64_t table = 0;
    uint64_t pause_ms = visit_query_number(visit, "pause_ms", RESTART_PAUSE_MS);
    if (visit_json_member(visit, "table", &digits) && !text_to_uint64(digits, &table)) {
        visit_refuse(visit, 422, "The table must be a number.");
        return;
    }
    visit_json(visit, 202, "{\"closed\": %zu}", realtime_restart(visit->site, table, pause_ms));
}

void api_realtime(struct visit *visit)
{
    visit_json(visit, 200, "{\"sockets\": %zu}", visit->site->realtime.peer_count);
}
