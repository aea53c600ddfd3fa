/* SPDX-License-Identifier: MIT */
#include "config/migrations.h"

static const char *const databases[] = { "unknown", "postgresql", "mysql", NULL };

static bool read_big_tables(struct config_reader *reader, const struct config_node *node,
                            const struct config_key *key, void *target)
{
    struct config_migrations *migrations = target;
    migrations->knows_big_tables = true;
    return config_read_texts(reader, node, key, &migrations->big_tables);
}

static const struct config_key keys[] = {
    { .name = "database",
      .read = config_read_choice,
      .offset = offsetof(struct config_migrations, database),
      .choices = databases },
    { .name = "big_tables", .read = read_big_tables },
    { 0 },
};

static const struct config_record record = {
    .title = "the migrations",
    .size_bytes = sizeof(struct config_migrations),
    .keys = keys,
};

const struct config_section section_migrations = {
    .key = { .name = "migrations", .read = config_read_record, .record = &record },
    .size_bytes = sizeof(struct config_migrations),
    .summary = "the database that schema changes are judged for, and its big tables",
};
