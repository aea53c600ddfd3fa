/* SPDX-License-Identifier: MIT */
/* One value matched: literals, markers, objects. */
#include "base/utf8.h"
#include "diff/expectation/matcher.h"
#include "diff/kind.h"
#include "format/json/json_number.h"

static bool type_holds(enum expected_type type, const struct json_value *actual)
{
    switch (type) {
    case EXPECTED_STRING:
        return actual->type == JSON_STRING;
    case EXPECTED_NUMBER:
        return actual->type == JSON_NUMBER;
    case EXPECTED_INTEGER:
        return actual->type == JSON_NUMBER && json_number_is_integer(json_text(actual));
    case EXPECTED_BOOLEAN:
        return json_is_boolean(actual);
    case EXPECTED_ARRAY:
        return actual->type == JSON_ARRAY;
    case EXPECTED_AN_OBJECT:
        return actual->type == JSON_OBJECT;
    case EXPECTED_NULL:
        return actual->type == JSON_NULL;
    case EXPECTED_NOT_NULL:
        return actual->type != JSON_NULL;
    case EXPECTED_UUID:
        return actual->type == JSON_STRING && kind_is_uuid(json_text(actual));
    case EXPECTED_URL:
        return actual->type == JSON_STRING && kind_is_url(json_text(actual));
    case EXPECTED_EMAIL:
        return actual->type == JSON_STRING && kind_is_email(json_text(actual));
    }
    return false;
}

static bool range_holds(const struct expected_range *range, const struct json_value *actual)
{
    switch (actual->type) {
    case JSON_NUMBER:
        return expected_range_holds(range, json_text(actual));
    case JSON_STRING:
        return expected_length_holds(range, utf8_count(json_text(actual)));
    case JSON_ARRAY:
    case JSON_OBJECT:
        return expected_length_holds(range, actual->count);
    case JSON_NULL:
    case JSON_FALSE:
    case JSON_TRUE:
        break;
    }
    return true;
}

static bool date_holds(const struct expected_matcher *matcher, const struct expected_date *date,
                       const struct json_value *actual)
{
    uint64_t time_ns = 0;
    if (!kind_date_of_json(actual, &time_ns)) {
        return false;
    }
    uint64_t reference_ns = date->is_now ? matcher->now_ns : date->reference_ns;
    switch (date->order) {
    case EXPECTED_ANY_TIME:
        return true;
    case EXPECTED_BEFORE:
        return time_ns < reference_ns;
    case EXPECTED_AFTER:
        return time_ns > reference_ns;
    case EXPECTED_WITHIN:
        return (time_ns > reference_ns ? time_ns - reference_ns : reference_ns - time_ns) <=
               date->distance_ns;
    }
    return false;
}

static bool is_one_of(const struct expected *expected, const struct json_value *actual)
{
    for (size_t i = 0; i < expected->count; i++) {
        if (json_equal(expected->items[i].written, actual)) {
            return true;
        }
    }
    return false;
}

static bool value_holds(const struct expected *expected, const struct json_value *actual)
{
    if (expected->written->type == JSON_STRING) {
        return actual->type == JSON_STRING && text_equal(expected->string, json_text(actual));
    }
    return json_equal(expected->written, actual);
}

static bool match_scalar(const struct expected_matcher *matcher,
                         const struct expected *expected, const struct json_value *actual,
                         const struct expected_place *place)
{
    bool holds = false;
    const char *note = NULL;
    if (expected->kind == EXPECTED_VALUE) {
        holds = value_holds(expected, actual);
    } else if (expected->kind == EXPECTED_TYPE) {
        holds = type_holds(expected->type, actual) && range_holds(&expected->range, actual);
    } else if (expected->kind == EXPECTED_DATE) {
        holds = date_holds(matcher, &expected->date, actual);
    } else if (expected->kind == EXPECTED_ONE_OF) {
        holds = is_one_of(expected, actual);
    } else if (json_is(actual, JSON_STRING)) {
        enum regex_result result = regex_match(expected->regex, json_text(actual), 0, NULL, 0);
        holds = result == REGEX_MATCHED;
        note = result == REGEX_LIMIT ? "the expression needs too many steps" : NULL;
    }
    return holds || expected_differ(matcher, expected->written, actual, place, note);
}

