/* SPDX-License-Identifier: MIT */
/* What the values of keywords must look like. */
#include "format/json/json_number.h"
#include "format/json_schema/schema.h"
#include "format/json_schema/schema_format.h"
#include "format/json_schema/schema_number.h"

static bool refuse(struct schema_compiler *compiler, const struct json_value *value,
                   const char *wanted)
{
    struct text keyword = json_key(value);
    problems_add(compiler->problems, PROBLEM_INPUT, json_span(compiler->schema->source, value),
                 NULL, "the value of '%.*s' is not %s", TEXT_ARG(keyword), wanted);
    problems_hint(compiler->problems, "write %s", wanted);
    return false;
}

static bool is_count(const struct json_value *value)
{
    return json_is(value, JSON_NUMBER) && json_number_is_integer(json_text(value)) &&
           json_number_compare(json_text(value), TEXT("0")) >= 0;
}

static bool is_divisor(const struct json_value *value)
{
    return json_is(value, JSON_NUMBER) &&
           json_number_compare(json_text(value), TEXT("0")) > 0 &&
           schema_divisor_is_usable(json_text(value));
}

static bool is_names(const struct json_value *value)
{
    for (uint32_t i = 0; json_is(value, JSON_ARRAY) && i < value->count; i++) {
        if (!json_is(json_item(value, i), JSON_STRING)) {
            return false;
        }
        for (uint32_t j = 0; j < i; j++) {
            if (json_equal(json_item(value, i), json_item(value, j))) {
                return false;
            }
        }
    }
    return json_is(value, JSON_ARRAY);
}

static bool is_names_map(const struct json_value *value)
{
    for (uint32_t i = 0; json_is(value, JSON_OBJECT) && i < value->count; i++) {
        if (!is_names(&value->children[i])) {
            return false;
        }
    }
    return json_is(value, JSON_OBJECT);
}

static bool is_type_name(const struct json_value *value)
{
    static const char *const names[] = { "null",   "boolean", "object", "array",
                                         "number", "string",  "integer" };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (json_is(value, JSON_STRING) && text_is(json_text(value), names[i])) {
            return true;
        }
    }
    return false;
}

static bool is_type(const struct json_value *value)
{
    if (!json_is(value, JSON_ARRAY)) {
        return is_type_name(value);
    }
    for (uint32_t i = 0; i < value->count; i++) {
        if (!is_type_name(json_item(value, i))) {
            return false;
        }
    }
    return value->count > 0 && is_names(value);
}

static bool is_anchor(const struct json_value *value)
{
    static const struct text first =
        TEXT_STATIC("_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    static const struct text later = TEXT_STATIC("0123456789-.");
    struct text name = json_text(value);
    for (size_t i = 0; i < name.size; i++) {
        bool is_later = i > 0 && text_find_byte(later, name.at[i], 0) < later.size;
        if (!is_later && text_find_byte(first, name.at[i], 0) == first.size) {
            return false;
        }
    }
    return json_is(value, JSON_STRING) && name.size > 0;
}

static bool is_dialect(const struct json_value *value)
{
    struct text name = json_text(value);
    return text_is(name, "https://json-schema.org/draft/2020-12/schema") ||
           text_is(name, "https://json-schema.org/draft/2020-12/schema#");
}

static bool is_id(const struct json_value *value)
{
    struct text id = json_text(value);
    size_t hash = text_find_byte(id, '#', 0);
    return json_is(value, JSON_STRING) && hash + 1 >= id.size;
}

static bool check_format(struct schema_compiler *compiler, const struct json_value *value)
{
    if (!json_is(value, JSON_STRING)) {
        return refuse(compiler, value, "a string");
    }
    if (!schema_format_is_known(json_text(value))) {
        problems_add(compiler->problems, PROBLEM_INPUT,
                     json_span(compiler->schema->source, value),
                     "known are date-time, date, time, uuid, uri, email, hostname, ipv4, ipv6, "
                     "json-pointer and regex; say others with 'pattern'",
                     "the format '%.*s' is not supported", TEXT_ARG(json_text(value)));
        return false;
    }
    return true;
}

typedef bool form_test(const struct json_value *value);

static bool is_text(const struct json_value *value)
{
    return json_is(value, JSON_STRING);
}

static bool is_list(const struct json_value *value)
{
    return json_is(value, JSON_ARRAY);
}

static bool is_number(const struct json_value *value)
{
    return json_is(value, JSON_NUMBER);
}

static const struct form_row {
    form_test *fits;
    const char *wanted;
} forms[] = {
    [FORM_NUMBER] = { is_number, "a number" },
    [FORM_COUNT] = { is_count, "a whole number from 0" },
    [FORM_DIVISOR] = { is_divisor, "a number above 0 of at most 17 digits" },
    [FORM_BOOLEAN] = { json_is_boolean, "true or false" },
    [FORM_TEXT] = { is_text, "a string" },
    [FORM_TYPE] = { is_type, "null, boolean, object, array, number, string or integer, or an "
                             "array of some of these" },
    [FORM_NAMES] = { is_names, "an array of different strings" },
    [FORM_NAMES_MAP] = { is_names_map, "an object of arrays of different strings" },
    [FORM_LIST] = { is_list, "an array" },
    [FORM_ANCHOR] = { is_anchor, "a name of letters, digits, '_', '-' and '.'" },
    [FORM_DIALECT] = { is_dialect, "https://json-schema.org/draft/2020-12/schema" },
    [FORM_ID] = { is_id, "a URI without a fragment" },
};

bool schema_form_check(struct schema_compiler *compiler, enum schema_form form,
                       const struct json_value *value)
{
    if (form == FORM_FORMAT) {
        return check_format(compiler, value);
    }
    const struct form_row *row = form < ARRAY_SIZE(forms) ? &forms[form] : NULL;
    return !row || !row->fits || row->fits(value) || refuse(compiler, value, row->wanted);
}
