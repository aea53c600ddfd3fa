/* SPDX-License-Identifier: MIT */
#include "diff/comparison.h"

#include "diff/check.h"
#include "diff/comparison_value.h"
#include "diff/contains.h"
#include "format/json.h"
#include "format/regex.h"

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

static bool holds_edge(struct check *check)
{
    struct text wanted = comparison_value_plain(&check->values[0]);
    struct text actual = subject_plain(check->subject);
    if (!subject_is_textual(check->subject)) {
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
    if (!subject_is_textual(check->subject)) {
        check->note = TEXT("it is not a text");
        return false;
    }
    if (!regex_flags(text_from(written, end), &flags) ||
        !regex_compile(text_slice(written, 1, end - 1), flags, &regex, &error)) {
        check->note = TEXT("the regular expression cannot be read");
        return false;
    }
    enum regex_result result = regex_match(regex, subject_plain(check->subject), 0, NULL, 0);
    if (result == REGEX_LIMIT) {
        check->note = TEXT("the regular expression is too costly for this text");
    }
    return result == REGEX_MATCHED;
}

/* A quoted text, or a variable that holds one; in a text by nature any variable (rule 10). */
static bool is_text(const struct comparison_value *value, enum subject_nature nature)
{
    return value->kind == OPERAND_STRING ||
           (value->kind == OPERAND_JSON &&
            (nature == NATURE_TEXT || json_is(value->json, JSON_STRING)));
}

static bool holds_containment(struct check *check)
{
    const struct comparison_value *wanted = &check->values[0];
    if (subject_is_textual(check->subject)) {
        if (!is_text(wanted, check->subject->nature)) {
            check->note = TEXT("a text contains texts only: put it in quotes");
            return false;
        }
        return text_contains(subject_plain(check->subject), comparison_value_plain(wanted));
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

typedef bool holds_function(struct check *check);

static holds_function *const relations[] = {
    [RELATION_EQUALS] = holds_equality,
    [RELATION_ONE_OF] = holds_one_of,
    [RELATION_KIND] = holds_kind,
    [RELATION_GREATER] = check_order,
    [RELATION_LESS] = check_order,
    [RELATION_AT_LEAST] = check_order,
    [RELATION_AT_MOST] = check_order,
    [RELATION_BETWEEN] = check_order,
    [RELATION_BEFORE] = check_date,
    [RELATION_AFTER] = check_date,
    [RELATION_NEAR] = check_date,
    [RELATION_EMPTY] = check_empty,
    [RELATION_ASCENDING] = check_sorted,
    [RELATION_DESCENDING] = check_sorted,
    [RELATION_CONTAINS] = holds_containment,
    [RELATION_STARTS] = holds_edge,
    [RELATION_ENDS] = holds_edge,
    [RELATION_MATCHES] = holds_match,
    [RELATION_COUNT] = check_count,
    [RELATION_UNIQUE] = check_unique,
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
