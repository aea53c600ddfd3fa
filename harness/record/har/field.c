/* SPDX-License-Identifier: MIT */
#include "record/har/field.h"

#include <stdarg.h>

#include "base/buffer.h"

enum { MESSAGE_LIMIT = 4 << 10 };

static struct span span_of(const struct har_part *part, const struct json_value *at)
{
    if (!at || part->is_elsewhere) {
        return span_make(part->recording->source, part->start, part->start + 1);
    }
    return span_make(part->recording->source, part->start + at->start, part->start + at->end);
}

static void say(struct har_part *part, enum problem_kind kind, const struct json_value *at,
                struct text message)
{
    struct span span = span_of(part, at);
    if (part->number > 0) {
        problems_add(part->problems, kind, span, NULL, "%s %zu: %.*s", part->what, part->number,
                     TEXT_ARG(message));
    } else {
        problems_add(part->problems, kind, span, NULL, "%s: %.*s", part->what,
                     TEXT_ARG(message));
    }
}

void har_refuse(struct har_part *part, const struct json_value *at, const char *format, ...)
{
    CLEANUP(buffer_release) struct buffer message;
    va_list arguments;
    buffer_init(&message, MESSAGE_LIMIT);
    va_start(arguments, format);
    buffer_add_format_list(&message, format, arguments);
    va_end(arguments);
    say(part, PROBLEM_INPUT, at, buffer_text(&message));
    part->is_bad = true;
}

void har_warn(struct har_part *part, const struct json_value *at, const char *format, ...)
{
    CLEANUP(buffer_release) struct buffer message;
    va_list arguments;
    buffer_init(&message, MESSAGE_LIMIT);
    va_start(arguments, format);
    buffer_add_format_list(&message, format, arguments);
    va_end(arguments);
    say(part, PROBLEM_WARNING, at, buffer_text(&message));
}

const char *har_type_name(const struct json_value *value)
{
    static const char *const names[] = {
        [JSON_NULL] = "null",        [JSON_FALSE] = "a boolean", [JSON_TRUE] = "a boolean",
        [JSON_NUMBER] = "a number",  [JSON_STRING] = "a string", [JSON_ARRAY] = "an array",
        [JSON_OBJECT] = "an object",
    };
    return names[value->type];
}

static const struct json_value *typed(struct har_part *part, const struct json_value *object,
                                      const char *name, enum json_type type)
{
    const struct json_value *member = json_member_named(object, name);
    if (!member || json_is(member, JSON_NULL)) {
        return NULL;
    }
    if (!json_is(member, type)) {
        struct json_value wanted = { .type = type };
        har_refuse(part, member, "'%s' is %s, expected %s", name, har_type_name(member),
                   har_type_name(&wanted));
        return NULL;
    }
    return member;
}

const struct json_value *har_object(struct har_part *part, const struct json_value *object,
                                    const char *name)
{
    return typed(part, object, name, JSON_OBJECT);
}

const struct json_value *har_list(struct har_part *part, const struct json_value *object,
                                  const char *name)
{
    return typed(part, object, name, JSON_ARRAY);
}

struct text har_text(struct har_part *part, const struct json_value *object, const char *name)
{
    const struct json_value *member = json_member_named(object, name);
    if (json_is(member, JSON_NUMBER)) {
        return json_text(member);
    }
    return har_string(part, object, name);
}

struct text har_string(struct har_part *part, const struct json_value *object, const char *name)
{
    const struct json_value *member = typed(part, object, name, JSON_STRING);
    return member ? json_text(member) : TEXT_EMPTY;
}

bool har_number(struct har_part *part, const struct json_value *object, const char *name,
                double *ret_number)
{
    const struct json_value *member = json_member_named(object, name);
    if (json_is(member, JSON_STRING) && text_to_double(json_text(member), ret_number)) {
        return true;
    }
    member = typed(part, object, name, JSON_NUMBER);
    return member && text_to_double(json_text(member), ret_number);
}

bool har_is_true(const struct json_value *object, const char *name)
{
    return json_is(json_member_named(object, name), JSON_TRUE);
}

/* For 1.5e12 and the like. */
static bool by_double(struct text number, unsigned digits, uint64_t *ret_value)
{
    double value;
    if (!text_to_double(number, &value)) {
        return false;
    }
    for (unsigned i = 0; i < digits; i++) {
        value *= 10;
    }
    if (!(value >= 0 && value < 18e18)) {
        return false;
    }
    *ret_value = (uint64_t)value;
    return true;
}

bool har_decimal(struct text number, unsigned digits, uint64_t *ret_value)
{
    char joined[32];
    size_t size = 0;
    struct text rest = number;
    struct text whole;
    text_take_until(&rest, '.', &whole);
    struct text fraction = text_slice(rest, 0, rest.at ? digits : 0);
    bool has_exponent = text_find_byte(number, 'e', 0) < number.size ||
                        text_find_byte(number, 'E', 0) < number.size;
    if (has_exponent || whole.size == 0 || whole.size + digits > sizeof joined) {
        return by_double(number, digits, ret_value);
    }
    while (size < whole.size + digits) {
        size_t at = size - whole.size;
        char digit = at < fraction.size ? fraction.at[at] : '0';
        joined[size] = size < whole.size ? whole.at[size] : digit;
        size++;
    }
    return text_to_uint64(text_make(joined, size), ret_value) ||
           by_double(number, digits, ret_value);
}

uint64_t har_scaled(struct har_part *part, const struct json_value *object, const char *name,
                    unsigned digits)
{
    uint64_t value;
    return har_decimal(har_text(part, object, name), digits, &value) && value <= HAR_SCALED_MOST
               ? value
               : 0;
}

struct text har_kept(struct har_part *part, struct text text)
{
    return text.size ? arena_text(&part->recording->arena, text) : TEXT_EMPTY;
}
