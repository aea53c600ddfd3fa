/* SPDX-License-Identifier: MIT */
#include "match/tag_expression.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "match/syntax/tag_token.h"

enum node_type { NODE_TRUE, NODE_TAG, NODE_NOT, NODE_AND, NODE_OR };

struct tag_expression {
    enum node_type type;
    struct text tag;
    const struct tag_expression *left; /* of NODE_NOT: the only one */
    const struct tag_expression *right;
};

struct parser {
    struct text source;
    struct arena *arena;
    struct tag_expression_error *ret_error;
    struct tag_token token; /* that is looked at */
    size_t depth;
    bool has_failed;
};

static const struct tag_expression *fail(struct parser *parser, struct text reason)
{
    if (!parser->has_failed) {
        parser->has_failed = true;
        *parser->ret_error =
            (struct tag_expression_error){ parser->token.start, parser->token.end, reason };
    }
    return NULL;
}

/* Looks at the next token; at the end, where there is an error. */
static void advance(struct parser *parser)
{
    struct text reason;
    if (!tag_token_next(parser->source, parser->arena, &parser->token, &reason)) {
        fail(parser, reason);
        parser->token.type = TAG_TOKEN_END;
    }
}

static const struct tag_expression *make(struct parser *parser, enum node_type type,
                                         const struct tag_expression *left,
                                         const struct tag_expression *right)
{
    struct tag_expression *node = ARENA_NEW(parser->arena, struct tag_expression);
    *node = (struct tag_expression){
        .type = type, .tag = parser->token.tag, .left = left, .right = right
    };
    return node;
}

static const struct tag_expression *parse_or(struct parser *parser);

static const struct tag_expression *parse_group(struct parser *parser)
{
    const struct tag_expression *inner = parse_or(parser);
    if (!inner) {
        return NULL;
    }
    if (parser->token.type == TAG_TOKEN_END) {
        return fail(parser, TEXT("Unmatched (."));
    }
    if (parser->token.type != TAG_TOKEN_CLOSE) {
        return fail(parser, TEXT("Expected operator."));
    }
    advance(parser);
    return inner;
}

static const struct tag_expression *parse_operand(struct parser *parser)
{
    if (parser->token.type == TAG_TOKEN_TAG) {
        const struct tag_expression *tag = make(parser, NODE_TAG, NULL, NULL);
        advance(parser);
        return tag;
    }
    if (parser->token.type != TAG_TOKEN_NOT && parser->token.type != TAG_TOKEN_OPEN) {
        return fail(parser, TEXT("Expected operand."));
    }
    if (parser->depth == TAG_EXPRESSION_DEPTH_LIMIT) {
        return fail(parser, TEXT("Nested too deeply."));
    }
    bool is_not = parser->token.type == TAG_TOKEN_NOT;
    parser->depth++;
    advance(parser);
    const struct tag_expression *inner = is_not ? parse_operand(parser) : parse_group(parser);
    parser->depth--;
    return inner && is_not ? make(parser, NODE_NOT, inner, NULL) : inner;
}

static const struct tag_expression *parse_and(struct parser *parser)
{
    const struct tag_expression *left = parse_operand(parser);
    while (left && parser->token.type == TAG_TOKEN_AND) {
        advance(parser);
        const struct tag_expression *right = parse_operand(parser);
        left = right ? make(parser, NODE_AND, left, right) : NULL;
    }
    return left;
}

static const struct tag_expression *parse_or(struct parser *parser)
{
    const struct tag_expression *left = parse_and(parser);
    while (left && parser->token.type == TAG_TOKEN_OR) {
        advance(parser);
        const struct tag_expression *right = parse_and(parser);
        left = right ? make(parser, NODE_OR, left, right) : NULL;
    }
    return left;
}

