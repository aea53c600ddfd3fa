/* SPDX-License-Identifier: MIT */
#include "diff/kind.h"

#include "base/attribute.h"
#include "exchange/http_date.h"
#include "exchange/url.h"
#include "format/date.h"
#include "format/json.h"
#include "format/json/json_number.h"

static const struct text names[] = {
    [KIND_NUMBER] = TEXT_STATIC("number"), [KIND_INTEGER] = TEXT_STATIC("integer"),
    [KIND_STRING] = TEXT_STATIC("string"), [KIND_BOOLEAN] = TEXT_STATIC("boolean"),
    [KIND_ARRAY] = TEXT_STATIC("array"),   [KIND_OBJECT] = TEXT_STATIC("object"),
    [KIND_UUID] = TEXT_STATIC("uuid"),     [KIND_DATE] = TEXT_STATIC("date"),
    [KIND_URL] = TEXT_STATIC("URL"),       [KIND_EMAIL] = TEXT_STATIC("email address"),
};

bool kind_find(struct text name, enum kind *ret_kind)
{
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (text_equal(names[i], name)) {
            *ret_kind = (enum kind)i;
            return true;
        }
    }
    return false;
}

const char *kind_name(enum kind kind)
{
    return names[kind].at;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool kind_is_uuid(struct text text)
{
    if (text.size != 36) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        bool wants_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (wants_dash ? text.at[i] != '-' : !is_hex(text.at[i])) {
            return false;
        }
    }
    return true;
}

bool kind_is_url(struct text text)
{
    struct url url;
    return url_parse(text, &url) && text_find_byte(text, ' ', 0) == text.size;
}

bool kind_is_email(struct text text)
{
    size_t at = text_find_byte(text, '@', 0);
    struct text domain = text_from(text, at + 1);
    size_t dot = text_find_byte(domain, '.', 0);
    bool has_space = text_find_byte(text, ' ', 0) < text.size;
    return at > 0 && at < text.size && dot > 0 && dot + 1 < domain.size && !has_space &&
           text_find_byte(domain, '@', 0) == domain.size && domain.at[domain.size - 1] != '.';
}

#define EPOCH_MILLISECONDS_FROM 1e11
#define NANOSECONDS 1e9

static bool date_of_number(struct text number, uint64_t *ret_realtime_ns)
{
    if (!json_number_is_valid(number)) {
        return false;
    }
    double epoch = json_number_to_double(number);
    double seconds = epoch >= EPOCH_MILLISECONDS_FROM ? epoch / 1000 : epoch;
    if (seconds < 0 || seconds > 1.8e10) {
        return false;
    }
    *ret_realtime_ns = (uint64_t)(seconds * NANOSECONDS);
    return true;
}

bool kind_date_of_text(struct text text, uint64_t *ret_realtime_ns)
{
    return date_parse(text, ret_realtime_ns) || date_of_number(text, ret_realtime_ns) ||
           (text_ends_with(text, TEXT("GMT")) && http_date_parse(text, ret_realtime_ns));
}

bool kind_date_of_json(const struct json_value *value, uint64_t *ret_realtime_ns)
{
    if (json_is(value, JSON_NUMBER)) {
        return date_of_number(json_text(value), ret_realtime_ns);
    }
    return json_is(value, JSON_STRING) && date_parse(json_text(value), ret_realtime_ns);
}

bool kind_fits_json(enum kind kind, const struct json_value *value)
{
    uint64_t ignored;
    bool is_string = json_is(value, JSON_STRING);
    switch (kind) {
    case KIND_NUMBER:
        return json_is(value, JSON_NUMBER);
    case KIND_INTEGER:
        return json_is(value, JSON_NUMBER) && json_number_is_integer(json_text(value));
    case KIND_STRING:
        return is_string;
    case KIND_BOOLEAN:
        return json_is_boolean(value);
    case KIND_ARRAY:
        return json_is(value, JSON_ARRAY);
    case KIND_OBJECT:
        return json_is(value, JSON_OBJECT);
    case KIND_DATE:
        return kind_date_of_json(value, &ignored);
    case KIND_UUID:
    case KIND_URL:
    case KIND_EMAIL:
        break;
    }
    return is_string && kind_fits_text(kind, json_text(value));
}

bool kind_fits_text(enum kind kind, struct text text)
{
    uint64_t ignored;
    switch (kind) {
    case KIND_NUMBER:
        return json_number_is_valid(text);
    case KIND_INTEGER:
        return json_number_is_valid(text) && json_number_is_integer(text);
    case KIND_STRING:
        return true;
    case KIND_BOOLEAN:
        return text_is(text, "true") || text_is(text, "false");
    case KIND_UUID:
        return kind_is_uuid(text);
    case KIND_DATE:
        return kind_date_of_text(text, &ignored);
    case KIND_URL:
        return kind_is_url(text);
    case KIND_EMAIL:
        return kind_is_email(text);
    case KIND_ARRAY:
    case KIND_OBJECT:
        break;
    }
    return false;
}
