/* SPDX-License-Identifier: MIT */
#include "match/expression.h"

#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "match/syntax/expression_token.h"
#include "match/syntax/expression_tree.h"
#include "match/parameter_type.h"

enum { PATTERN_LIMIT_BYTES = 1 << 20 };

struct compiler {
    struct text source;
    struct parameter_types *types;
    struct arena *arena;
    struct buffer *pattern; /* NULL: only checked */
    size_t pattern_bytes;   /* at most */
    const struct parameter_type **parameters;
    size_t parameter_count;
    struct expression_error *ret_error;
};

static bool fail(struct compiler *compiler, const struct expression_node *node,
                 struct text problem, struct text hint)
{
    *compiler->ret_error = (struct expression_error){ .expression = compiler->source,
                                                      .start = node->start,
                                                      .end = node->end,
                                                      .problem = problem,
                                                      .hint = hint };
    return false;
}

static const struct expression_node *find_child(const struct expression_node *node,
                                                enum expression_node_type type)
{
    const struct expression_node *child = node->first;
    while (child && child->type != type) {
        child = child->next;
    }
    return child;
}

static void add(struct compiler *compiler, const char *part)
{
    compiler->pattern_bytes += strlen(part);
    if (compiler->pattern) {
        buffer_add_string(compiler->pattern, part);
    }
}

static void add_text(struct compiler *compiler, struct text literal)
{
    compiler->pattern_bytes += 2 * literal.size;
    if (!compiler->pattern) {
        return;
    }
    for (size_t i = 0; i < literal.size; i++) {
        if (memchr("\\^[({$.|?*+})]", literal.at[i], 14)) {
            buffer_add_byte(compiler->pattern, '\\');
        }
        buffer_add_byte(compiler->pattern, literal.at[i]);
    }
}

static bool add_node(struct compiler *compiler, const struct expression_node *node);

static bool add_children(struct compiler *compiler, const struct expression_node *node)
{
    for (const struct expression_node *child = node->first; child; child = child->next) {
        if (!add_node(compiler, child)) {
            return false;
        }
    }
    return true;
}

static bool add_optional(struct compiler *compiler, const struct expression_node *node)
{
    const struct expression_node *child = find_child(node, EXPRESSION_NODE_PARAMETER);
    if (child) {
        return fail(
            compiler, child, TEXT("An optional may not contain a parameter type."),
            TEXT("If you did not mean to use an parameter type you can use '\\{' to escape "
                 "the '{'"));
    }
    child = find_child(node, EXPRESSION_NODE_OPTIONAL);
    if (child) {
        return fail(
            compiler, child, TEXT("An optional may not contain an other optional."),
            TEXT("If you did not mean to use an optional type you can use '\\(' to escape "
                 "the '('. For more complicated expressions consider using a regular "
                 "expression instead."));
    }
    if (!find_child(node, EXPRESSION_NODE_TEXT)) {
        return fail(
            compiler, node, TEXT("An optional must contain some text."),
            TEXT("If you did not mean to use an optional you can use '\\(' to escape the "
                 "'('"));
    }
    add(compiler, "(?:");
    bool is_well = add_children(compiler, node);
    add(compiler, ")?");
    return is_well;
}

static bool add_alternation(struct compiler *compiler, const struct expression_node *node)
{
    for (const struct expression_node *child = node->first; child; child = child->next) {
        if (!child->first) {
            return fail(compiler, child, TEXT("Alternative may not be empty."),
                        TEXT("If you did not mean to use an alternative you can use '\\/' to "
                             "escape the '/'"));
        }
        if (!find_child(child, EXPRESSION_NODE_TEXT)) {
            return fail(
                compiler, child, TEXT("An alternative may not exclusively contain optionals."),
                TEXT("If you did not mean to use an optional you can use '\\(' to escape "
                     "the '('"));
        }
    }
    const char *separator = "(?:";
    for (const struct expression_node *child = node->first; child; child = child->next) {
        add(compiler, separator);
        separator = "|";
        if (!add_children(compiler, child)) {
            return false;
        }
    }
    add(compiler, ")");
    return true;
}

