/* SPDX-License-Identifier: MIT */
/* Who hears of what. */
#include <stdarg.h>

#include "realtime/realtime.h"
#include "site.h"

enum { EVENT_LIMIT = 1 << 20 };

void realtime_add_table(struct buffer *out, const struct table *table)
{
    buffer_add_format(out, "\"table\": %lu, \"game\": \"%s\", \"players\": [", table->number,
                      table_game(table));
    const char *separator = "";
    for (size_t i = 0; i < TABLE_SEATS; i++) {
        const struct account *player = table->seats[i];
        if (player) {
            buffer_add_format(out, "%s{\"seat\": %zu, \"name\": \"%s\"}", separator, i + 1,
                              player->name);
            separator = ", ";
        }
    }
    buffer_add_string(out, "]");
}

void realtime_tell_table(struct site *site, uint64_t table, const char *event,
                         const char *format, ...)
{
    struct buffer CLEANUP(buffer_release) members;
    buffer_init(&members, EVENT_LIMIT);
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&members, format, arguments);
    va_end(arguments);
    bool is_broken = site->flavour == FLAVOUR_BROKEN;
    for (struct peer *peer = site->realtime.first; peer; peer = peer->next) {
        if (peer->table != table) {
            continue;
        }
        if (is_broken && !peer->is_player && strcmp(event, "player.left") == 0) {
            continue;
        }
        if (is_broken && strcmp(event, "card.turned") == 0 && peer->account &&
            strcmp(peer->account->name, "bob") == 0) {
            continue;
        }
        peer->speech->tell(peer, event, buffer_text(&members));
        if (is_broken && strcmp(event, "game.move") == 0) {
            peer->speech->tell(peer, event, buffer_text(&members));
        }
    }
}

void realtime_tell_lobby(struct site *site, const char *event, const char *format, ...)
{
    struct buffer CLEANUP(buffer_release) members;
    buffer_init(&members, EVENT_LIMIT);
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&members, format, arguments);
    va_end(arguments);
    for (struct peer *peer = site->realtime.first; peer; peer = peer->next) {
        if (peer->table == 0 && peer->speech != &speech_echo) {
            peer->speech->tell(peer, event, buffer_text(&members));
        }
    }
}

void realtime_tell_player(struct site *site, struct text player, const char *event,
                          const char *format, ...)
{
    struct buffer CLEANUP(buffer_release) members;
    buffer_init(&members, EVENT_LIMIT);
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&members, format, arguments);
    va_end(arguments);
    for (struct peer *peer = site->realtime.first; peer; peer = peer->next) {
        if (peer->account && text_is(player, peer->account->name)) {
            peer->speech->tell(peer, event, buffer_text(&members));
        }
    }
}

static void tell_updated(struct site *site, const struct table *table)
{
    struct buffer CLEANUP(buffer_release) members;
    buffer_init(&members, EVENT_LIMIT);
    realtime_add_table(&members, table);
    realtime_tell_table(site, table->number, "table.updated", "%s", members.at);
    realtime_tell_lobby(site, "lobby.updated", "\"table\": %lu, \"players\": %zu",
                        table->number, table_players(table));
}

void realtime_tell_joined(struct site *site, const struct table *table, uint64_t seat)
{
    const struct account *player = table->seats[seat - 1];
    realtime_tell_table(site, table->number, "seat.taken", "\"table\": %lu, \"seat\": %lu",
                        table->number, seat);
    realtime_tell_table(site, table->number, "player.joined",
                        "\"table\": %lu, \"seat\": %lu, "
                        "\"player\": {\"id\": \"%s\", \"name\": \"%s\"}",
                        table->number, seat, player->id, player->name);
    tell_updated(site, table);
}

void realtime_tell_left(struct site *site, const struct table *table,
                        const struct account *player, uint64_t seat)
{
    realtime_tell_table(site, table->number, "player.left",
                        "\"table\": %lu, \"seat\": %lu, \"player\": {\"name\": \"%s\"}",
                        table->number, seat, player->name);
    tell_updated(site, table);
}

void realtime_tell_closed(struct site *site, uint64_t table)
{
    realtime_tell_table(site, table, "table.closed", "\"table\": %lu", table);
    for (struct peer *peer = site->realtime.first; peer; peer = peer->next) {
        if (peer->table == table) {
            peer_close(peer, 1000, "the table is closed");
        }
    }
}
