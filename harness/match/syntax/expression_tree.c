/* SPDX-License-Identifier: MIT */
#include "match/syntax/expression_tree.h"

#include "base/buffer.h"
#include "match/expression.h"
#include "match/syntax/expression_token.h"

struct parser {
    struct text source;
    struct arena *arena;
    struct expression_tokens tokens;
    size_t at; /* the token that is looked at */
    size_t depth;
    bool has_failed;
    struct expression_error *ret_error;
};

struct node_list {
    struct expression_node *first;
    struct expression_node *last;
};

static const struct expression_token *looked_at(const struct parser *parser)
{
    return &parser->tokens.list[parser->at];
}

static bool looks_at(const struct parser *parser, enum expression_token_type type)
{
    return looked_at(parser)->type == type;
}

static void fail(struct parser *parser, size_t start, size_t end, struct text problem,
                 struct text hint)
{
    if (!parser->has_failed) {
        parser->has_failed = true;
        *parser->ret_error = (struct expression_error){ .expression = parser->source,
                                                        .start = start,
                                                        .end = end,
                                                        .problem = problem,
                                                        .hint = hint };
    }
}

static void fail_at_token(struct parser *parser, struct text problem, struct text hint)
{
    const struct expression_token *token = looked_at(parser);
    fail(parser, token->start, token->end, problem, hint);
}

static void append(struct node_list *list, struct expression_node *node)
{
    if (list->last) {
        list->last->next = node;
    } else {
        list->first = node;
    }
    list->last = node;
}

static struct expression_node *make(struct parser *parser, enum expression_node_type type,
                                    size_t start, size_t end)
{
    struct expression_node *node = ARENA_NEW(parser->arena, struct expression_node);
    node->type = type;
    node->start = start;
    node->end = end;
    node->text = TEXT_EMPTY;
    return node;
}

static struct expression_node *take_text(struct parser *parser)
{
    const struct expression_token *token = looked_at(parser);
    struct expression_node *node = make(parser, EXPRESSION_NODE_TEXT, token->start, token->end);
    node->text = token->text;
    parser->at++;
    return node;
}

/* A '/' where no alternation can be: only inside of an optional. */
static struct expression_node *parse_text(struct parser *parser)
{
    if (looks_at(parser, EXPRESSION_TOKEN_ALTERNATION)) {
        fail_at_token(
            parser, TEXT("An alternation can not be used inside an optional."),
            TEXT("If you did not mean to use an alternation you can use '\\/' to escape "
                 "the '/'. Otherwise rephrase your expression or consider using a "
                 "regular expression instead."));
        return NULL;
    }
    return take_text(parser);
}

static struct expression_node *parse_parameter(struct parser *parser)
{
    size_t opening = parser->at++;
    struct node_list names = { 0 };
    while (!looks_at(parser, EXPRESSION_TOKEN_END_PARAMETER) &&
           !looks_at(parser, EXPRESSION_TOKEN_END_OF_LINE)) {
        if (!looks_at(parser, EXPRESSION_TOKEN_TEXT) &&
            !looks_at(parser, EXPRESSION_TOKEN_WHITE_SPACE)) {
            fail_at_token(
                parser,
                TEXT("Parameter names may not contain '{', '}', '(', ')', '\\' or '/'."),
                TEXT("Did you mean to use a regular expression?"));
            return NULL;
        }
        append(&names, take_text(parser));
    }
    if (looks_at(parser, EXPRESSION_TOKEN_END_OF_LINE)) {
        parser->at = opening;
        fail_at_token(
            parser, TEXT("The '{' does not have a matching '}'."),
            TEXT("If you did not intend to use a parameter you can use '\\{' to escape "
                 "the a parameter"));
        return NULL;
    }
    struct expression_node *node =
        make(parser, EXPRESSION_NODE_PARAMETER, parser->tokens.list[opening].start,
             looked_at(parser)->end);
    node->first = names.first;
    node->text = text_slice(parser->source, node->start + 1, node->end - 1);
    parser->at++;
    return node;
}

static struct expression_node *parse_optional(struct parser *parser);

/* What may stand in an optional, and in an alternative but for the '/'. */
static struct expression_node *parse_part(struct parser *parser)
{
    if (looks_at(parser, EXPRESSION_TOKEN_BEGIN_OPTIONAL)) {
        return parse_optional(parser);
    }
    if (looks_at(parser, EXPRESSION_TOKEN_BEGIN_PARAMETER)) {
        return parse_parameter(parser);
    }
    return parse_text(parser);
}

