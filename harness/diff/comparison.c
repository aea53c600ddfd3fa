/* SPDX-License-Identifier: MIT */
#include "diff/comparison.h"

#include "base/buffer.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "diff/comparison_value.h"
#include "diff/contains.h"
#include "diff/operand.h"
#include "format/json.h"
#include "format/json/json_number.h"
#include "format/regex.h"

/* One check under way. */
struct check {
    const struct comparison *comparison;
    const struct subject *subject;
    const struct comparison_resolver *resolver;
    struct arena *arena;
    struct comparison_value *values; /* of the operands */
    struct text note;
};

static bool holds_equality(struct check *check)
{
    return comparison_value_equals(check->subject, &check->values[0], check->arena);
}

static bool holds_one_of(struct check *check)
{
    for (size_t i = 0; i < check->comparison->operand_count; i++) {
        if (comparison_value_equals(check->subject, &check->values[i], check->arena)) {
            return true;
        }
    }
    return false;
}

static bool holds_kind(struct check *check)
{
    const struct subject *subject = check->subject;
    if (subject->nature == NATURE_JSON) {
        return kind_fits_json(check->comparison->kind, subject->json);
    }
    if (subject->nature == NATURE_TEXT) {
        return kind_fits_text(check->comparison->kind, subject->text);
    }
    return check->comparison->kind == KIND_NUMBER || check->comparison->kind == KIND_INTEGER;
}

/* --- order --- */

static bool holds_order(struct check *check)
{
    struct text subject;
    struct text bounds[2];
    if (!comparison_number_of_subject(check->subject, check->arena, &subject)) {
        check->note = TEXT("it is not a number");
        return false;
    }
    for (size_t i = 0; i < check->comparison->operand_count; i++) {
        if (!comparison_number_of_value(&check->values[i], check->subject->nature, check->arena,
                                        &bounds[i])) {
            check->note = TEXT("it is compared with something that is not such a number");
            return false;
        }
    }
    int order = json_number_compare(subject, bounds[0]);
    switch ((int)check->comparison->relation) {
    case RELATION_GREATER:
        return order > 0;
    case RELATION_LESS:
        return order < 0;
    case RELATION_AT_LEAST:
        return order >= 0;
    case RELATION_AT_MOST:
        return order <= 0;
    default:
        return order >= 0 && json_number_compare(subject, bounds[1]) <= 0;
    }
}

static bool date_of_value(const struct comparison_value *value, uint64_t *ret_ns)
{
    return value->json ? kind_date_of_json(value->json, ret_ns)
                       : kind_date_of_text(value->text, ret_ns);
}

static bool date_of_subject(const struct subject *subject, uint64_t *ret_ns)
{
    return subject->nature == NATURE_JSON
               ? kind_date_of_json(subject->json, ret_ns)
               : subject->nature == NATURE_TEXT && kind_date_of_text(subject->text, ret_ns);
}

static bool holds_date(struct check *check)
{
    bool is_near = check->comparison->relation == RELATION_NEAR;
    const struct operand *operand = &check->comparison->operands[is_near];
    uint64_t subject_ns = 0;
    uint64_t wanted_ns = check->resolver->now_ns;
    if (!date_of_subject(check->subject, &subject_ns)) {
        check->note = TEXT("it is not a date");
        return false;
    }
    if (operand->kind != OPERAND_NOW && !date_of_value(&check->values[is_near], &wanted_ns)) {
        check->note = TEXT("it is compared with something that is not a date");
        return false;
    }
    if (check->comparison->relation == RELATION_BEFORE) {
        return subject_ns < wanted_ns;
    }
    if (check->comparison->relation == RELATION_AFTER) {
        return subject_ns > wanted_ns;
    }
    uint64_t apart_ns =
        subject_ns > wanted_ns ? subject_ns - wanted_ns : wanted_ns - subject_ns;
    return apart_ns <= check->values[0].amount;
}

/* --- sets and texts --- */

static bool holds_empty(struct check *check)
{
    const struct subject *subject = check->subject;
    if (subject->nature != NATURE_JSON) {
        return subject->nature == NATURE_TEXT && subject->text.size == 0;
    }
    bool can_be_empty = json_is(subject->json, JSON_STRING) ||
                        json_is(subject->json, JSON_ARRAY) ||
                        json_is(subject->json, JSON_OBJECT);
    return can_be_empty && subject->json->count == 0;
}