static bool is_repeated(const struct json_value *object, struct text key)
{
    for (size_t i = 0; object->has_repeated_keys && i < object->count; i++) {
        const struct json_value *member = &object->children[i];
        if (member->is_repeated && text_equal(json_key(member), key)) {
            return true;
        }
    }
    return false;
}

static bool match_member(const struct expected_matcher *matcher,
                         const struct expected_member *member, const struct json_value *actual,
                         const struct expected_place *parent)
{
    struct expected_place place = { .parent = parent, .key = member->key };
    const struct json_value *found = json_member(actual, member->key);
    const struct json_value *written = member->expected.written;
    if (member->expected.kind == EXPECTED_ABSENT) {
        return !found || expected_differ(matcher, written, found, &place, NULL);
    }
    if (!found) {
        return member->is_optional || expected_differ(matcher, written, NULL, &place, NULL);
    }
    if (is_repeated(actual, member->key)) {
        return expected_differ(matcher, written, found, &place,
                               "the key is there more than once");
    }
    return expected_match(matcher, &member->expected, found, &place);
}

static bool is_expected(const struct expected *object, struct text key)
{
    for (size_t i = 0; i < object->count; i++) {
        if (text_equal(object->members[i].key, key)) {
            return true;
        }
    }
    return false;
}

static bool refuse_further_keys(const struct expected_matcher *matcher,
                                const struct expected *object, const struct json_value *actual,
                                const struct expected_place *parent)
{
    bool fits = true;
    for (size_t i = 0; i < actual->count && (fits || matcher->mismatches); i++) {
        const struct json_value *member = &actual->children[i];
        if (!is_expected(object, json_key(member))) {
            struct expected_place place = { .parent = parent, .key = json_key(member) };
            fits = expected_refuse(matcher, object->written, member, &place, "no such key");
        }
    }
    return fits;
}

static bool match_object(const struct expected_matcher *matcher, const struct expected *object,
                         const struct json_value *actual, const struct expected_place *place)
{
    bool fits = true;
    if (actual->type != JSON_OBJECT) {
        return expected_differ(matcher, object->written, actual, place, NULL);
    }
    for (size_t i = 0; i < object->count && (fits || matcher->mismatches); i++) {
        fits = match_member(matcher, &object->members[i], actual, place) && fits;
    }
    if (matcher->mode == EXPECTATION_IS || object->is_exact) {
        fits = refuse_further_keys(matcher, object, actual, place) && fits;
    }
    return fits;
}

bool expected_match(const struct expected_matcher *matcher, const struct expected *expected,
                    const struct json_value *actual, const struct expected_place *place)
{
    switch (expected->kind) {
    case EXPECTED_IGNORE:
        return true;
    case EXPECTED_ABSENT:
        return expected_differ(matcher, expected->written, actual, place, NULL);
    case EXPECTED_OBJECT:
        return match_object(matcher, expected, actual, place);
    case EXPECTED_ITEMS:
    case EXPECTED_ANY_ORDER:
    case EXPECTED_CONTAINS:
    case EXPECTED_EACH:
        return expected_match_array(matcher, expected, actual, place);
    case EXPECTED_VALUE:
    case EXPECTED_TYPE:
    case EXPECTED_REGEX:
    case EXPECTED_DATE:
    case EXPECTED_ONE_OF:
        break;
    }
    return match_scalar(matcher, expected, actual, place);
}

bool expected_fits(const struct expected_matcher *matcher, const struct expected *expected,
                   const struct json_value *actual)
{
    struct expected_matcher silent = *matcher;
    silent.mismatches = NULL;
    return expected_match(&silent, expected, actual, NULL);
}
