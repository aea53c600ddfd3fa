/* SPDX-License-Identifier: MIT */
#include "deploy/image/challenge.h"

static bool is_token_byte(char byte)
{
    return byte > ' ' && byte < 0x7f && !memchr("()<>@,;:\\\"/[]?={}", byte, 17);
}

static struct text take_token(struct text *rest)
{
    size_t size = 0;
    while (size < rest->size && is_token_byte(rest->at[size])) {
        size++;
    }
    struct text token = text_slice(*rest, 0, size);
    *rest = text_from(*rest, size);
    return token;
}

/* Commas may repeat (RFC 9110, section 5.6.1). */
static void skip_space(struct text *rest, bool with_commas)
{
    size_t size = 0;
    while (size < rest->size && (rest->at[size] == ' ' || rest->at[size] == '\t' ||
                                 (with_commas && rest->at[size] == ','))) {
        size++;
    }
    *rest = text_from(*rest, size);
}

/* A token, or what stands in quotes. */
static bool take_value(struct text *rest, struct arena *arena, struct text *ret_value)
{
    if (rest->size == 0 || rest->at[0] != '"') {
        *ret_value = take_token(rest);
        return ret_value->size > 0;
    }
    char *value = arena_alloc(arena, rest->size);
    size_t size = 0;
    for (size_t i = 1; i < rest->size; i++) {
        if (rest->at[i] == '"') {
            *ret_value = text_make(value, size);
            *rest = text_from(*rest, i + 1);
            return true;
        }
        i += rest->at[i] == '\\' && i + 1 < rest->size;
        value[size++] = rest->at[i];
    }
    return false;
}

/* `name = value`; *rest stays where it is when something else stands there. */
static bool take_parameter(struct text *rest, struct arena *arena, struct headers *parameters)
{
    struct text after = *rest;
    struct text name = take_token(&after);
    struct text value;
    skip_space(&after, false);
    if (name.size == 0 || after.size == 0 || after.at[0] != '=') {
        return false;
    }
    after = text_from(after, 1);
    skip_space(&after, false);
    if (!take_value(&after, arena, &value)) {
        return false;
    }
    headers_add(parameters, arena, name, value);
    *rest = after;
    return true;
}

bool challenge_next(struct text *rest, struct arena *arena, struct challenge *ret_challenge)
{
    skip_space(rest, true);
    struct challenge challenge = { .scheme = take_token(rest) };
    if (challenge.scheme.size == 0) {
        return false;
    }
    skip_space(rest, false);
    while (take_parameter(rest, arena, &challenge.parameters)) {
        skip_space(rest, true);
    }
    *ret_challenge = challenge;
    return true;
}

bool challenge_find(const struct headers *headers, struct text scheme, struct arena *arena,
                    struct challenge *ret_challenge)
{
    size_t index = 0;
    const struct header *field;
    while ((field = headers_next(headers, TEXT("WWW-Authenticate"), &index))) {
        struct text rest = field->value;
        struct challenge challenge;
        while (challenge_next(&rest, arena, &challenge)) {
            if (text_equal_ignoring_case(challenge.scheme, scheme)) {
                *ret_challenge = challenge;
                return true;
            }
        }
    }
    return false;
}
