/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <time.h>

#include "pages/handlers.h"
#include "site.h"
#include "visit.h"

static void add_time(struct buffer *out, int64_t epoch_ms)
{
    time_t seconds = (time_t)(epoch_ms / 1000);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    buffer_add_format(out, "\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"", utc.tm_year + 1900,
                      utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                      (int)(epoch_ms % 1000));
}

static void add_table(struct visit *visit, const struct table *table)
{
    struct buffer *out = &visit->answer;
    size_t players = table_players(table);
    buffer_add_format(out,
                      "{\"id\": %lu, \"game\": \"%s\", \"state\": \"%s\", "
                      "\"blinds\": {\"small\": 1, \"big\": 2.0}, \"tags\": [\"%s\", \"fast\"], "
                      "\"players\": [",
                      table->number, table_game(table),
                      players == TABLE_SEATS ? "full" : "open", table_game(table));
    const char *separator = "";
    for (size_t i = 0; i < TABLE_SEATS; i++) {
        const struct account *player = table->seats[i];
        if (player) {
            buffer_add_format(out, "%s{\"seat\": %zu, \"name\": \"%s\", \"chips\": %ld}",
                              separator, i + 1, player->name, player->chips);
            separator = ", ";
        }
    }
    buffer_add_string(out, "], \"updatedAt\": ");
    add_time(out, table->updated_ms);
    buffer_add_string(out, "}");
}

static struct table *wanted_table(struct visit *visit)
{
    struct table *table = tables_find(&visit->site->tables, visit->numbers[0]);
    if (!table) {
        visit_refuse(visit, 404, "No such table.");
    }
    return table;
}

void api_list_tables(struct visit *visit)
{
    uint64_t page = visit_query_number(visit, "page", 1);
    uint64_t per_page = visit_query_number(visit, "per_page", 10);
    if (page == 0 || page > TABLES_LIMIT || per_page == 0 || per_page > 100) {
        visit_refuse(visit, 422, "The page is not valid.");
        return;
    }
    visit_answer(visit, 200, "application/json");
    visit_header(visit, "X-Total-Count", "%zu", visit->site->tables.count);
    visit_header(visit, "Link", "</api/tables?page=%lu>; rel=\"next\"", page + 1);
    buffer_add_string(&visit->answer, "[");
    const char *separator = "";
    for (uint64_t i = 1; i <= per_page; i++) {
        struct table *table = tables_find(&visit->site->tables, (page - 1) * per_page + i);
        if (table) {
            buffer_add_string(&visit->answer, separator);
            add_table(visit, table);
            separator = ",\n";
        }
    }
    buffer_add_string(&visit->answer, "]\n");
}

void api_open_table(struct visit *visit)
{
    struct table *table = tables_open(&visit->site->tables);
    if (!table) {
        visit_refuse(visit, 507, "Too many tables.");
        return;
    }
    visit_answer(visit, 201, "application/json");
    visit_header(visit, "Location", "/api/tables/%lu", table->number);
    add_table(visit, table);
}

void api_show_table(struct visit *visit)
{
    struct table *table = wanted_table(visit);
    if (table) {
        visit_answer(visit, 200, "application/json");
        visit_header(visit, "ETag", "\"%ld\"", table->updated_ms);
        add_table(visit, table);
    }
}

void api_close_table(struct visit *visit)
{
    struct table *table = wanted_table(visit);
    if (table) {
        realtime_tell_closed(visit->site, table->number);
        table->number = 0;
        visit_answer(visit, 204, NULL);
    }
}

static void refuse_seat(struct visit *visit, const char *message)
{
    visit_json(visit, 422, "{\"message\": \"%s\", \"errors\": {\"seat\": [\"%s\"]}}", message,
               message);
}

static bool wanted_seat(struct visit *visit, uint64_t *ret_seat)
{
    struct text digits;
    if (!visit_json_member(visit, "seat", &digits)) {
        refuse_seat(visit, "The seat field is required.");
        return false;
    }
    if (!text_to_uint64(digits, ret_seat)) {
        refuse_seat(visit, "The seat field must be an integer.");
        return false;
    }
    if (*ret_seat < 1 || *ret_seat > TABLE_SEATS) {
        refuse_seat(visit, "The seat field must be between 1 and 9.");
        return false;
    }
    return true;
}

