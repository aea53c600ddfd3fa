/* SPDX-License-Identifier: MIT */
/* The tournament that recordings are compared on. */
#ifndef BDDRUN_SITE_TOURNAMENT_H
#define BDDRUN_SITE_TOURNAMENT_H

enum { TOURNAMENT_PLAYERS = 3, TOURNAMENT_TABLE = 977 };

struct tournament {
    char id[37];
    char players[TOURNAMENT_PLAYERS][37];
};

void tournament_init(struct tournament *tournament);

#endif
