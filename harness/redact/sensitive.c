/* SPDX-License-Identifier: MIT */
#include "redact/sensitive.h"

#include <string.h>

#include "base/attribute.h"
#include "redact/secrets.h"

/* Compared without case, hyphens and underscores. */
static const char *const anywhere[] = {
    "password",  "passwd",     "passphrase", "secret",    "apikey",
    "accesskey", "privatekey", "credential", "authtoken", "accesstoken",
};
static const char *const at_the_end[] = { "token", "pwd", "sessionid", "csrf", "xsrf", "jwt" };
static const char *const headers_exactly[] = { "authorization", "proxyauthorization", "cookie",
                                               "setcookie" };

struct text sensitive_normalise(struct text key, char normal[SENSITIVE_KEY_LIMIT])
{
    size_t size = 0;
    size_t start = key.size > SENSITIVE_KEY_LIMIT ? key.size - SENSITIVE_KEY_LIMIT : 0;
    for (size_t i = start; i < key.size; i++) {
        char byte = key.at[i];
        if (byte == '-' || byte == '_' || byte == '.' || byte == ' ')
            continue;
        normal[size++] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
    }
    return text_make(normal, size);
}

bool sensitive_key(struct text key)
{
    char bytes[SENSITIVE_KEY_LIMIT];
    struct text normal = sensitive_normalise(key, bytes);
    for (size_t i = 0; i < ARRAY_SIZE(anywhere); i++)
        if (text_contains(normal, text_of(anywhere[i])))
            return true;
    for (size_t i = 0; i < ARRAY_SIZE(at_the_end); i++)
        if (text_ends_with(normal, text_of(at_the_end[i])))
            return true;
    return false;
}

bool sensitive_header(struct text name)
{
    char bytes[SENSITIVE_KEY_LIMIT];
    struct text normal = sensitive_normalise(name, bytes);
    for (size_t i = 0; i < ARRAY_SIZE(headers_exactly); i++)
        if (text_is(normal, headers_exactly[i]))
            return true;
    return sensitive_key(name);
}

/* "name=value; name=value" with the values masked: all of them, or only the first. */
static void print_cookies(struct buffer *out, struct text value, bool only_first)
{
    struct text rest = value;
    struct text part;
    for (size_t index = 0; text_take_until(&rest, ';', &part); index++) {
        size_t equals = text_find_byte(part, '=', 0);
        if (index > 0)
            buffer_add_byte(out, ';');
        if ((index > 0 && only_first)) {
            buffer_add(out, part);
        } else if (equals == part.size) {
            buffer_add_string(out, SECRETS_MASK);
        } else {
            buffer_add(out, text_slice(part, 0, equals + 1));
            buffer_add_string(out, SECRETS_MASK);
        }
    }
}

void sensitive_print_header(struct buffer *out, struct text name, struct text value)
{
    if (!sensitive_header(name)) {
        buffer_add(out, value);
    } else if (text_equal_ignoring_case(name, TEXT("Cookie"))) {
        print_cookies(out, value, false);
    } else if (text_equal_ignoring_case(name, TEXT("Set-Cookie"))) {
        print_cookies(out, value, true);
    } else {
        size_t space = text_find_byte(value, ' ', 0);
        if (space < value.size && text_ends_with(name, TEXT("uthorization")))
            buffer_add(out, text_slice(value, 0, space + 1));
        buffer_add_string(out, SECRETS_MASK);
    }
}

/* key=value&… */
static void print_pairs(struct buffer *out, struct text pairs)
{
    struct text rest = pairs;
    struct text pair;
    for (size_t index = 0; text_take_until(&rest, '&', &pair); index++) {
        size_t equals = text_find_byte(pair, '=', 0);
        if (index > 0)
            buffer_add_byte(out, '&');
        if (equals + 1 < pair.size && sensitive_key(text_slice(pair, 0, equals))) {
            buffer_add(out, text_slice(pair, 0, equals + 1));
            buffer_add_string(out, SECRETS_MASK);
        } else {
            buffer_add(out, pair);
        }
    }
}

