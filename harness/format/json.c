/* SPDX-License-Identifier: MIT */
#include "format/json.h"

#include <string.h>

#include "format/json/json_number.h"

const char *json_type_name(enum json_type type)
{
    static const char *const names[] = {
        [JSON_NULL] = "null",     [JSON_FALSE] = "boolean", [JSON_TRUE] = "boolean",
        [JSON_NUMBER] = "number", [JSON_STRING] = "string", [JSON_ARRAY] = "array",
        [JSON_OBJECT] = "object",
    };
    return names[type];
}

bool json_is(const struct json_value *value, enum json_type type)
{
    return value && value->type == type;
}

bool json_is_boolean(const struct json_value *value)
{
    return json_is(value, JSON_TRUE) || json_is(value, JSON_FALSE);
}

struct text json_text(const struct json_value *value)
{
    if (json_is(value, JSON_STRING) || json_is(value, JSON_NUMBER)) {
        return text_make(value->at, value->count);
    }
    return TEXT_EMPTY;
}

struct text json_key(const struct json_value *member)
{
    return member->key_at ? text_make(member->key_at, member->key_size) : TEXT_EMPTY;
}

static const struct json_value *find_sorted(const struct json_value *object,
                                            const uint32_t *order, struct text key)
{
    size_t low = 0;
    size_t high = object->count;
    while (low < high) { /* the first member behind key */
        size_t middle = low + (high - low) / 2;
        if (text_compare(json_key(&object->children[order[middle]]), key) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const struct json_value *last = low ? &object->children[order[low - 1]] : NULL;
    return last && text_equal(json_key(last), key) ? last : NULL;
}

const struct json_value *json_member(const struct json_value *object, struct text key)
{
    if (!json_is(object, JSON_OBJECT)) {
        return NULL;
    }
    const uint32_t *order = json_sorted_members(object);
    if (order) {
        return find_sorted(object, order, key);
    }
    for (size_t i = 0; i < object->count; i++) {
        if (text_equal(json_key(&object->children[i]), key)) {
            return &object->children[i];
        }
    }
    return NULL;
}

const struct json_value *json_member_named(const struct json_value *object, const char *key)
{
    return json_member(object, text_of(key));
}

const struct json_value *json_item(const struct json_value *array, size_t index)
{
    return json_is(array, JSON_ARRAY) && index < array->count ? &array->children[index] : NULL;
}

struct span json_span(const struct source *source, const struct json_value *value)
{
    return span_make(source, value->start, value->end);
}

/* The opening quote before `at`: inside of a string a quote follows an odd number of backslashes. */
static size_t quote_before(struct text bytes, size_t at)
{
    for (;;) {
        while (at > 0 && bytes.at[at - 1] != '"') {
            at--;
        }
        size_t quote = at - (at > 0);
        size_t start = quote;
        while (start > 0 && bytes.at[start - 1] == '\\') {
            start--;
        }
        if ((quote - start) % 2 == 0) {
            return quote;
        }
        at = quote;
    }
}

struct span json_key_span(const struct source *source, const struct json_value *member)
{
    struct text bytes = source->bytes;
    size_t end = member->start; /* of the value; before it a colon and white space */
    while (end > 0 && bytes.at[end - 1] != '"') {
        end--;
    }
    size_t quote = end > 0 ? end - 1 : 0;
    return span_make(source, quote_before(bytes, quote), end);
}

static bool arrays_equal(const struct json_value *a, const struct json_value *b)
{
    for (size_t i = 0; i < a->count; i++) {
        if (!json_equal(&a->children[i], &b->children[i])) {
            return false;
        }
    }
    return true;
}

static bool members_equal(const struct json_value *a, const struct json_value *b)
{
    return text_equal(json_key(a), json_key(b)) && json_equal(a, b);
}

static bool sorted_members_equal(const struct json_value *a, const struct json_value *b)
{
    const uint32_t *a_order = json_sorted_members(a);
    const uint32_t *b_order = json_sorted_members(b);
    if (!a_order || !b_order) {
        return false; /* same count, but keys repeat in one only */
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!members_equal(&a->children[a_order[i]], &b->children[b_order[i]])) {
            return false;
        }
    }
    return true;
}

static bool objects_equal(const struct json_value *a, const struct json_value *b)
{
    if (json_sorted_members(a) || json_sorted_members(b)) {
        return sorted_members_equal(a, b);
    }
    for (size_t i = 0; i < a->count; i++) {
        const struct json_value *member = &a->children[i];
        bool is_same_place = text_equal(json_key(member), json_key(&b->children[i]));
        const struct json_value *other =
            is_same_place ? &b->children[i] : json_member(b, json_key(member));
        if (!other || !json_equal(member, other)) {
            return false;
        }
    }
    return true;
}

bool json_equal(const struct json_value *a, const struct json_value *b)
{
    if (a->type != b->type) {
        return false;
    }
    switch (a->type) {
    case JSON_NULL:
    case JSON_FALSE:
    case JSON_TRUE:
        return true;
    case JSON_NUMBER:
        return json_number_compare(json_text(a), json_text(b)) == 0;
    case JSON_STRING:
        return text_equal(json_text(a), json_text(b));
    case JSON_ARRAY:
        return a->count == b->count && arrays_equal(a, b);
    case JSON_OBJECT:
        return a->count == b->count && objects_equal(a, b);
    }
    return false;
}
