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

static void fill_group(struct match_group *group, struct text subject,
                       const struct regex_capture *capture)
{
    group->is_set = capture->start != REGEX_UNSET;
    group->value = TEXT_EMPTY;
    if (group->is_set) {
        group->start = capture->start;
        group->end = capture->end;
        group->value = text_slice(subject, capture->start, capture->end);
    }
}

void capture_tree_groups(const struct capture_tree *tree, struct text subject,
                         const struct regex_capture *captures, struct arena *arena,
                         struct match_group *ret_whole)
{
    struct match_group **groups = ARENA_ARRAY(arena, tree->count, struct match_group *);
    struct match_group **children = ARENA_ARRAY(arena, tree->count, struct match_group *);
    groups[0] = ret_whole;
    *ret_whole = (struct match_group){ 0 };
    for (size_t parent = 0; parent < tree->count; parent++) {
        fill_group(groups[parent], subject, &captures[parent]);
        size_t count = 0;
        for (size_t i = parent + 1; i < tree->count; i++) {
            count += tree->parents[i] == parent;
        }
        if (count == 0) {
            continue;
        }
        children[parent] = ARENA_ARRAY(arena, count, struct match_group);
        groups[parent]->children = children[parent];
        groups[parent]->child_count = count;
        count = 0;
        for (size_t i = parent + 1; i < tree->count; i++) {
            if (tree->parents[i] == parent) {
                groups[i] = &children[parent][count++];
            }
        }
    }
}
