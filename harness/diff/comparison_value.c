/* SPDX-License-Identifier: MIT */
#include "diff/comparison_value.h"

#include "base/buffer.h"
#include "base/quantity.h"
#include "format/json.h"
#include "format/json/json_number.h"

/* --- resolving --- */

static bool with_amount(struct comparison_value *value)
{
    return value->kind == OPERAND_DURATION ? quantity_duration_ns(value->text, &value->amount)
                                           : quantity_size_bytes(value->text, &value->amount);
}

static bool resolve_quantity(const struct operand *operand,
                             const struct comparison_resolver *resolver, struct arena *arena,
                             struct comparison_value *value)
{
    if (operand->unit.size) {
        struct text number;
        bool is_json;
        if (!resolver->value(resolver->context, operand->text, &number, &is_json)) {
            return false;
        }
        value->text =
            arena_format(arena, "%.*s %.*s", TEXT_ARG(number), TEXT_ARG(operand->unit));
    }
    if (!with_amount(value)) {
        value->kind = OPERAND_STRING; /* fits no number: the comparison will not hold */
    }
    return true;
}

static bool resolve_variable(const struct operand *operand,
                             const struct comparison_resolver *resolver, struct arena *arena,
                             struct comparison_value *value)
{
    bool is_json = false;
    if (!resolver->value(resolver->context, operand->text, &value->text, &is_json)) {
        return false;
    }
    value->is_variable = !is_json;
    value->kind = is_json ? OPERAND_JSON : OPERAND_STRING;
    if (is_json && !json_parse_text(value->text, arena, &value->json)) {
        value->kind = OPERAND_STRING;
    }
    return true;
}

static struct text unquote(struct arena *arena, struct text quoted)
{
    struct text inner = text_slice(quoted, 1, quoted.size - 1);
    struct buffer content;
    buffer_init(&content, inner.size);
    for (size_t i = 0; i < inner.size; i++) {
        bool is_escape = inner.at[i] == '\\' && i + 1 < inner.size &&
                         (inner.at[i + 1] == quoted.at[0] || inner.at[i + 1] == '\\');
        i += is_escape;
        buffer_add_byte(&content, inner.at[i]);
    }
    struct text made = arena_text(arena, buffer_text(&content));
    buffer_release(&content);
    return made;
}

bool comparison_value_resolve(const struct operand *operand,
                              const struct comparison_resolver *resolver, struct arena *arena,
                              struct comparison_value *ret_value)
{
    struct comparison_value value = { .kind = operand->kind, .text = operand->text };
    bool is_ok = true;
    switch (operand->kind) {
    case OPERAND_STRING:
        is_ok = resolver->expand(resolver->context, unquote(arena, operand->text), false,
                                 &value.text);
        break;
    case OPERAND_REGEX:
        is_ok = resolver->expand(resolver->context, operand->text, false, &value.text);
        break;
    case OPERAND_JSON:
        is_ok = resolver->expand(resolver->context, operand->text, true, &value.text);
        if (is_ok && !json_parse_text(value.text, arena, &value.json)) {
            value.json = NULL; /* equals nothing */
        }
        break;
    case OPERAND_WORD:
    case OPERAND_NUMBER:
        is_ok = json_parse_text(value.text, arena, &value.json);
        break;
    case OPERAND_DURATION:
    case OPERAND_SIZE:
        is_ok = resolve_quantity(operand, resolver, arena, &value);
        break;
    case OPERAND_VARIABLE:
        is_ok = resolve_variable(operand, resolver, arena, &value);
        break;
    case OPERAND_CLASS:
    case OPERAND_NOW:
        break;
    }
    if (is_ok) {
        *ret_value = value;
    }
    return is_ok;
}

struct text comparison_value_plain(const struct comparison_value *value)
{
    return json_is(value->json, JSON_STRING) ? json_text(value->json) : value->text;
}

/* --- numbers --- */

