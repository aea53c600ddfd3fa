/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "diff/check.h"
#include "diff/comparison_value.h"
#include "format/json.h"
#include "format/json/json_number.h"

bool check_empty(struct check *check)
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

static bool has_items(struct check *check)
{
    const struct json_value *array = check->subject->json;
    bool is_array = check->subject->nature == NATURE_JSON && json_is(array, JSON_ARRAY);
    if (!is_array || array->count == 0) {
        check->note = is_array ? TEXT("it is empty: there is nothing to compare")
                               : TEXT("it is not an array");
        return false;
    }
    return true;
}

bool check_sorted(struct check *check)
{
    const struct json_value *array = check->subject->json;
    bool is_ascending = check->comparison->relation == RELATION_ASCENDING;
    if (!has_items(check)) {
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

bool check_unique(struct check *check)
{
    const struct json_value *array = check->subject->json;
    if (!has_items(check)) {
        return false;
    }
    size_t first;
    size_t second;
    if (json_find_duplicate(array, &first, &second)) {
        check->note = arena_format(check->arena, "items %zu and %zu are equal", first, second);
        return false;
    }
    return true;
}

static bool size_of_subject(struct check *check, uint64_t *ret_count)
{
    const struct subject *subject = check->subject;
    bool counts_characters = check->comparison->counts_characters;
    if (counts_characters && subject_is_textual(subject)) {
        *ret_count = utf8_count(subject_plain(subject));
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

bool check_count(struct check *check)
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
