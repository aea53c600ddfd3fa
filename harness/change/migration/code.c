/* SPDX-License-Identifier: MIT */
/* Migrations in a programming language: verbs, what belongs to each, and SQL in strings. */
#include "change/migration/code.h"
#include "change/migration/verb.h"

/* `table: "x"`, `model_name='x'`, tableName="x". */
static bool names_its_table(const struct token *at, const struct token *end)
{
    static const char *const names[] = { "table", "model_name", "tableName", "baseTableName",
                                         "table_name" };
    if (at + 2 >= end || (!token_is_sign(&at[1], ":") && !token_is_sign(&at[1], "=")) ||
        (at[2].kind != TOKEN_STRING && at[2].kind != TOKEN_WORD)) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (text_is(at->text, names[i])) {
            return true;
        }
    }
    return false;
}

/* The table that is named so, or the text or :symbol of this number, from 1; 0: none. */
static struct text table_of(struct token_cursor words, size_t number)
{
    for (const struct token *at = words.at; at < words.end; at++) {
        if (names_its_table(at, words.end)) {
            return at[2].text;
        }
    }
    for (const struct token *at = words.at; number > 0 && at < words.end; at++) {
        bool is_text = at->kind == TOKEN_STRING ||
                       (at->kind == TOKEN_WORD && at > words.at && token_is_sign(at - 1, ":"));
        if (is_text && --number == 0) {
            return at->text;
        }
    }
    return TEXT_EMPTY;
}

/* Which text behind the verb at `at` is the table's name. */
static size_t table_number(const struct code_reading *reading, const struct verb *verb,
                           size_t at)
{
    bool is_method = at > 0 && token_is_sign(&reading->list[at - 1], "->");
    bool finds = verb->kind == VERB_FINDS || verb->kind == VERB_COLUMN;
    if (!verb->names_table || (finds && (is_method || reading->table.size > 0))) {
        return 0; /* the table's own method */
    }
    /* Alembic: op.create_index('name', 'table', …) */
    return finds && text_starts_with(text_of(verb->word), TEXT("create_")) ? 2 : 1;
}

static bool looks_like_sql(struct text text)
{
    static const char *const words[] = { "ALTER ",  "CREATE ",  "DROP ",     "UPDATE ",
                                         "DELETE ", "RENAME ",  "TRUNCATE ", "LOCK ",
                                         "VACUUM ", "REINDEX ", "CLUSTER ",  "OPTIMIZE ",
                                         "WITH ",   "DO " };
    struct text start = text_trim(text);
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        struct text word = text_of(words[i]);
        if (text_equal_ignoring_case(text_slice(start, 0, word.size - 1),
                                     text_slice(word, 0, word.size - 1)) &&
            start.size >= word.size && (unsigned char)start.at[word.size - 1] <= ' ') {
            return true;
        }
    }
    return false;
}

/* execute(variable): what is run is not to be seen. */
static bool runs_unseen(const struct code_reading *reading, size_t at)
{
    static const char *const runners[] = { "statement", "unprepared", "execute", "addSql",
                                           "Sql",       "RunSQL",     "query" };
    bool is_runner = false;
    for (size_t i = 0; i < ARRAY_SIZE(runners); i++) {
        is_runner = is_runner || text_is(reading->list[at].text, runners[i]);
    }
    if (!is_runner) {
        return false;
    }
    struct token_cursor words = code_words_of(reading, at);
    for (const struct token *word = words.at; word < words.end; word++) {
        if (word->kind == TOKEN_STRING) {
            return false;
        }
    }
    return words.at < words.end && !token_is_sign(words.at, "=") &&
           !token_is_sign(words.at, ":");
}

static void read_range(struct code_reading *reading, size_t from, size_t to);

/* In XML and YAML what belongs to a column stands on lines of its own: up to the next verb. */
static struct token_cursor column_words(const struct code_reading *reading, size_t at)
{
    struct token_cursor words = code_words_of(reading, at);
    bool is_marked_up = (at > 0 && token_is_sign(&reading->list[at - 1], "<")) ||
                        (words.at < words.end && token_is_sign(words.at, ":"));
    const struct token *end = reading->list + reading->end;
    while (is_marked_up && words.end < end &&
           (words.end->kind != TOKEN_WORD || !verb_find(words.end->text))) {
        words.end++;
    }
    return words;
}

/* Phinx: $table->addColumn(…)->create() */
static bool is_of_new_table(const struct code_reading *reading, size_t at)
{
    struct token_cursor words = code_words_of(reading, at);
    return at > 0 && token_is_sign(&reading->list[at - 1], "->") &&
           cursor_has(&words, "create");
}

static void read_finding(struct code_reading *reading, const struct verb *verb, size_t at,
                         struct text table)
{
    struct token_cursor words = code_words_of(reading, at);
    size_t start = reading->list[at].start;
    if (verb->kind == VERB_COLUMN) {
        if (!is_of_new_table(reading, at)) {
            verb_scan_column(reading->scan, column_words(reading, at), table, start,
                             text_is(text_of(verb->word), "AddField"));
        }
    } else if (verb->rule != RULE_NONE && !(verb->unless && cursor_has(&words, verb->unless))) {
        bool is_unique = verb->rule == RULE_ADD_INDEX &&
                         (cursor_has(&words, "unique") || cursor_has(&words, "unique_index"));
        scan_add(reading->scan, is_unique ? RULE_ADD_UNIQUE : verb->rule, table, start);
    }
}

