/* SPDX-License-Identifier: MIT */
/* Filters evaluated: RFC 9535, sections 2.3.5.2 and 2.4.4 to 2.4.8. */
#include <stdint.h>
#include <stdio.h>

#include "base/utf8.h"
#include "format/json/json_number.h"
#include "format/json_path/i_regexp.h"
#include "format/json_path/path_select.h"

/* What a comparable is at run time: a value of a document or of a literal, a number that a
 * function has counted (its digits are kept here), or nothing (value == NULL). */
struct operand {
    const struct json_value *value;
    struct json_value counted;
    char digits[24];
};

static void evaluate(struct path_selection *selection, const struct path_expression *expression,
                     const struct json_value *current, struct operand *ret_operand);

static void set_count(struct operand *operand, size_t count)
{
    int size = snprintf(operand->digits, sizeof operand->digits, "%zu", count);
    operand->counted = (struct json_value){ .type = JSON_NUMBER,
                                            .at = operand->digits,
                                            .count = (uint32_t)size };
    operand->value = &operand->counted;
}

static void call_length(struct path_selection *selection, const struct path_expression *call,
                        const struct json_value *current, struct operand *ret_operand)
{
    struct operand argument = { 0 };
    evaluate(selection, call->arguments[0], current, &argument);
    const struct json_value *value = argument.value;
    if (json_is(value, JSON_STRING)) {
        set_count(ret_operand, utf8_count(json_text(value)));
    } else if (json_is(value, JSON_ARRAY) || json_is(value, JSON_OBJECT)) {
        set_count(ret_operand, value->count);
    }
}

static void call(struct path_selection *selection, const struct path_expression *call,
                 const struct json_value *current, struct operand *ret_operand)
{
    if (call->function->id == PATH_LENGTH) {
        call_length(selection, call, current, ret_operand);
        return;
    }
    struct path_list nodes = path_select(selection, call->arguments[0]->query, current);
    if (call->function->id == PATH_COUNT) {
        set_count(ret_operand, nodes.count);
    } else if (nodes.count == 1) {
        ret_operand->value = nodes.list[0];
    }
    path_list_release(&nodes);
}

static void evaluate(struct path_selection *selection, const struct path_expression *expression,
                     const struct json_value *current, struct operand *ret_operand)
{
    if (expression->kind == PATH_LITERAL) {
        ret_operand->value = expression->literal;
    } else if (expression->kind == PATH_QUERY) {
        ret_operand->value = path_select_one(selection, expression->query, current);
    } else {
        call(selection, expression, current, ret_operand);
    }
}

static bool are_equal(const struct json_value *a, const struct json_value *b)
{
    return a && b ? json_equal(a, b) : a == b;
}

static bool is_less(const struct json_value *a, const struct json_value *b)
{
    if (json_is(a, JSON_NUMBER) && json_is(b, JSON_NUMBER)) {
        return json_number_compare(json_text(a), json_text(b)) < 0;
    }
    return json_is(a, JSON_STRING) && json_is(b, JSON_STRING) &&
           text_compare(json_text(a), json_text(b)) < 0;
}

static bool compare(struct path_selection *selection, const struct path_expression *comparison,
                    const struct json_value *current)
{
    struct operand left = { 0 };
    struct operand right = { 0 };
    evaluate(selection, comparison->left, current, &left);
    evaluate(selection, comparison->right, current, &right);
    switch (comparison->comparison) {
    case PATH_EQUAL:
        return are_equal(left.value, right.value);
    case PATH_NOT_EQUAL:
        return !are_equal(left.value, right.value);
    case PATH_LESS:
        return is_less(left.value, right.value);
    case PATH_GREATER:
        return is_less(right.value, left.value);
    case PATH_LESS_OR_EQUAL:
        return is_less(left.value, right.value) || are_equal(left.value, right.value);
    case PATH_GREATER_OR_EQUAL:
        return is_less(right.value, left.value) || are_equal(left.value, right.value);
    }
    return false;
}

/* match and search. Work is bounded by the regex's own limits; it counts as visits too. */
static bool find_pattern(struct path_selection *selection, const struct path_expression *call,
                         const struct json_value *current)
{
    struct operand subject = { 0 };
    struct operand pattern = { 0 };
    evaluate(selection, call->arguments[0], current, &subject);
    evaluate(selection, call->arguments[1], current, &pattern);
    if (!json_is(subject.value, JSON_STRING) || !json_is(pattern.value, JSON_STRING)) {
        return false;
    }
    struct regex *regex = call->regex;
    if (!regex && !i_regexp_compile(json_text(pattern.value), call->function->id == PATH_MATCH,
                                    &regex, NULL)) {
        return false;
    }
    selection->visits += json_text(subject.value).size / 8;
    enum regex_result result = regex_match(regex, json_text(subject.value), 0, NULL, 0);
    selection->is_over_limit = selection->is_over_limit || result == REGEX_LIMIT;
    if (regex != call->regex) {
        regex_free(regex);
    }
    return result == REGEX_MATCHED;
}

static bool query_finds(struct path_selection *selection, const struct path_query *query,
                        const struct json_value *current)
{
    if (query->is_singular) {
        return path_select_one(selection, query, current) != NULL;
    }
    struct path_list nodes = path_select(selection, query, current);
    bool is_found = nodes.count > 0;
    path_list_release(&nodes);
    return is_found;
}

bool path_test(struct path_selection *selection, const struct path_expression *expression,
               const struct json_value *current)
{
    switch (expression->kind) {
    case PATH_OR:
        return path_test(selection, expression->left, current) ||
               path_test(selection, expression->right, current);
    case PATH_AND:
        return path_test(selection, expression->left, current) &&
               path_test(selection, expression->right, current);
    case PATH_NOT:
        return !path_test(selection, expression->left, current);
    case PATH_QUERY:
        return query_finds(selection, expression->query, current);
    case PATH_CALL:
        return find_pattern(selection, expression, current);
    case PATH_COMPARE:
        return compare(selection, expression, current);
    case PATH_LITERAL:
        break; /* refused by the parser */
    }
    return false;
}
