/* SPDX-License-Identifier: MIT */
#include "match/capture_tree.h"

#include <stdbool.h>

/* Offset behind the class that starts at `at` with '['. */
static size_t skip_class(struct text pattern, size_t at)
{
    at++;
    if (at < pattern.size && pattern.at[at] == '^') {
        at++;
    }
    if (at < pattern.size && pattern.at[at] == ']') {
        at++;
    }
    while (at < pattern.size && pattern.at[at] != ']') {
        at += pattern.at[at] == '\\' ? 2 : 1;
    }
    return at + 1;
}

/* (…), (?<name>…), (?'name'…), (?P<name>…); not (?:…), (?=…), (?<=…), (?<!…), … */
static bool is_capturing(struct text pattern, size_t at)
{
    struct text rest = text_from(pattern, at + 1);
    if (rest.size == 0 || rest.at[0] != '?') {
        return rest.size == 0 || rest.at[0] != '*';
    }
    return text_starts_with(rest, TEXT("?'")) || text_starts_with(rest, TEXT("?P<")) ||
           (text_starts_with(rest, TEXT("?<")) && !text_starts_with(rest, TEXT("?<=")) &&
            !text_starts_with(rest, TEXT("?<!")));
}

static size_t count_parentheses(struct text pattern)
{
    size_t count = 0;
    for (size_t i = 0; i < pattern.size; i++) {
        count += pattern.at[i] == '(';
    }
    return count;
}

void capture_tree_make(struct text pattern, struct arena *arena, struct capture_tree *ret_tree)
{
    size_t limit = count_parentheses(pattern) + 1;
    size_t *parents = ARENA_ARRAY(arena, limit, size_t);
    size_t *open = ARENA_ARRAY(arena, limit, size_t); /* the group around, for each depth */
    size_t depth = 0;
    size_t count = 1;
    for (size_t at = 0; at < pattern.size;) {
        char byte = pattern.at[at];
        if (byte == '[') {
            at = skip_class(pattern, at);
            continue;
        }
        if (byte == '(') {
            size_t around = open[depth++];
            bool captures = is_capturing(pattern, at);
            open[depth] = captures ? count : around;
            if (captures) {
                parents[count++] = around;
            }
        } else if (byte == ')' && depth > 0) {
            depth--;
        }
        at += byte == '\\' ? 2 : 1;
    }
    *ret_tree = (struct capture_tree){ .parents = parents, .count = count };
}

static size_t count_children(const struct capture_tree *tree, size_t parent)
{
    size_t count = 0;
    for (size_t i = parent + 1; i < tree->count && tree->parents[i] >= parent; i++) {
        count += tree->parents[i] == parent;
    }
    return count;
}

void capture_tree_group(const struct capture_tree *tree, size_t index, struct text subject,
                        const struct regex_capture *captures, struct arena *arena,
                        struct match_group *ret_group)
{
    struct match_group group = { .value = TEXT_EMPTY,
                                 .is_set = captures[index].start != REGEX_UNSET };
    if (group.is_set) {
        group.start = captures[index].start;
        group.end = captures[index].end;
        group.value = text_slice(subject, group.start, group.end);
    }
    size_t limit = count_children(tree, index);
    struct match_group *children =
        limit > 0 ? ARENA_ARRAY(arena, limit, struct match_group) : NULL;
    for (size_t i = index + 1; group.child_count < limit; i++) {
        if (tree->parents[i] == index) {
            capture_tree_group(tree, i, subject, captures, arena,
                               &children[group.child_count++]);
        }
    }
    group.children = children;
    *ret_group = group;
}
