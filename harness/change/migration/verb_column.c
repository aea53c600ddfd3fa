/* SPDX-License-Identifier: MIT */
/* Columns that code adds: their types, and what the words of their definition do. */
#include "change/migration/verb.h"

static bool is_one_of(struct text word, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        if (text_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

bool verb_is_column_type(struct text word)
{
    static const char *const types[] = { "string",
                                         "text",
                                         "integer",
                                         "bigInteger",
                                         "unsignedBigInteger",
                                         "unsignedInteger",
                                         "tinyInteger",
                                         "smallInteger",
                                         "mediumInteger",
                                         "boolean",
                                         "date",
                                         "dateTime",
                                         "dateTimeTz",
                                         "datetime",
                                         "time",
                                         "timestamp",
                                         "timestampTz",
                                         "timestamps",
                                         "decimal",
                                         "float",
                                         "double",
                                         "json",
                                         "jsonb",
                                         "uuid",
                                         "ulid",
                                         "enum",
                                         "set",
                                         "char",
                                         "binary",
                                         "longText",
                                         "mediumText",
                                         "tinyText",
                                         "year",
                                         "ipAddress",
                                         "macAddress",
                                         "foreignId",
                                         "foreignIdFor",
                                         "foreignUuid",
                                         "foreignUlid",
                                         "morphs",
                                         "increments",
                                         "bigIncrements",
                                         "id",
                                         "geometry",
                                         "point",
                                         "computed",
                                         "references",
                                         "belongs_to",
                                         "bigint",
                                         "column",
                                         "rememberToken",
                                         "softDeletes",
                                         "nullableMorphs",
                                         "nullableTimestamps",
                                         NULL };
    return is_one_of(word, types);
}

/* The words of a definition. */

static bool has(struct token_cursor words, const char *const *wanted)
{
    for (const struct token *at = words.at; at < words.end; at++) {
        if (at->kind == TOKEN_WORD && is_one_of(at->text, wanted)) {
            return true;
        }
    }
    return false;
}

/* "null: false", "nullable=False", "'null' => false", allowNull: false. */
static bool is_set_to(struct token_cursor words, const char *const *names, const char *value)
{
    for (const struct token *at = words.at; at + 2 < words.end; at++) {
        bool is_name =
            (at->kind == TOKEN_WORD || at->kind == TOKEN_STRING) && is_one_of(at->text, names);
        bool is_sign = token_is_sign(&at[1], ":") || token_is_sign(&at[1], "=") ||
                       token_is_sign(&at[1], "=>");
        if (is_name && is_sign && text_equal_ignoring_case(at[2].text, text_of(value))) {
            return true;
        }
    }
    return false;
}

static const struct token *default_of(struct token_cursor words)
{
    for (const struct token *at = words.at; at < words.end; at++) {
        if ((at->kind == TOKEN_WORD || at->kind == TOKEN_STRING) &&
            (text_starts_with(at->text, TEXT("default")) ||
             text_starts_with(at->text, TEXT("server_default")))) {
            return at;
        }
    }
    return NULL;
}

static bool is_computed(struct token_cursor words)
{
    static const char *const computing[] = { "useCurrent",       "defaultValueSql",
                                             "fragment",         "defaultValueComputed",
                                             "defaultValueDate", NULL };
    static const char *const makers[] = { "raw",  "literal", "fn",     "func",
                                          "text", "Now",     "RawSQL", NULL };
    const struct token *value = default_of(words);
    if (has(words, computing)) {
        return true;
    }
    struct token_cursor behind = { value ? value : words.end, words.end };
    if (!has(behind, makers)) {
        return false;
    }
    for (const struct token *at = behind.at; at < behind.end; at++) {
        if (at->kind == TOKEN_STRING && text_find_byte(at->text, '(', 0) == at->text.size &&
            !text_contains(at->text, TEXT("CURRENT"))) {
            return false; /* sa.text('false') */
        }
    }
    return true;
}

static bool is_not_null(struct token_cursor words, bool must_allow)
{
    static const char *const names[] = { "null", "nullable", "allowNull", NULL };
    static const char *const forbids[] = { "notNullable", "notNull", NULL };
    static const char *const allows[] = { "nullable",        "virtualAs",
                                          "generatedAs",     "timestamps",
                                          "nullableMorphs",  "softDeletes",
                                          "rememberToken",   "nullableTimestamps",
                                          "ManyToManyField", NULL };
    if (default_of(words)) {
        return false;
    }
    return is_set_to(words, names, "false") || has(words, forbids) ||
           (must_allow && !has(words, allows) && !is_set_to(words, names, "true"));
}

void verb_scan_column(struct scan *scan, struct token_cursor words, struct text table,
                      size_t start, bool must_allow)
{
    static const char *const rewriting[] = {
        "increments",    "bigIncrements", "storedAs", "id",
        "autoIncrement", "autoincrement", "stored",   NULL
    };
    static const char *const keys[] = { "constrained", "ForeignKey", "OneToOneField", NULL };
    static const char *const key_options[] = { "foreign_key", NULL };
    static const char *const unique_words[] = { "unique", "unique_index", NULL };
    static const char *const index_words[] = { "db_index", "index", NULL };
    if (has(words, (const char *const[]){ "change", "alter", NULL })) {
        scan_add(scan, RULE_CHANGE_TYPE, table, start);
        return;
    }
    if (has(words, rewriting)) {
        scan_add(scan, RULE_ADD_COLUMN_REWRITE, table, start);
    } else if (is_computed(words)) {
        scan_add(scan, RULE_ADD_COLUMN_DEFAULT, table, start);
    } else if (is_not_null(words, must_allow)) {
        scan_add(scan, RULE_ADD_COLUMN_NOT_NULL, table, start);
    }
    if (has(words, keys) || is_set_to(words, key_options, "true")) {
        scan_add(scan, RULE_ADD_FOREIGN_KEY, table, start);
    }
    if (has(words, unique_words)) {
        scan_add(scan, RULE_ADD_UNIQUE, table, start);
    } else if (has(words, index_words)) {
        scan_add(scan, RULE_ADD_INDEX, table, start);
    }
    if (has(words, (const char *const[]){ "json", "JSON", NULL })) {
        scan_add(scan, RULE_JSON_COLUMN, table, start);
    }
}