void api_join(struct visit *visit)
{
    struct table *table = wanted_table(visit);
    uint64_t seat = 0;
    if (!table || !wanted_seat(visit, &seat)) {
        return;
    }
    if (table->seats[seat - 1] || table_seat_of(table, visit->account)) {
        visit_refuse(visit, 409, "This seat is taken.");
        return;
    }
    const struct account *player = visit->account;
    table->seats[seat - 1] = visit->account;
    table->updated_ms = now_ms();
    const char *ticket = realtime_ticket(visit->site, player, table->number);
    realtime_tell_joined(visit->site, table, seat);
    const char *quote = visit->site->flavour == FLAVOUR_BROKEN ? "\"" : "";
    visit_header(visit, "Location", "/tables/%lu", table->number);
    visit_json(visit, 201,
               "{\"table\": %lu, \"seat\": %lu, \"player\": {\"id\": \"%s\", \"name\": \"%s\", "
               "\"chips\": %s%ld%s}, \"ticket\": \"%s\"}",
               table->number, seat, player->id, player->name, quote, player->chips, quote,
               ticket);
}

void api_leave(struct visit *visit)
{
    struct table *table = wanted_table(visit);
    if (!table) {
        return;
    }
    size_t seat = table_seat_of(table, visit->account);
    if (!seat) {
        visit_refuse(visit, 409, "You do not sit here.");
        return;
    }
    table->seats[seat - 1] = NULL;
    table->updated_ms = now_ms();
    realtime_tell_left(visit->site, table, visit->account, seat);
    visit_json(visit, 200, "{\"table\": %lu, \"seat\": null, \"left\": %zu}", table->number,
               seat);
}

void api_free_seat(struct visit *visit)
{
    struct table *table = wanted_table(visit);
    if (!table) {
        return;
    }
    if (visit->numbers[1] < 1 || visit->numbers[1] > TABLE_SEATS) {
        visit_refuse(visit, 404, "No such seat.");
        return;
    }
    const struct account *player = table->seats[visit->numbers[1] - 1];
    table->seats[visit->numbers[1] - 1] = NULL;
    table->updated_ms = now_ms();
    if (player) {
        realtime_tell_left(visit->site, table, player, visit->numbers[1]);
    }
    visit_answer(visit, 204, NULL);
}

void api_invite(struct visit *visit)
{
    struct table *table = wanted_table(visit);
    struct text player;
    struct text words;
    if (!table) {
        return;
    }
    if (!visit_json_member(visit, "player", &player) ||
        !visit_json_member(visit, "text", &words)) {
        visit_refuse(visit, 422, "The player and text fields are required.");
        return;
    }
    char id[37];
    uuid_random(id);
    realtime_tell_player(visit->site, player, "invitation",
                         "\"id\": \"%s\", \"table\": %lu, \"text\": \"%.*s\"", id,
                         table->number, TEXT_ARG(words));
    visit_json(visit, 201, "{\"id\": \"%s\", \"player\": \"%.*s\", \"text\": \"%.*s\"}", id,
               TEXT_ARG(player), TEXT_ARG(words));
}

void api_move(struct visit *visit)
{
    struct table *table = wanted_table(visit);
    struct text move;
    if (!table) {
        return;
    }
    if (!table_seat_of(table, visit->account)) {
        visit_refuse(visit, 409, "You do not sit here.");
    } else if (!visit_json_member(visit, "move", &move)) {
        visit_refuse(visit, 422, "The move field is required.");
    } else {
        table->moves++;
        realtime_tell_table(
            visit->site, table->number, "game.move",
            "\"table\": %lu, \"n\": %lu, \"player\": \"%s\", \"move\": \"%.*s\"", table->number,
            table->moves, visit->account->name, TEXT_ARG(move));
        visit_json(visit, 201, "{\"n\": %lu}", table->moves);
    }
}