bool tag_expression_parse(struct text source, struct arena *arena,
                          const struct tag_expression **ret_expression,
                          struct tag_expression_error *ret_error)
{
    struct parser parser = { .source = source, .arena = arena, .ret_error = ret_error };
    if (source.size > TAG_EXPRESSION_LIMIT_BYTES) {
        fail(&parser, TEXT("Too long."));
        return false;
    }
    advance(&parser);
    const struct tag_expression *expression = NULL;
    if (parser.token.type == TAG_TOKEN_END && !parser.has_failed) {
        expression = make(&parser, NODE_TRUE, NULL, NULL);
    } else {
        expression = parse_or(&parser);
    }
    if (expression && parser.token.type != TAG_TOKEN_END) {
        fail(&parser, parser.token.type == TAG_TOKEN_CLOSE ? TEXT("Unmatched ).")
                                                           : TEXT("Expected operator."));
    }
    if (parser.has_failed) {
        return false;
    }
    *ret_expression = expression;
    return true;
}

void tag_expression_error_print(struct buffer *out, struct text source,
                                const struct tag_expression_error *error)
{
    buffer_add_format(
        out, "Tag expression \"%.*s\" could not be parsed because of syntax error: %.*s",
        TEXT_ARG(source), TEXT_ARG(error->reason));
}

static bool has_tag(const struct text *tags, size_t count, struct text tag)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(tags[i], tag)) {
            return true;
        }
    }
    return false;
}

bool tag_expression_is_true(const struct tag_expression *expression, const struct text *tags,
                            size_t count)
{
    switch (expression->type) {
    case NODE_TRUE:
        return true;
    case NODE_TAG:
        return has_tag(tags, count, expression->tag);
    case NODE_NOT:
        return !tag_expression_is_true(expression->left, tags, count);
    case NODE_AND:
        return tag_expression_is_true(expression->left, tags, count) &&
               tag_expression_is_true(expression->right, tags, count);
    case NODE_OR:
        break;
    }
    return tag_expression_is_true(expression->left, tags, count) ||
           tag_expression_is_true(expression->right, tags, count);
}

static void print_tag(struct buffer *out, struct text tag)
{
    for (size_t at = 0; at < tag.size;) {
        uint32_t code_point = 0;
        size_t size = utf8_decode(text_from(tag, at), &code_point);
        if (memchr("()\\", tag.at[at], 3) || (size > 0 && utf8_is_space(code_point))) {
            buffer_add_byte(out, '\\');
        }
        size += size == 0;
        buffer_add(out, text_slice(tag, at, at + size));
        at += size;
    }
}

static void print_pair(struct buffer *out, const struct tag_expression *expression,
                       const char *operator)
{
    buffer_add_string(out, "( ");
    tag_expression_print(out, expression->left);
    buffer_add_string(out, operator);
    tag_expression_print(out, expression->right);
    buffer_add_string(out, " )");
}

void tag_expression_print(struct buffer *out, const struct tag_expression *expression)
{
    bool is_pair = false;
    switch (expression->type) {
    case NODE_TRUE:
        break;
    case NODE_TAG:
        print_tag(out, expression->tag);
        break;
    case NODE_NOT:
        is_pair = expression->left->type == NODE_AND || expression->left->type == NODE_OR;
        buffer_add_string(out, is_pair ? "not " : "not ( ");
        tag_expression_print(out, expression->left);
        buffer_add_string(out, is_pair ? "" : " )");
        break;
    case NODE_AND:
        print_pair(out, expression, " and ");
        break;
    case NODE_OR:
        print_pair(out, expression, " or ");
        break;
    }
}

void tag_expression_each_tag(const struct tag_expression *expression,
                             void (*visit)(struct text tag, void *context), void *context)
{
    if (expression->type == NODE_TAG) {
        visit(expression->tag, context);
    }
    if (expression->left) {
        tag_expression_each_tag(expression->left, visit, context);
    }
    if (expression->right) {
        tag_expression_each_tag(expression->right, visit, context);
    }
}
