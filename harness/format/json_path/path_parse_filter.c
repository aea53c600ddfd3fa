/* SPDX-License-Identifier: MIT */
/* Filters: RFC 9535, sections 2.3.5 and 2.4, with the types of 2.4.1 to 2.4.3 checked. */
#include "format/json_path/path_parser.h"

#include <string.h>

struct path_expression *path_expression_new(struct path_parser *parser,
                                            enum path_expression_kind kind, size_t start)
{
    struct path_expression *expression =
        ARENA_NEW(&parser->path->arena, struct path_expression);
    expression->kind = kind;
    expression->start = start;
    return expression;
}

static bool is_call(const struct path_parser *parser)
{
    size_t size = 0;
    char c = path_peek(parser, 0);
    if (c < 'a' || c > 'z') {
        return false;
    }
    while ((c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9')) {
        c = path_peek(parser, ++size);
    }
    return c == '(';
}

bool path_parse_operand(struct path_parser *parser, struct path_expression **ret_operand)
{
    struct path_expression *operand = path_expression_new(parser, PATH_LITERAL, parser->at);
    char c = path_peek(parser, 0);
    bool is_parsed;
    if (c == '$' || c == '@') {
        operand->kind = PATH_QUERY;
        is_parsed = path_parse_query(parser, &operand->query);
    } else if (is_call(parser)) {
        is_parsed = path_parse_call(parser, &operand);
    } else if (path_is_literal(parser)) {
        is_parsed = path_parse_literal(parser, &operand->literal);
    } else {
        return path_expected(parser, "'@', '$', a literal, a function or '('");
    }
    operand->end = parser->at;
    *ret_operand = operand;
    return is_parsed;
}

static const struct {
    const char *sign;
    enum path_comparison comparison;
} comparisons[] = {
    { "==", PATH_EQUAL },         { "!=", PATH_NOT_EQUAL },
    { "<=", PATH_LESS_OR_EQUAL }, { ">=", PATH_GREATER_OR_EQUAL },
    { "<", PATH_LESS },           { ">", PATH_GREATER },
};

static bool take_comparison(struct path_parser *parser, enum path_comparison *ret_comparison)
{
    for (size_t i = 0; i < ARRAY_SIZE(comparisons); i++) {
        if (path_starts_with(parser, comparisons[i].sign)) {
            parser->at += strlen(comparisons[i].sign);
            *ret_comparison = comparisons[i].comparison;
            return true;
        }
    }
    return false;
}

static bool check_comparable(struct path_parser *parser, const struct path_expression *operand)
{
    if (operand->kind == PATH_QUERY && !operand->query->is_singular) {
        return path_refuse(parser, operand->start, operand->end,
                           "compare a path of names and indexes, or use count() or value()",
                           "a path that may select several nodes cannot be compared");
    }
    if (operand->kind == PATH_CALL && operand->function->result != PATH_TYPE_VALUE) {
        return path_refuse(parser, operand->start, operand->end, "use it alone, or with '!'",
                           "the result of this function is no value to compare");
    }
    return true;
}

/* What stands alone, as a test. */
static bool check_test(struct path_parser *parser, const struct path_expression *operand)
{
    if (operand->kind == PATH_LITERAL) {
        return path_refuse(parser, operand->start, operand->end, "compare it with a path",
                           "a literal alone is no test");
    }
    if (operand->kind == PATH_CALL && operand->function->result == PATH_TYPE_VALUE) {
        return path_refuse(parser, operand->start, operand->end, "compare its result",
                           "the value of a function alone is no test");
    }
    return true;
}

static bool parse_comparison_or_test(struct path_parser *parser, bool is_negated,
                                     struct path_expression **ret_expression)
{
    struct path_expression *left = NULL;
    size_t start = parser->at;
    if (!path_parse_operand(parser, &left)) {
        return false;
    }
    size_t before_space = parser->at;
    path_skip_space(parser);
    enum path_comparison kind = PATH_EQUAL;
    if (is_negated || !take_comparison(parser, &kind)) {
        parser->at = before_space;
        *ret_expression = left;
        return check_test(parser, left);
    }
    struct path_expression *comparison = path_expression_new(parser, PATH_COMPARE, start);
    comparison->comparison = kind;
    comparison->left = left;
    path_skip_space(parser);
    if (!path_parse_operand(parser, &comparison->right) || !check_comparable(parser, left) ||
        !check_comparable(parser, comparison->right)) {
        return false;
    }
    comparison->end = parser->at;
    *ret_expression = comparison;
    return true;
}

static bool parse_parentheses(struct path_parser *parser,
                              struct path_expression **ret_expression)
{
    path_skip_space(parser);
    if (!path_enter(parser) || !path_parse_filter(parser, ret_expression)) {
        return false;
    }
    path_leave(parser);
    path_skip_space(parser);
    return path_take(parser, ')') || path_expected(parser, "')'");
}

static bool parse_basic(struct path_parser *parser, struct path_expression **ret_expression)
{
    size_t start = parser->at;
    bool is_negated = path_take(parser, '!');
    struct path_expression *inner = NULL;
    if (is_negated) {
        path_skip_space(parser);
    }
    bool is_parsed = path_take(parser, '(')
                         ? parse_parentheses(parser, &inner)
                         : parse_comparison_or_test(parser, is_negated, &inner);
    if (!is_parsed) {
        return false;
    }
    *ret_expression = inner;
    if (is_negated) {
        *ret_expression = path_expression_new(parser, PATH_NOT, start);
        (*ret_expression)->left = inner;
    }
    return true;
}

static bool parse_and(struct path_parser *parser, struct path_expression **ret_expression)
{
    struct path_expression *left = NULL;
    if (!parse_basic(parser, &left)) {
        return false;
    }
    for (;;) {
        size_t before_space = parser->at;
        path_skip_space(parser);
        if (!path_starts_with(parser, "&&")) {
            parser->at = before_space;
            break;
        }
        parser->at += 2;
        path_skip_space(parser);
        struct path_expression *both = path_expression_new(parser, PATH_AND, left->start);
        both->left = left;
        if (!parse_basic(parser, &both->right)) {
            return false;
        }
        left = both;
    }
    *ret_expression = left;
    return true;
}

bool path_parse_filter(struct path_parser *parser, struct path_expression **ret_filter)
{
    struct path_expression *left = NULL;
    if (!parse_and(parser, &left)) {
        return false;
    }
    for (;;) {
        size_t before_space = parser->at;
        path_skip_space(parser);
        if (!path_starts_with(parser, "||")) {
            parser->at = before_space;
            break;
        }
        parser->at += 2;
        path_skip_space(parser);
        struct path_expression *either = path_expression_new(parser, PATH_OR, left->start);
        either->left = left;
        if (!parse_and(parser, &either->right)) {
            return false;
        }
        left = either;
    }
    *ret_filter = left;
    return true;
}