static bool add_parameter(struct compiler *compiler, const struct expression_node *node)
{
    const struct parameter_type *type = parameter_types_find(compiler->types, node->text);
    if (!type) {
        struct text problem = arena_format(compiler->arena, "Undefined parameter type '%.*s'.",
                                           TEXT_ARG(node->text));
        struct text hint =
            arena_format(compiler->arena, "Please register a ParameterType for '%.*s'",
                         TEXT_ARG(node->text));
        return fail(compiler, node, problem, hint);
    }
    compiler->parameters[compiler->parameter_count++] = type;
    add(compiler, type->patterns[1] ? "((?:" : "(");
    add(compiler, type->patterns[0]);
    if (type->patterns[1]) {
        add(compiler, ")|(?:");
        add(compiler, type->patterns[1]);
        add(compiler, ")");
    }
    add(compiler, ")");
    return true;
}

static bool add_node(struct compiler *compiler, const struct expression_node *node)
{
    switch (node->type) {
    case EXPRESSION_NODE_TEXT:
        add_text(compiler, node->text);
        return true;
    case EXPRESSION_NODE_OPTIONAL:
        return add_optional(compiler, node);
    case EXPRESSION_NODE_ALTERNATION:
        return add_alternation(compiler, node);
    case EXPRESSION_NODE_PARAMETER:
        return add_parameter(compiler, node);
    case EXPRESSION_NODE_ALTERNATIVE:
    case EXPRESSION_NODE_EXPRESSION:
        break;
    }
    return add_children(compiler, node);
}

static size_t count_parameters(const struct expression_node *node)
{
    size_t count = 0;
    for (const struct expression_node *child = node->first; child; child = child->next) {
        count += child->type == EXPRESSION_NODE_PARAMETER;
    }
    return count;
}

bool expression_compile(struct text source, struct parameter_types *types, struct arena *arena,
                        struct expression *ret_expression, struct expression_error *ret_error)
{
    const struct expression_node *tree = NULL;
    if (!expression_parse(source, arena, &tree, ret_error)) {
        return false;
    }
    struct compiler compiler = {
        .source = source, .types = types, .arena = arena, .ret_error = ret_error
    };
    compiler.parameters =
        ARENA_ARRAY(arena, count_parameters(tree) + 1, const struct parameter_type *);
    if (!add_children(&compiler, tree)) {
        return false;
    }
    if (compiler.pattern_bytes > PATTERN_LIMIT_BYTES - 2) {
        return fail(&compiler, tree, TEXT("The expression is too long."),
                    TEXT("Use fewer parameters"));
    }
    *ret_expression = (struct expression){ .source = source,
                                           .tree = tree,
                                           .types = types,
                                           .parameters = compiler.parameters,
                                           .parameter_count = compiler.parameter_count };
    return true;
}

struct text expression_pattern(const struct expression *expression, struct arena *arena)
{
    CLEANUP(buffer_release) struct buffer pattern;
    buffer_init(&pattern, PATTERN_LIMIT_BYTES);
    struct expression_error error;
    struct compiler compiler = { .source = expression->source,
                                 .types = expression->types,
                                 .arena = arena,
                                 .pattern = &pattern,
                                 .ret_error = &error };
    compiler.parameters =
        ARENA_ARRAY(arena, expression->parameter_count + 1, const struct parameter_type *);
    add(&compiler, "^");
    if (!add_children(&compiler, expression->tree)) {
        BUG("an expression that was well is not any more");
    }
    add(&compiler, "$");
    return arena_text(arena, buffer_text(&pattern));
}

void expression_error_print(struct buffer *out, const struct expression_error *error)
{
    size_t start = utf8_count(text_slice(error->expression, 0, error->start));
    size_t width = utf8_count(text_slice(error->expression, error->start, error->end));
    buffer_add_format(out, "This Cucumber Expression has a problem at column %zu:\n\n",
                      start + 1);
    buffer_add(out, error->expression);
    buffer_add_byte(out, '\n');
    buffer_add_repeated(out, ' ', start);
    buffer_add_byte(out, '^');
    if (width > 1) {
        buffer_add_repeated(out, '-', width - 2);
        buffer_add_byte(out, '^');
    }
    buffer_add_format(out, "\n%.*s\n%.*s", TEXT_ARG(error->problem), TEXT_ARG(error->hint));
}