void sensitive_print_url(struct buffer *out, struct text url)
{
    size_t slashes = text_find(url, TEXT("://"), 0);
    size_t authority = slashes == url.size ? 0 : slashes + 3;
    size_t path = authority;
    while (path < url.size && !strchr("/?#", url.at[path]))
        path++;
    size_t at = path;
    while (at > authority && url.at[at - 1] != '@')
        at--;
    size_t colon = text_find_byte(url, ':', authority);
    size_t shown = 0;
    if (at > authority && colon < at) {
        buffer_add(out, text_slice(url, 0, colon + 1));
        buffer_add_string(out, SECRETS_MASK);
        shown = at - 1;
    }
    size_t question = text_find_byte(url, '?', path);
    if (question == url.size) {
        buffer_add(out, text_from(url, shown));
        return;
    }
    buffer_add(out, text_slice(url, shown, question + 1));
    print_pairs(out, text_from(url, question + 1));
}

static size_t skip_spaces(struct text text, size_t at)
{
    while (at < text.size && strchr(" \t\r\n", text.at[at]) && text.at[at] != '\0')
        at++;
    return at;
}

/* Offset after the closing quote of the string that starts at `at`; the end when it is cut. */
static size_t string_end(struct text text, size_t at)
{
    for (at++; at < text.size; at++) {
        if (text.at[at] == '\\')
            at++;
        else if (text.at[at] == '"')
            return at + 1;
    }
    return text.size;
}

/* End of the string or number at `at`, or `at` for anything else. */
static size_t scalar_end(struct text text, size_t at)
{
    if (at >= text.size)
        return at;
    if (text.at[at] == '"')
        return string_end(text, at);
    while (at < text.size && text.at[at] != '\0' && strchr("+-.0123456789eE", text.at[at]))
        at++;
    return at;
}

static void print_json(struct buffer *out, struct text body)
{
    size_t shown = 0;
    size_t at = 0;
    while ((at = text_find_byte(body, '"', at)) < body.size) {
        size_t key_end = string_end(body, at);
        struct text key = text_slice(body, at + 1, key_end - 1);
        at = skip_spaces(body, key_end);
        if (at >= body.size || body.at[at] != ':') {
            at = key_end;
            continue;
        }
        at = skip_spaces(body, at + 1);
        size_t end = scalar_end(body, at);
        if (end == at || !sensitive_key(key))
            continue;
        buffer_add(out, text_slice(body, shown, at));
        buffer_add_string(out, "\"" SECRETS_MASK "\"");
        shown = end;
        at = end;
    }
    buffer_add(out, text_from(body, shown));
}

/* RFC 7578: name="key", an empty line, the value up to the next boundary. */
static void print_multipart(struct buffer *out, struct text body)
{
    const struct text name = TEXT(" name=\"");
    size_t shown = 0;
    size_t at = 0;
    while ((at = text_find(body, name, at)) < body.size) {
        size_t start = at + name.size;
        size_t end = text_find_byte(body, '"', start);
        at = end;
        if (!sensitive_key(text_slice(body, start, end)))
            continue;
        size_t value = text_find(body, TEXT("\r\n\r\n"), end);
        at = text_find(body, TEXT("\r\n--"), value);
        if (value == body.size)
            break;
        buffer_add(out, text_slice(body, shown, value + 4));
        buffer_add_string(out, SECRETS_MASK);
        shown = at;
    }
    buffer_add(out, text_from(body, shown));
}

void sensitive_print_body(struct buffer *out, struct text body)
{
    size_t start = skip_spaces(body, 0);
    char first = start < body.size ? body.at[start] : '\0';
    if (text_starts_with(body, TEXT("--")))
        print_multipart(out, body);
    else if (first == '{' || first == '[')
        print_json(out, body);
    else if (first != '<' && first != '"' && text_find_byte(body, '=', 0) < body.size)
        print_pairs(out, body);
    else
        buffer_add(out, body);
}
