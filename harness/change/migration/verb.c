/* SPDX-License-Identifier: MIT */
#include "change/migration/verb.h"

#define FIND(word, rule)                                                                       \
    {                                                                                          \
        word, VERB_FINDS, rule, false, NULL                                                    \
    }
#define FIND_ON(word, rule)                                                                    \
    {                                                                                          \
        word, VERB_FINDS, rule, true, NULL                                                     \
    }
#define FIND_UNLESS(word, rule, unless)                                                        \
    {                                                                                          \
        word, VERB_FINDS, rule, true, unless                                                   \
    }
#define CREATES(word)                                                                          \
    {                                                                                          \
        word, VERB_CREATES, RULE_NONE, true, NULL                                              \
    }
#define OPENS(word)                                                                            \
    {                                                                                          \
        word, VERB_OPENS, RULE_NONE, true, NULL                                                \
    }
#define COLUMN(word)                                                                           \
    {                                                                                          \
        word, VERB_COLUMN, RULE_NONE, true, NULL                                               \
    }

static const struct verb verbs[] = {
    /* Tables. */
    CREATES("create_table"),
    CREATES("createTable"),
    CREATES("CreateTable"),
    CREATES("CreateModel"),
    CREATES("createTableIfNotExists"),
    CREATES("create_join_table"),
    OPENS("alterTable"),
    OPENS("change_table"),
    OPENS("batch_alter_table"),
    FIND_ON("dropTable", RULE_DROP_TABLE),
    FIND_ON("dropTableIfExists", RULE_DROP_TABLE),
    FIND_ON("dropIfExists", RULE_DROP_TABLE),
    FIND_ON("drop_table", RULE_DROP_TABLE),
    FIND_ON("DropTable", RULE_DROP_TABLE),
    FIND_ON("DeleteModel", RULE_DROP_TABLE),
    FIND_ON("drop_join_table", RULE_DROP_TABLE),
    FIND_ON("dropAllTables", RULE_DROP_TABLE),
    FIND_ON("clearTable", RULE_TRUNCATE),
    FIND("truncate", RULE_TRUNCATE),
    FIND_ON("renameTable", RULE_RENAME_TABLE),
    FIND_ON("rename_table", RULE_RENAME_TABLE),
    FIND_ON("RenameTable", RULE_RENAME_TABLE),
    FIND_ON("RenameModel", RULE_RENAME_TABLE),
    FIND_ON("AlterModelTable", RULE_RENAME_TABLE),
    /* Columns. */
    FIND("dropColumn", RULE_DROP_COLUMN),
    FIND("dropColumns", RULE_DROP_COLUMN),
    FIND("dropTimestamps", RULE_DROP_COLUMN),
    FIND("dropSoftDeletes", RULE_DROP_COLUMN),
    FIND("dropMorphs", RULE_DROP_COLUMN),
    FIND("dropRememberToken", RULE_DROP_COLUMN),
    FIND("dropConstrainedForeignId", RULE_DROP_COLUMN),
    FIND_ON("removeColumn", RULE_DROP_COLUMN),
    FIND_ON("remove_column", RULE_DROP_COLUMN),
    FIND_ON("remove_columns", RULE_DROP_COLUMN),
    FIND_ON("drop_column", RULE_DROP_COLUMN),
    FIND_ON("remove_reference", RULE_DROP_COLUMN),
    FIND_ON("remove_belongs_to", RULE_DROP_COLUMN),
    FIND_ON("remove_timestamps", RULE_DROP_COLUMN),
    FIND_ON("DropColumn", RULE_DROP_COLUMN),
    FIND_ON("RemoveField", RULE_DROP_COLUMN),
    FIND("renameColumn", RULE_RENAME_COLUMN),
    FIND_ON("rename_column", RULE_RENAME_COLUMN),
    FIND_ON("RenameColumn", RULE_RENAME_COLUMN),
    FIND_ON("RenameField", RULE_RENAME_COLUMN),
    FIND_ON("changeColumn", RULE_CHANGE_TYPE),
    FIND_ON("change_column", RULE_CHANGE_TYPE),
    FIND_ON("AlterColumn", RULE_CHANGE_TYPE),
    FIND_ON("AlterField", RULE_CHANGE_TYPE),
    FIND_ON("modifyDataType", RULE_CHANGE_TYPE),
    FIND_ON("change_column_null", RULE_SET_NOT_NULL),
    FIND_ON("addNotNullConstraint", RULE_SET_NOT_NULL),
    COLUMN("add_column"),
    COLUMN("addColumn"),
    COLUMN("AddColumn"),
    COLUMN("AddField"),
    COLUMN("add_reference"),
    COLUMN("add_belongs_to"),
    COLUMN("addColumns"),
    /* Keys, indexes, checks. */
    FIND_UNLESS("add_index", RULE_ADD_INDEX, "concurrently"),
    FIND_UNLESS("addIndex", RULE_ADD_INDEX, "concurrently"),
    FIND_UNLESS("create_index", RULE_ADD_INDEX, "postgresql_concurrently"),
    FIND_ON("createIndex", RULE_ADD_INDEX),
    FIND_ON("CreateIndex", RULE_ADD_INDEX),
    FIND_ON("AddIndex", RULE_ADD_INDEX),
    FIND_ON("AlterIndexTogether", RULE_ADD_INDEX),
    FIND_ON("AlterUniqueTogether", RULE_ADD_UNIQUE),
    FIND_ON("create_unique_constraint", RULE_ADD_UNIQUE),
    FIND_ON("createUniqueConstraint", RULE_ADD_UNIQUE),
    FIND_ON("addUniqueConstraint", RULE_ADD_UNIQUE),
    FIND_ON("AddUniqueConstraint", RULE_ADD_UNIQUE),
    FIND_ON("add_unique_constraint", RULE_ADD_UNIQUE),
    FIND("fullText", RULE_ADD_FULLTEXT_INDEX),
    FIND("spatialIndex", RULE_ADD_FULLTEXT_INDEX),
    FIND_UNLESS("add_foreign_key", RULE_ADD_FOREIGN_KEY, "validate"),
    FIND_ON("create_foreign_key", RULE_ADD_FOREIGN_KEY),
    FIND_ON("createForeignKey", RULE_ADD_FOREIGN_KEY),
    FIND_ON("addForeignKey", RULE_ADD_FOREIGN_KEY),
    FIND_ON("addForeignKeyConstraint", RULE_ADD_FOREIGN_KEY),
    FIND_ON("AddForeignKey", RULE_ADD_FOREIGN_KEY),
    FIND("foreign", RULE_ADD_FOREIGN_KEY),
    FIND_UNLESS("add_check_constraint", RULE_ADD_CHECK, "validate"),
    FIND_ON("create_check_constraint", RULE_ADD_CHECK),
    FIND_ON("createCheckConstraint", RULE_ADD_CHECK),
    FIND_ON("AddCheckConstraint", RULE_ADD_CHECK),
    FIND_ON("AddConstraint", RULE_ADD_CHECK),
    FIND_ON("addConstraint", RULE_ADD_CHECK),
    FIND_ON("create_primary_key", RULE_ADD_PRIMARY_KEY),
    FIND_ON("createPrimaryKey", RULE_ADD_PRIMARY_KEY),
    FIND_ON("addPrimaryKey", RULE_ADD_PRIMARY_KEY),
    FIND_ON("AddPrimaryKey", RULE_ADD_PRIMARY_KEY),
    FIND("dropPrimary", RULE_ADD_PRIMARY_KEY),
    FIND_ON("DropPrimaryKey", RULE_ADD_PRIMARY_KEY),
    FIND_ON("dropPrimaryKey", RULE_ADD_PRIMARY_KEY),
    FIND_ON("add_exclusion_constraint", RULE_ADD_PRIMARY_KEY),
    FIND_UNLESS("remove_index", RULE_DROP_INDEX, "concurrently"),
    FIND_UNLESS("drop_index", RULE_DROP_INDEX, "postgresql_concurrently"),
    FIND("dropIndex", RULE_DROP_INDEX),
    FIND("dropUnique", RULE_DROP_INDEX),
    FIND("dropFullText", RULE_DROP_INDEX),
    FIND_ON("removeIndex", RULE_DROP_INDEX),
    FIND_ON("DropIndex", RULE_DROP_INDEX),
    FIND_ON("RemoveIndex", RULE_DROP_INDEX),
    /* Rows. */
    FIND("update_all", RULE_CHANGE_ROWS),
    FIND("delete_all", RULE_CHANGE_ROWS),
    FIND("destroy_all", RULE_CHANGE_ROWS),
    FIND("find_each", RULE_CHANGE_ROWS),
    FIND_ON("bulkUpdate", RULE_CHANGE_ROWS),
    FIND_ON("bulkDelete", RULE_CHANGE_ROWS),
    FIND_ON("UpdateData", RULE_CHANGE_ROWS),
    FIND_ON("DeleteData", RULE_CHANGE_ROWS),
    FIND("RunPython", RULE_UNKNOWN_SQL),
    FIND("RunSQL", RULE_NONE),
};

