/* SPDX-License-Identifier: MIT */
/* The section `migrations` of bddrun.yaml: what is known about the database. */
#ifndef BDDRUN_CONFIG_MIGRATIONS_H
#define BDDRUN_CONFIG_MIGRATIONS_H

#include <stdbool.h>

#include "config/section.h"
#include "config/value.h"

enum config_database {
    CONFIG_DATABASE_UNKNOWN,
    CONFIG_DATABASE_POSTGRESQL,
    CONFIG_DATABASE_MYSQL
};

struct config_migrations {
    int database;                   /* enum config_database */
    struct config_texts big_tables; /* names */
    bool knows_big_tables;          /* `big_tables` is written, perhaps as [] */
};

extern const struct config_section section_migrations;

#endif
