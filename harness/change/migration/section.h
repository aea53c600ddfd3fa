/* SPDX-License-Identifier: MIT */
/* Which part of a migration goes forward, and whether it has a way back. */
#ifndef BDDRUN_CHANGE_MIGRATION_SECTION_H
#define BDDRUN_CHANGE_MIGRATION_SECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "change/migration/token.h"

struct section {
    size_t from; /* forward: tokens of code, or offsets of SQL */
    size_t to;
    bool has_back;      /* there is a part that goes back */
    bool is_back_empty; /* it does nothing, or refuses */
};

/* up() and down() of code, by whatever names. */
struct section section_of_code(const struct tokens *tokens);

/* "-- +goose Up", "-- migrate:up", "-- +migrate Up" and their counterparts; without any: all. */
struct section section_of_sql(struct text sql, struct arena *arena);

#endif