static size_t read_verb(struct code_reading *reading, const struct verb *verb, size_t at)
{
    struct text named = table_of(code_words_of(reading, at), table_number(reading, verb, at));
    struct text table = named.size > 0 ? named : reading->table;
    if (verb->kind == VERB_CREATES) {
        scan_add_created(reading->scan, table);
        return code_behind_block(reading, at);
    }
    if (verb->kind == VERB_OPENS) {
        size_t behind = code_behind_block(reading, at);
        struct text before = reading->table;
        reading->table = table;
        read_range(reading, at + 1, behind);
        reading->table = before;
        return behind;
    }
    read_finding(reading, verb, at, table);
    return at + 1;
}

/* Words that are verbs only beside others: Schema::create, $table->string, alter table(:x). */
static bool read_pair(struct code_reading *reading, size_t at, size_t *ret_behind);

/* A word; in JSON the name of a member. */
static bool is_word(const struct code_reading *reading, size_t at)
{
    const struct token *token = &reading->list[at];
    return token->kind == TOKEN_WORD || (token->kind == TOKEN_STRING && at + 1 < reading->end &&
                                         token_is_sign(&token[1], ":"));
}

static void read_range(struct code_reading *reading, size_t from, size_t to)
{
    for (size_t at = from; at < to;) {
        const struct token *token = &reading->list[at];
        size_t behind = at + 1;
        if (token->kind == TOKEN_STRING && looks_like_sql(token->text)) {
            scan_sql(reading->scan, token->text, token->start + 1);
        } else if (is_word(reading, at) && !read_pair(reading, at, &behind)) {
            const struct verb *verb = verb_find(token->text);
            bool is_call = at + 1 < to && !token_is_sign(&reading->list[at + 1], "=");
            if (verb && is_call) {
                behind = read_verb(reading, verb, at);
            }
            if (runs_unseen(reading, at)) {
                scan_add(reading->scan, RULE_UNKNOWN_SQL, reading->table, token->start);
            }
        }
        at = behind;
    }
}

/* The word behind the one at `at`, over the sign; NULL: another sign. */
static size_t second_word(const struct code_reading *reading, size_t at, const char *sign)
{
    size_t second = at + 1 + (sign != NULL);
    bool is_there = second < reading->end && reading->list[second].kind == TOKEN_WORD &&
                    (!sign || token_is_sign(&reading->list[at + 1], sign));
    return is_there ? second : reading->end;
}

/* DB::table('x')->update(…): all rows, unless a batch is cut off. */
static bool changes_rows(const struct code_reading *reading, size_t at)
{
    static const char *const changing[] = { "update", "delete", "increment", "decrement" };
    struct token_cursor words = code_words_of(reading, at);
    bool has_limit = cursor_has(&words, "limit") || cursor_has(&words, "chunkById");
    for (size_t i = 0; i < ARRAY_SIZE(changing); i++) {
        if (cursor_has(&words, changing[i])) {
            return !has_limit;
        }
    }
    return false;
}

static bool read_column(struct code_reading *reading, size_t at, size_t *ret_behind)
{
    bool is_method = at + 2 < reading->end && reading->list[at + 2].kind == TOKEN_WORD &&
                     verb_is_column_type(reading->list[at + 2].text) && reading->table.size > 0;
    bool is_laravel = token_is_sign(&reading->list[at + 1], "->");
    const struct token *object = &reading->list[at];
    bool is_table = text_is(object->text, "$table") || text_is(object->text, "table") ||
                    text_is(object->text, "t");
    if (!is_method || !is_table ||
        (!is_laravel && !token_is_sign(&reading->list[at + 1], "."))) {
        return false;
    }
    struct token_cursor words = code_words_of(reading, at + 1);
    verb_scan_column(reading->scan, words, reading->table, object->start, is_laravel);
    /* The chain has been looked at, but for $table->foreign and others that follow. */
    *ret_behind = (size_t)(words.end - reading->list);
    return true;
}

static bool read_pair(struct code_reading *reading, size_t at, size_t *ret_behind)
{
    const struct token *word = &reading->list[at];
    for (const struct verb_pair *pair = verb_pairs; pair->first; pair++) {
        if (!text_is(word->text, pair->first)) {
            continue;
        }
        size_t second = second_word(reading, at, pair->between);
        if (second == reading->end || !text_is(reading->list[second].text, pair->second)) {
            continue;
        }
        if (text_is(word->text, "DB") && changes_rows(reading, second)) {
            scan_add(reading->scan, RULE_CHANGE_ROWS,
                     table_of(code_words_of(reading, second), 1), word->start);
        }
        *ret_behind = read_verb(reading, &pair->verb, second);
        return true;
    }
    return at + 1 < reading->end && read_column(reading, at, ret_behind);
}

void scan_code(struct scan *scan, const struct tokens *tokens, size_t from, size_t to)
{
    struct code_reading reading = { .scan = scan, .list = tokens->list, .end = to };
    read_range(&reading, from, to);
}