static bool compare_items(const struct json_value *a, const struct json_value *b,
                          int *ret_order)
{
    if (json_is(a, JSON_NUMBER) && json_is(b, JSON_NUMBER)) {
        *ret_order = json_number_compare(json_text(a), json_text(b));
        return true;
    }
    if (json_is(a, JSON_STRING) && json_is(b, JSON_STRING)) {
        *ret_order = text_compare(json_text(a), json_text(b));
        return true;
    }
    return false;
}

static bool holds_sorted(struct check *check)
{
    const struct json_value *array = check->subject->json;
    bool is_ascending = check->comparison->relation == RELATION_ASCENDING;
    if (check->subject->nature != NATURE_JSON || !json_is(array, JSON_ARRAY)) {
        check->note = TEXT("it is not an array");
        return false;
    }
    for (size_t i = 1; i < array->count; i++) {
        int order;
        if (!compare_items(json_item(array, i - 1), json_item(array, i), &order)) {
            check->note = TEXT("its items are not all numbers or all strings");
            return false;
        }
        if (is_ascending ? order > 0 : order < 0) {
            check->note = arena_format(check->arena, "item %zu is out of order", i);
            return false;
        }
    }
    return true;
}

static bool holds_unique(struct check *check)
{
    const struct json_value *array = check->subject->json;
    if (check->subject->nature != NATURE_JSON || !json_is(array, JSON_ARRAY)) {
        check->note = TEXT("it is not an array");
        return false;
    }
    for (size_t i = 0; i < array->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (json_equal(json_item(array, i), json_item(array, j))) {
                check->note = arena_format(check->arena, "items %zu and %zu are equal", j, i);
                return false;
            }
        }
    }
    return true;
}

static struct text plain_of_subject(const struct subject *subject)
{
    return subject->nature == NATURE_JSON ? json_text(subject->json) : subject->text;
}

static bool is_textual(const struct subject *subject)
{
    return subject->nature == NATURE_TEXT ||
           (subject->nature == NATURE_JSON && json_is(subject->json, JSON_STRING));
}

static bool holds_edge(struct check *check)
{
    struct text wanted = comparison_value_plain(&check->values[0]);
    struct text actual = plain_of_subject(check->subject);
    if (!is_textual(check->subject)) {
        check->note = TEXT("it is not a text");
        return false;
    }
    return check->comparison->relation == RELATION_STARTS ? text_starts_with(actual, wanted)
                                                          : text_ends_with(actual, wanted);
}

static bool holds_match(struct check *check)
{
    struct text written = check->values[0].text;
    size_t end = written.size;
    while (written.at[end - 1] != '/') {
        end--;
    }
    unsigned flags = 0;
    struct regex_error error;
    CLEANUP(regex_release) struct regex *regex = NULL;
    if (!is_textual(check->subject)) {
        check->note = TEXT("it is not a text");
        return false;
    }
    if (!regex_flags(text_from(written, end), &flags) ||
        !regex_compile(text_slice(written, 1, end - 1), flags, &regex, &error)) {
        check->note = TEXT("the regular expression cannot be read");
        return false;
    }
    enum regex_result result = regex_match(regex, plain_of_subject(check->subject), 0, NULL, 0);
    if (result == REGEX_LIMIT) {
        check->note = TEXT("the regular expression is too costly for this text");
    }
    return result == REGEX_MATCHED;
}

static bool holds_containment(struct check *check)
{
    const struct comparison_value *wanted = &check->values[0];
    if (is_textual(check->subject)) {
        return text_contains(plain_of_subject(check->subject), comparison_value_plain(wanted));
    }
    const struct json_value *whole = check->subject->json;
    bool is_json = check->subject->nature == NATURE_JSON;
    if (is_json && json_is(whole, JSON_OBJECT) && !json_is(wanted->json, JSON_OBJECT)) {
        check->note = TEXT("an object contains parts of it only: {\"key\": value}");
        return false;
    }
    if (!is_json || !(json_is(whole, JSON_OBJECT) || json_is(whole, JSON_ARRAY))) {
        check->note = TEXT("it contains nothing: it is no text, array or object");
        return false;
    }
    return contains_value(check->subject->json, wanted, check->resolver, check->arena);
}

