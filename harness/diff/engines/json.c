/* SPDX-License-Identifier: MIT */
#include "base/problem.h"
#include "base/source.h"
#include "diff/engines/engines.h"
#include "diff/tree/tree.h"
#include "format/json.h"

static bool fits(struct text media_type, struct text bytes)
{
    struct text start = text_slice(text_trim(bytes), 0, 1);
    bool looks_so = text_is(start, "{") || text_is(start, "[");
    return text_is(media_type, "application/json") ||
           text_ends_with(media_type, TEXT("+json")) || text_is(media_type, "text/json") ||
           (media_type.size == 0 && looks_so);
}

/* NULL with *ret_error. */
static const struct json_value *read(struct text bytes, struct arena *arena,
                                     struct text *ret_error)
{
    struct source source;
    struct problems problems;
    struct json_limits limits = { .depth = JSON_DEPTH_MOST };
    const struct json_value *root = NULL;
    source_init(&source, TEXT("body"), bytes);
    problems_init(&problems);
    if (!json_parse(&source, limits, arena, &root, &problems)) {
        const struct problem *problem = &problems.list[0];
        struct position position = source_position(&source, problem->at.start);
        *ret_error = arena_format(arena, "not JSON: line %zu, column %zu: %.*s", position.line,
                                  position.column, TEXT_ARG(problem->message));
    }
    problems_release(&problems);
    return root;
}

static bool compare(const struct body_pair *pair, struct differences *differences)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct text errors[2] = { TEXT_EMPTY, TEXT_EMPTY };
    struct tree_pair trees = { .dialect = TREE_JSON, .path = TEXT("$"), .judge = pair->judge };
    trees.left.source = pair->left.bytes;
    trees.right.source = pair->right.bytes;
    trees.left.root = read(pair->left.bytes, &arena, &errors[0]);
    trees.right.root = read(pair->right.bytes, &arena, &errors[1]);
    if (trees.left.root && trees.right.root) {
        judge_documents(pair->judge, trees.left.root, trees.right.root);
        trees.at = judge_enter(pair->judge, JUDGED_JSON, TEXT_EMPTY);
        tree_diff(&trees, differences);
        judge_documents(pair->judge, NULL, NULL);
    } else if (trees.left.root || trees.right.root) {
        engine_report_unreadable(pair, "JSON", errors[0], errors[1], differences);
    } else {
        return false;
    }
    return true;
}

const struct diff_engine json_engine = { "JSON", fits, compare };
