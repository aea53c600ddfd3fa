/* SPDX-License-Identifier: MIT */
/*
 * One tournament, whose ids are new with every start of the site, as those of staging and production
 * are not the same: what recordings are compared on. The broken site changes the prize, mixes up
 * two players in the standings, and forgets to show bob one card.
 */
#include "tournament.h"

#include "pages/handlers.h"
#include "site.h"
#include "visit.h"

static const char *const names[TOURNAMENT_PLAYERS] = { "ada", "ben", "cleo" };

void tournament_init(struct tournament *tournament)
{
    uuid_random(tournament->id);
    for (size_t i = 0; i < TOURNAMENT_PLAYERS; i++) {
        uuid_random(tournament->players[i]);
    }
}

static bool is_broken(const struct visit *visit)
{
    return visit->site->flavour == FLAVOUR_BROKEN;
}

void api_tournament(struct visit *visit)
{
    const struct tournament *tournament = &visit->site->tournament;
    visit_json(visit, 200,
               "{\"id\": \"%s\", \"name\": \"Friday Omaha\", \"prize\": %d, \"table\": %d, "
               "\"players\": %d, \"updatedAt\": %ld}",
               tournament->id, is_broken(visit) ? 1200 : 1500, TOURNAMENT_TABLE,
               TOURNAMENT_PLAYERS, now_ms());
}

void api_tournament_players(struct visit *visit)
{
    const struct tournament *tournament = &visit->site->tournament;
    visit_answer(visit, 200, "application/json");
    buffer_add_format(&visit->answer, "{\"tournament\": \"%s\", \"players\": [",
                      tournament->id);
    for (size_t i = 0; i < TOURNAMENT_PLAYERS; i++) {
        buffer_add_format(&visit->answer, "%s{\"id\": \"%s\", \"name\": \"%s\"}", i ? ", " : "",
                          tournament->players[i], names[i]);
    }
    buffer_add_string(&visit->answer, "]}\n");
}

void api_tournament_standings(struct visit *visit)
{
    const struct tournament *tournament = &visit->site->tournament;
    size_t first = is_broken(visit) ? 1 : 0;
    visit_json(visit, 200,
               "{\"tournament\": \"%s\", \"first\": \"%s\", \"second\": \"%s\", "
               "\"third\": \"%s\"}",
               tournament->id, tournament->players[first], tournament->players[1 - first],
               tournament->players[2]);
}

/* Three cards, each shown to everyone who looks on. */
void api_tournament_deal(struct visit *visit)
{
    static const char *const cards[] = { "Ah", "Kd", "7c" };
    char hand[37];
    uuid_random(hand);
    for (size_t i = 0; i < ARRAY_SIZE(cards); i++) {
        realtime_tell_table(visit->site, TOURNAMENT_TABLE,
                            i == 1 ? "card.turned" : "card.dealt",
                            "\"hand\": \"%s\", \"card\": \"%s\"", hand, cards[i]);
    }
    visit_json(visit, 201, "{\"hand\": \"%s\", \"cards\": %zu}", hand, ARRAY_SIZE(cards));
}