static bool size_of_subject(struct check *check, uint64_t *ret_count)
{
    const struct subject *subject = check->subject;
    bool counts_characters = check->comparison->counts_characters;
    if (counts_characters && is_textual(subject)) {
        *ret_count = utf8_count(plain_of_subject(subject));
        return true;
    }
    bool has_items = subject->nature == NATURE_JSON && (json_is(subject->json, JSON_ARRAY) ||
                                                        json_is(subject->json, JSON_OBJECT));
    if (!counts_characters && has_items) {
        *ret_count = subject->json->count;
        return true;
    }
    check->note =
        counts_characters ? TEXT("it is not a text") : TEXT("it is no array or object");
    return false;
}

static bool holds_count(struct check *check)
{
    uint64_t count;
    uint64_t bounds[2] = { 0, 0 };
    if (!size_of_subject(check, &count)) {
        return false;
    }
    for (size_t i = 0; i < check->comparison->operand_count; i++) {
        if (!text_to_uint64(comparison_value_plain(&check->values[i]), &bounds[i])) {
            check->note = TEXT("the count is not a whole number");
            return false;
        }
    }
    check->note = arena_format(check->arena, "it has %llu", (unsigned long long)count);
    enum relation relation = check->comparison->count_relation;
    return relation == RELATION_AT_LEAST  ? count >= bounds[0]
           : relation == RELATION_AT_MOST ? count <= bounds[0]
           : relation == RELATION_BETWEEN ? count >= bounds[0] && count <= bounds[1]
                                          : count == bounds[0];
}

typedef bool holds_function(struct check *check);

static holds_function *const relations[] = {
    [RELATION_EQUALS] = holds_equality,
    [RELATION_ONE_OF] = holds_one_of,
    [RELATION_KIND] = holds_kind,
    [RELATION_GREATER] = holds_order,
    [RELATION_LESS] = holds_order,
    [RELATION_AT_LEAST] = holds_order,
    [RELATION_AT_MOST] = holds_order,
    [RELATION_BETWEEN] = holds_order,
    [RELATION_BEFORE] = holds_date,
    [RELATION_AFTER] = holds_date,
    [RELATION_NEAR] = holds_date,
    [RELATION_EMPTY] = holds_empty,
    [RELATION_ASCENDING] = holds_sorted,
    [RELATION_DESCENDING] = holds_sorted,
    [RELATION_CONTAINS] = holds_containment,
    [RELATION_STARTS] = holds_edge,
    [RELATION_ENDS] = holds_edge,
    [RELATION_MATCHES] = holds_match,
    [RELATION_COUNT] = holds_count,
    [RELATION_UNIQUE] = holds_unique,
};

static bool judge(struct check *check)
{
    if (check->comparison->relation == RELATION_EXISTS) {
        return check->subject->is_absent == check->comparison->is_negated;
    }
    if (check->subject->is_absent) {
        return false;
    }
    if (check->comparison->has_kind && check->comparison->relation != RELATION_KIND &&
        !holds_kind(check)) {
        return false;
    }
    bool holds = relations[check->comparison->relation](check);
    /* What could not be compared does not hold in a negated form either. */
    bool is_comparable = check->note.size == 0 || check->comparison->relation == RELATION_COUNT;
    return is_comparable && holds != check->comparison->is_negated;
}

bool comparison_check(const struct comparison *comparison, const struct subject *subject,
                      const struct comparison_resolver *resolver, struct arena *arena,
                      struct comparison_result *ret_result)
{
    struct check check = {
        .comparison = comparison, .subject = subject, .resolver = resolver, .arena = arena
    };
    check.values = ARENA_ARRAY(arena, comparison->operand_count, struct comparison_value);
    for (size_t i = 0; i < comparison->operand_count; i++) {
        if (!comparison_value_resolve(&comparison->operands[i], resolver, arena,
                                      &check.values[i])) {
            return false;
        }
    }
    struct comparison_result result = { .holds = judge(&check), .note = check.note };
    if (!result.holds) {
        result.expected = comparison_value_print(comparison, check.values, arena);
        result.actual = subject_print(arena, subject);
    }
    *ret_result = result;
    return true;
}