static struct expression_node *parse_optional(struct parser *parser)
{
    if (parser->depth == EXPRESSION_DEPTH_LIMIT) {
        fail_at_token(parser, TEXT("The expression is nested too deeply."),
                      TEXT("Use fewer than 50 levels"));
        return NULL;
    }
    size_t opening = parser->at++;
    struct node_list parts = { 0 };
    parser->depth++;
    while (!looks_at(parser, EXPRESSION_TOKEN_END_OPTIONAL) &&
           !looks_at(parser, EXPRESSION_TOKEN_END_OF_LINE)) {
        struct expression_node *part = parse_part(parser);
        if (!part) {
            return NULL;
        }
        append(&parts, part);
    }
    parser->depth--;
    if (looks_at(parser, EXPRESSION_TOKEN_END_OF_LINE)) {
        parser->at = opening;
        fail_at_token(
            parser, TEXT("The '(' does not have a matching ')'."),
            TEXT("If you did not intend to use optional text you can use '\\(' to escape "
                 "the optional text"));
        return NULL;
    }
    struct expression_node *node =
        make(parser, EXPRESSION_NODE_OPTIONAL, parser->tokens.list[opening].start,
             looked_at(parser)->end);
    node->first = parts.first;
    parser->at++;
    return node;
}

static bool is_left_boundary(const struct parser *parser)
{
    enum expression_token_type before = parser->tokens.list[parser->at - 1].type;
    return before == EXPRESSION_TOKEN_START_OF_LINE || before == EXPRESSION_TOKEN_WHITE_SPACE ||
           before == EXPRESSION_TOKEN_END_PARAMETER;
}

static bool is_right_boundary(const struct parser *parser)
{
    return looks_at(parser, EXPRESSION_TOKEN_WHITE_SPACE) ||
           looks_at(parser, EXPRESSION_TOKEN_END_OF_LINE) ||
           looks_at(parser, EXPRESSION_TOKEN_BEGIN_PARAMETER);
}

/* The parts of the word that starts here, as alternatives; NULL with parser->at unchanged where the
 * word has no '/', or with a failure. */
static struct expression_node *parse_alternation(struct parser *parser)
{
    size_t before = parser->at;
    size_t start = looked_at(parser)->start;
    struct node_list alternatives = { 0 };
    struct node_list parts = { 0 };
    size_t part_start = start;
    while (!is_right_boundary(parser)) {
        const struct expression_token *token = looked_at(parser);
        if (token->type == EXPRESSION_TOKEN_ALTERNATION) {
            append(&alternatives,
                   make(parser, EXPRESSION_NODE_ALTERNATIVE, part_start, token->start));
            alternatives.last->first = parts.first;
            parts = (struct node_list){ 0 };
            part_start = token->end;
            parser->at++;
            continue;
        }
        struct expression_node *part = parse_part(parser);
        if (!part) {
            return NULL;
        }
        append(&parts, part);
    }
    if (!alternatives.first) {
        parser->at = before;
        return NULL;
    }
    size_t end = looked_at(parser)->start;
    append(&alternatives, make(parser, EXPRESSION_NODE_ALTERNATIVE, part_start, end));
    alternatives.last->first = parts.first;
    struct expression_node *node = make(parser, EXPRESSION_NODE_ALTERNATION, start, end);
    node->first = alternatives.first;
    return node;
}

bool expression_parse(struct text source, struct arena *arena,
                      const struct expression_node **ret_tree,
                      struct expression_error *ret_error)
{
    struct parser parser = {
        .source = source, .arena = arena, .ret_error = ret_error, .at = 1
    };
    CLEANUP(arena_release) struct arena scratch;
    arena_init(&scratch);
    if (!expression_tokenize(source, arena, &scratch, &parser.tokens, ret_error)) {
        return false;
    }
    struct node_list parts = { 0 };
    while (!looks_at(&parser, EXPRESSION_TOKEN_END_OF_LINE)) {
        struct expression_node *part =
            is_left_boundary(&parser) ? parse_alternation(&parser) : NULL;
        if (!part && !parser.has_failed) {
            part = parse_part(&parser);
        }
        if (!part) {
            return false;
        }
        append(&parts, part);
    }
    struct expression_node *tree = make(&parser, EXPRESSION_NODE_EXPRESSION, 0, source.size);
    tree->first = parts.first;
    *ret_tree = tree;
    return true;
}

const char *expression_node_type_name(enum expression_node_type type)
{
    static const char *const names[] = {
        [EXPRESSION_NODE_TEXT] = "TEXT_NODE",
        [EXPRESSION_NODE_OPTIONAL] = "OPTIONAL_NODE",
        [EXPRESSION_NODE_ALTERNATION] = "ALTERNATION_NODE",
        [EXPRESSION_NODE_ALTERNATIVE] = "ALTERNATIVE_NODE",
        [EXPRESSION_NODE_PARAMETER] = "PARAMETER_NODE",
        [EXPRESSION_NODE_EXPRESSION] = "EXPRESSION_NODE",
    };
    return names[type];
}
