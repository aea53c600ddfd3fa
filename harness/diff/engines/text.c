/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "diff/engines/engines.h"
#include "diff/tree/tree.h"
#include "format/json.h"

/* No NUL, and UTF-8. */
static bool is_text(struct text bytes)
{
    for (size_t at = 0; at < bytes.size;) {
        size_t size = bytes.at[at] == '\0' ? 0 : utf8_decode(text_from(bytes, at), NULL);
        if (size == 0) {
            return false;
        }
        at += size;
    }
    return true;
}

static bool fits(struct text media_type, struct text bytes)
{
    static const char *const names[] = {
        "application/javascript",   "application/ecmascript",
        "application/x-javascript", "application/x-www-form-urlencoded",
        "application/graphql",      "application/yaml"
    };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (text_is(media_type, names[i])) {
            return true;
        }
    }
    return text_starts_with(media_type, TEXT("text/")) ||
           (media_type.size == 0 && is_text(bytes));
}

static const struct json_value *read_lines(struct text bytes, struct arena *arena)
{
    size_t count = 0;
    for (size_t at = 0; at < bytes.size; count++) {
        at = text_find_byte(bytes, '\n', at) + 1;
    }
    struct json_value *root = ARENA_NEW(arena, struct json_value);
    struct json_value *lines = ARENA_ARRAY(arena, count, struct json_value);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = text_find_byte(bytes, '\n', at);
        size_t without_return = end - (end > at && bytes.at[end - 1] == '\r');
        lines[i].type = JSON_STRING;
        lines[i].at = bytes.at + at;
        lines[i].count = (uint32_t)(without_return - at);
        at = end + 1;
    }
    root->type = JSON_ARRAY;
    root->count = (uint32_t)count;
    root->children = lines;
    return root;
}

static bool compare(const struct body_pair *pair, struct differences *differences)
{
    if (!is_text(pair->left.bytes) || !is_text(pair->right.bytes)) {
        return false;
    }
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct tree_pair trees = { .dialect = TREE_LINES,
                               .path = TEXT("text"),
                               .judge = pair->judge,
                               .at = judge_enter(pair->judge, JUDGED_TEXT, TEXT_EMPTY) };
    trees.left.root = read_lines(pair->left.bytes, &arena);
    trees.right.root = read_lines(pair->right.bytes, &arena);
    tree_diff(&trees, differences);
    return true;
}

const struct diff_engine text_engine = { "text", fits, compare };
