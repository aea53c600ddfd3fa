/* SPDX-License-Identifier: MIT */
#include "exchange/cookie.h"

#include "base/clock.h"
#include "exchange/http_date.h"

static bool has_control(struct text text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte < 0x20 || byte == 0x7F) {
            return true;
        }
    }
    return false;
}

/* "name=value", both trimmed; without '=' all is the name. */
static struct cookie_attribute split_pair(struct text pair)
{
    size_t equals = text_find_byte(pair, '=', 0);
    return (struct cookie_attribute){
        .name = text_trim(text_slice(pair, 0, equals)),
        .value = equals < pair.size ? text_trim(text_from(pair, equals + 1)) : TEXT_EMPTY,
    };
}

/* RFC 6265, section 5.2.2: not a number means no Max-Age; zero or less is the past. */
static bool read_max_age(struct text value, uint64_t now_ns, uint64_t *expires_ns)
{
    uint64_t seconds;
    bool is_negative = text_starts_with(value, TEXT("-"));
    if (!text_to_uint64(is_negative ? text_from(value, 1) : value, &seconds)) {
        return false;
    }
    uint64_t left = (COOKIE_OF_SESSION - 1 - now_ns) / NANOSECONDS_PER_SECOND;
    if (is_negative || seconds == 0) {
        *expires_ns = 0;
    } else {
        *expires_ns =
            seconds > left ? COOKIE_OF_SESSION - 1 : now_ns + seconds * NANOSECONDS_PER_SECOND;
    }
    return true;
}

static void read_expiry(struct cookie *cookie, uint64_t now_ns)
{
    struct text value;
    uint64_t expires_ns;
    cookie->expires_ns = COOKIE_OF_SESSION;
    if (cookie_attribute_find(cookie, TEXT("Max-Age"), &value) &&
        read_max_age(value, now_ns, &expires_ns)) {
        cookie->expires_ns = expires_ns;
    } else if (cookie_attribute_find(cookie, TEXT("Expires"), &value) &&
               http_date_parse(value, &expires_ns)) {
        cookie->expires_ns = expires_ns;
    }
}

static void read_attributes(struct cookie *cookie, uint64_t now_ns)
{
    struct text value;
    if (cookie_attribute_find(cookie, TEXT("Domain"), &value)) {
        cookie->domain = text_starts_with(value, TEXT(".")) ? text_from(value, 1) : value;
    }
    if (cookie_attribute_find(cookie, TEXT("Path"), &value) &&
        text_starts_with(value, TEXT("/"))) {
        cookie->path = value;
    }
    cookie->is_host_only = cookie->domain.size == 0;
    cookie->is_secure = cookie_attribute_find(cookie, TEXT("Secure"), &value);
    cookie->is_http_only = cookie_attribute_find(cookie, TEXT("HttpOnly"), &value);
    read_expiry(cookie, now_ns);
}

bool cookie_parse(struct text set_cookie, uint64_t now_ns, struct cookie *ret_cookie)
{
    struct text rest = set_cookie;
    struct text part;
    if (set_cookie.size > COOKIE_SIZE_LIMIT || has_control(set_cookie) ||
        !text_take_until(&rest, ';', &part)) {
        return false;
    }
    struct cookie cookie = { 0 };
    struct cookie_attribute pair = split_pair(part);
    if (text_find_byte(part, '=', 0) == part.size || pair.name.size == 0) {
        return false;
    }
    cookie.name = pair.name;
    cookie.value = pair.value;
    while (text_take_until(&rest, ';', &part)) {
        pair = split_pair(part);
        if (pair.name.size > 0 && cookie.attribute_count < COOKIE_ATTRIBUTES_LIMIT) {
            cookie.attributes[cookie.attribute_count++] = pair;
        }
    }
    read_attributes(&cookie, now_ns);
    *ret_cookie = cookie;
    return true;
}

bool cookie_find_set(const struct headers *headers, struct text name, uint64_t now_ns,
                     struct cookie *ret_cookie)
{
    bool is_found = false;
    size_t index = 0;
    const struct header *header;
    while ((header = headers_next(headers, TEXT("Set-Cookie"), &index))) {
        struct cookie cookie;
        if (cookie_parse(header->value, now_ns, &cookie) && text_equal(cookie.name, name)) {
            *ret_cookie = cookie;
            is_found = true;
        }
    }
    return is_found;
}

/* The last of several counts (RFC 6265, section 5.3). */
bool cookie_attribute_find(const struct cookie *cookie, struct text name,
                           struct text *ret_value)
{
    for (unsigned i = cookie->attribute_count; i > 0; i--) {
        if (text_equal_ignoring_case(cookie->attributes[i - 1].name, name)) {
            *ret_value = cookie->attributes[i - 1].value;
            return true;
        }
    }
    return false;
}
