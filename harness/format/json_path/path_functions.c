/* SPDX-License-Identifier: MIT */
/* The functions of RFC 9535, section 2.4: their types, and calls parsed against them. */
#include "format/json_path/i_regexp.h"
#include "format/json_path/path_parser.h"

static const struct path_function functions[] = {
    { TEXT_STATIC("length"), PATH_LENGTH, PATH_TYPE_VALUE, 1, { PATH_TYPE_VALUE } },
    { TEXT_STATIC("count"), PATH_COUNT, PATH_TYPE_VALUE, 1, { PATH_TYPE_NODES } },
    { TEXT_STATIC("match"),
      PATH_MATCH,
      PATH_TYPE_LOGICAL,
      2,
      { PATH_TYPE_VALUE, PATH_TYPE_VALUE } },
    { TEXT_STATIC("search"),
      PATH_SEARCH,
      PATH_TYPE_LOGICAL,
      2,
      { PATH_TYPE_VALUE, PATH_TYPE_VALUE } },
    { TEXT_STATIC("value"), PATH_VALUE, PATH_TYPE_VALUE, 1, { PATH_TYPE_NODES } },
};

const struct path_function *path_function_find(struct text name)
{
    for (size_t i = 0; i < ARRAY_SIZE(functions); i++) {
        if (text_equal(functions[i].name, name)) {
            return &functions[i];
        }
    }
    return NULL;
}

static bool fits(const struct path_expression *argument, enum path_type wanted)
{
    if (wanted == PATH_TYPE_NODES) {
        return argument->kind == PATH_QUERY;
    }
    return argument->kind == PATH_LITERAL ||
           (argument->kind == PATH_QUERY && argument->query->is_singular) ||
           (argument->kind == PATH_CALL && argument->function->result == PATH_TYPE_VALUE);
}

static bool check_argument(struct path_parser *parser, const struct path_expression *argument,
                           enum path_type wanted)
{
    if (fits(argument, wanted)) {
        return true;
    }
    return path_refuse(parser, argument->start, argument->end, NULL,
                       wanted == PATH_TYPE_NODES
                           ? "this argument must be a path"
                           : "this argument must be a single value: a literal, a path of names "
                             "and indexes, or a function");
}

static bool parse_arguments(struct path_parser *parser, struct path_expression *call)
{
    const struct path_function *function = call->function;
    for (size_t i = 0; i < function->argument_count; i++) {
        path_skip_space(parser);
        if (i > 0 && !path_take(parser, ',')) {
            return path_expected(parser, "',' and one more argument");
        }
        path_skip_space(parser);
        if (!path_parse_operand(parser, &call->arguments[i]) ||
            !check_argument(parser, call->arguments[i], function->arguments[i])) {
            return false;
        }
    }
    path_skip_space(parser);
    return path_take(parser, ')') || path_expected(parser, "')'");
}

/* A literal pattern is compiled once; what is no I-Regexp would silently match nothing. */
static bool prepare_pattern(struct path_parser *parser, struct path_expression *call)
{
    const struct path_expression *pattern = call->arguments[1];
    if ((call->function->id != PATH_MATCH && call->function->id != PATH_SEARCH) ||
        pattern->kind != PATH_LITERAL || pattern->literal->type != JSON_STRING) {
        return true;
    }
    if (!i_regexp_compile(json_text(pattern->literal), call->function->id == PATH_MATCH,
                          &call->regex, NULL)) {
        return path_refuse(
            parser, pattern->start, pattern->end,
            "RFC 9485 has . [] () | * + ? {n,m} and \\p{L}, but no \\d, \\w or \\s",
            "the pattern is no I-Regexp");
    }
    struct path_regex *kept = ARENA_NEW(&parser->path->arena, struct path_regex);
    kept->regex = call->regex;
    kept->next = parser->path->regexes;
    parser->path->regexes = kept;
    return true;
}

bool path_parse_call(struct path_parser *parser, struct path_expression **ret_call)
{
    struct path_expression *call = path_expression_new(parser, PATH_CALL, parser->at);
    size_t name_end = text_find_byte(parser->text, '(', parser->at);
    call->function = path_function_find(text_slice(parser->text, parser->at, name_end));
    if (!call->function) {
        return path_refuse(parser, parser->at, name_end,
                           "the functions are length, count, match, search and value",
                           "unknown function");
    }
    parser->at = name_end + 1;
    if (!path_enter(parser) || !parse_arguments(parser, call)) {
        return false;
    }
    path_leave(parser);
    call->end = parser->at;
    *ret_call = call;
    return prepare_pattern(parser, call);
}