bool comparison_number_of_subject(const struct subject *subject, struct arena *arena,
                                  struct text *ret_number)
{
    if (subject->nature == NATURE_TEXT) {
        *ret_number = subject->text;
        return json_number_is_valid(subject->text);
    }
    if (subject->nature == NATURE_JSON) {
        *ret_number = json_text(subject->json);
        return json_is(subject->json, JSON_NUMBER);
    }
    *ret_number = arena_format(arena, "%llu", (unsigned long long)subject->number);
    return true;
}

/* Also of a variable that holds its unit: ${limit} is "300 ms". */
static bool amount_of(const struct comparison_value *value, enum subject_nature nature,
                      uint64_t *ret_amount)
{
    enum operand_kind wanted = nature == NATURE_DURATION ? OPERAND_DURATION : OPERAND_SIZE;
    *ret_amount = value->amount;
    if (value->kind == wanted) {
        return true;
    }
    struct text text = comparison_value_plain(value);
    bool is_variable = value->is_variable || value->kind == OPERAND_JSON;
    return is_variable && (nature == NATURE_DURATION ? quantity_duration_ns(text, ret_amount)
                                                     : quantity_size_bytes(text, ret_amount));
}

bool comparison_number_of_value(const struct comparison_value *value,
                                enum subject_nature nature, struct arena *arena,
                                struct text *ret_number)
{
    bool has_unit = value->kind == OPERAND_DURATION || value->kind == OPERAND_SIZE;
    if (nature == NATURE_DURATION || nature == NATURE_SIZE) {
        uint64_t amount;
        bool is_amount = amount_of(value, nature, &amount);
        *ret_number = arena_format(arena, "%llu", (unsigned long long)amount);
        return is_amount;
    }
    *ret_number = value->json ? json_text(value->json) : value->text;
    return !has_unit && (value->json ? json_is(value->json, JSON_NUMBER)
                                     : value->is_variable && json_number_is_valid(value->text));
}

/* --- equality --- */

static bool equals_number(const struct subject *subject, const struct comparison_value *value,
                          struct arena *arena)
{
    struct text a;
    struct text b;
    return comparison_number_of_subject(subject, arena, &a) &&
           comparison_number_of_value(value, subject->nature, arena, &b) &&
           json_number_compare(a, b) == 0;
}

static bool equals_json(const struct json_value *actual, const struct comparison_value *value)
{
    if (value->json) {
        return json_equal(actual, value->json);
    }
    return json_is(actual, JSON_STRING) && text_equal(json_text(actual), value->text);
}

bool comparison_value_equals(const struct subject *subject,
                             const struct comparison_value *value, struct arena *arena)
{
    if (value->kind == OPERAND_CLASS) {
        return subject->nature == NATURE_STATUS &&
               subject->number / 100 == (uint64_t)(value->text.at[0] - '0');
    }
    if (equals_number(subject, value, arena)) {
        return true;
    }
    if (subject->nature == NATURE_JSON) {
        return equals_json(subject->json, value);
    }
    /* true and false are words in a text; nothing in a text is a number or null but as a whole. */
    bool has_no_text = value->kind == OPERAND_NUMBER || json_is(value->json, JSON_NULL);
    return subject->nature == NATURE_TEXT && !has_no_text &&
           text_equal(subject->text, comparison_value_plain(value));
}

/* --- showing --- */

struct text comparison_value_print(const struct comparison *comparison,
                                   const struct comparison_value *values, struct arena *arena)
{
    struct buffer out;
    buffer_init(&out, 1 << 16);
    size_t done = 0;
    for (size_t i = 0; i < comparison->operand_count; i++) {
        const struct operand *operand = &comparison->operands[i];
        if (!text_contains(operand->text, TEXT("${"))) {
            continue;
        }
        size_t at = text_find(comparison->text, operand->text, done);
        buffer_add(&out, text_slice(comparison->text, done, at));
        bool is_quoted = operand->kind == OPERAND_STRING || values[i].is_variable;
        buffer_add_format(&out, is_quoted ? "\"%.*s\"" : "%.*s",
                          TEXT_ARG(subject_shorten(arena, values[i].text)));
        done = at + operand->text.size;
    }
    buffer_add(&out, text_from(comparison->text, done));
    struct text printed = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return printed;
}