const struct verb *verb_find(struct text word)
{
    for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
        if (text_is(word, verbs[i].word)) {
            return &verbs[i];
        }
    }
    return NULL;
}

const struct verb_pair verb_pairs[] = {
    { "Schema", "::", "create", { "create", VERB_CREATES, RULE_NONE, true, NULL } },
    { "Schema", "::", "table", { "table", VERB_OPENS, RULE_NONE, true, NULL } },
    { "Schema", "::", "drop", { "drop", VERB_FINDS, RULE_DROP_TABLE, true, NULL } },
    { "Schema", "::", "rename", { "rename", VERB_FINDS, RULE_RENAME_TABLE, true, NULL } },
    { "$table", "->", "rename", { "rename", VERB_FINDS, RULE_RENAME_TABLE, false, NULL } },
    { "$table", "->", "drop", { "drop", VERB_FINDS, RULE_DROP_TABLE, false, NULL } },
    { "$table", "->", "index", { "index", VERB_FINDS, RULE_ADD_INDEX, false, NULL } },
    { "$table", "->", "unique", { "unique", VERB_FINDS, RULE_ADD_UNIQUE, false, NULL } },
    { "$table", "->", "primary", { "primary", VERB_FINDS, RULE_ADD_PRIMARY_KEY, false, NULL } },
    { "table", ".", "index", { "index", VERB_FINDS, RULE_ADD_INDEX, false, NULL } },
    { "table", ".", "unique", { "unique", VERB_FINDS, RULE_ADD_UNIQUE, false, NULL } },
    { "table", ".", "primary", { "primary", VERB_FINDS, RULE_ADD_PRIMARY_KEY, false, NULL } },
    { "t", ".", "index", { "index", VERB_FINDS, RULE_ADD_INDEX, false, "concurrently" } },
    { "t", ".", "unique", { "unique", VERB_FINDS, RULE_ADD_UNIQUE, false, NULL } },
    { "t", ".", "remove", { "remove", VERB_FINDS, RULE_DROP_COLUMN, false, NULL } },
    { "t", ".", "rename", { "rename", VERB_FINDS, RULE_RENAME_COLUMN, false, NULL } },
    { "t", ".", "change", { "change", VERB_FINDS, RULE_CHANGE_TYPE, false, NULL } },
    { "create", NULL, "table", { "table", VERB_CREATES, RULE_NONE, true, NULL } },
    { "create_if_not_exists", NULL, "table", { "table", VERB_CREATES, RULE_NONE, true, NULL } },
    { "alter", NULL, "table", { "table", VERB_OPENS, RULE_NONE, true, NULL } },
    { "drop", NULL, "table", { "table", VERB_FINDS, RULE_DROP_TABLE, true, NULL } },
    { "rename", NULL, "table", { "table", VERB_FINDS, RULE_RENAME_TABLE, true, NULL } },
    { "create", NULL, "index", { "index", VERB_FINDS, RULE_ADD_INDEX, true, "concurrently" } },
    { "create",
      NULL,
      "unique_index",
      { "unique_index", VERB_FINDS, RULE_ADD_UNIQUE, true, "concurrently" } },
    { "drop", NULL, "index", { "index", VERB_FINDS, RULE_DROP_INDEX, true, "concurrently" } },
    { "create", NULL, "constraint", { "constraint", VERB_FINDS, RULE_ADD_CHECK, true, NULL } },
    { "DB", "::", "table", { "table", VERB_OPENS, RULE_NONE, true, NULL } },
    { NULL, NULL, NULL, { NULL, VERB_FINDS, RULE_NONE, false, NULL } },
};
