/* SPDX-License-Identifier: MIT */
#include "change/migration/scan.h"

#include <stdlib.h>

#include "base/alloc.h"

void scan_init(struct scan *scan, struct arena *arena)
{
    *scan = (struct scan){ .arena = arena };
}

void scan_release(struct scan *scan)
{
    free(scan->findings);
    free(scan->created);
    *scan = (struct scan){ 0 };
}

void scan_add(struct scan *scan, enum migration_rule_id rule, struct text table, size_t start)
{
    GROW(scan->findings, scan->count, scan->capacity);
    scan->findings[scan->count++] =
        (struct scan_finding){ rule, arena_text(scan->arena, table), start };
}

void scan_add_created(struct scan *scan, struct text table)
{
    GROW(scan->created, scan->created_count, scan->created_capacity);
    scan->created[scan->created_count++] = arena_text(scan->arena, table);
}

bool cursor_keyword(struct token_cursor *cursor, const char *word)
{
    bool is_there = cursor->at < cursor->end && token_is_keyword(cursor->at, word);
    cursor->at += is_there;
    return is_there;
}

bool cursor_keywords(struct token_cursor *cursor, const char *first, const char *second)
{
    struct token_cursor ahead = *cursor;
    if (!cursor_keyword(&ahead, first) || !cursor_keyword(&ahead, second)) {
        return false;
    }
    *cursor = ahead;
    return true;
}

bool cursor_sign(struct token_cursor *cursor, const char *sign)
{
    bool is_there = cursor->at < cursor->end && token_is_sign(cursor->at, sign);
    cursor->at += is_there;
    return is_there;
}

struct text cursor_name(struct token_cursor *cursor)
{
    struct text name = TEXT_EMPTY;
    while (cursor->at < cursor->end && cursor->at->kind == TOKEN_WORD) {
        name = cursor->at++->text;
        if (!cursor_sign(cursor, ".")) {
            break;
        }
    }
    return name;
}

bool cursor_has(const struct token_cursor *cursor, const char *word)
{
    for (const struct token *at = cursor->at; at < cursor->end; at++) {
        if (token_is_keyword(at, word)) {
            return true;
        }
    }
    return false;
}

bool cursor_has_both(const struct token_cursor *cursor, const char *first, const char *second)
{
    for (const struct token *at = cursor->at; at + 1 < cursor->end; at++) {
        if (token_is_keyword(at, first) && token_is_keyword(at + 1, second)) {
            return true;
        }
    }
    return false;
}
