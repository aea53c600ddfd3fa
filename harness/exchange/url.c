/* SPDX-License-Identifier: MIT */
#include "exchange/url.h"

#include <string.h>

/* Where the part ends that begins at `from`: before one of these bytes, or with the whole. */
static size_t end_of(struct text whole, size_t from, const char *stops)
{
    while (from < whole.size && (whole.at[from] == '\0' || !strchr(stops, whole.at[from]))) {
        from++;
    }
    return from;
}

static bool scheme_port(struct text scheme, uint16_t *ret_port)
{
    static const struct {
        const char *name;
        uint16_t port;
    } schemes[] = { { "http", 80 }, { "https", 443 }, { "ws", 80 }, { "wss", 443 } };
    for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
        if (text_equal_ignoring_case(scheme, text_of(schemes[i].name))) {
            *ret_port = schemes[i].port;
            return true;
        }
    }
    return false;
}

static bool parse_port(struct text digits, uint16_t *port)
{
    uint64_t number = 0;
    if (digits.size == 0) {
        return true; /* "host:" has the scheme's */
    }
    if (digits.size > 5 || !text_to_uint64(digits, &number) || number == 0 || number > 65535) {
        return false;
    }
    *port = (uint16_t)number;
    return true;
}

/* [userinfo@]host[:port] */
static bool parse_authority(struct text authority, struct url *url)
{
    size_t at = authority.size;
    while (at > 0 && authority.at[at - 1] != '@') {
        at--;
    }
    if (at > 0) {
        url->user_info = text_slice(authority, 0, at - 1);
        authority = text_from(authority, at);
    }
    size_t host_end;
    if (text_starts_with(authority, TEXT("["))) {
        size_t bracket = text_find_byte(authority, ']', 0);
        url->host = text_slice(authority, 1, bracket);
        host_end = bracket + 1;
    } else {
        host_end = text_find_byte(authority, ':', 0);
        url->host = text_slice(authority, 0, host_end);
    }
    if (url->host.size == 0 || host_end > authority.size) {
        return false;
    }
    struct text port = text_from(authority, host_end);
    return port.size == 0 || (port.at[0] == ':' && parse_port(text_from(port, 1), &url->port));
}

bool url_parse(struct text whole, struct url *ret_url)
{
    struct url url = { 0 };
    size_t scheme_end = text_find(whole, TEXT("://"), 0);
    if (whole.size > URL_SIZE_LIMIT || scheme_end == whole.size) {
        return false;
    }
    url.scheme = text_slice(whole, 0, scheme_end);
    size_t authority_end = end_of(whole, scheme_end + 3, "/?#");
    struct text authority = text_slice(whole, scheme_end + 3, authority_end);
    if (!scheme_port(url.scheme, &url.port) || !parse_authority(authority, &url)) {
        return false;
    }
    size_t path_end = end_of(whole, authority_end, "?#");
    url.path = text_slice(whole, authority_end, path_end);
    url.has_query = path_end < whole.size && whole.at[path_end] == '?';
    if (url.has_query) {
        url.query = text_slice(whole, path_end + 1, end_of(whole, path_end, "#"));
    }
    *ret_url = url;
    return true;
}

bool url_is_absolute(struct text whole)
{
    size_t at = 0;
    while (at < whole.size && ((whole.at[at] >= 'a' && whole.at[at] <= 'z') ||
                               (whole.at[at] >= 'A' && whole.at[at] <= 'Z') ||
                               (at > 0 && strchr("0123456789+-.", whole.at[at])))) {
        at++;
    }
    return at > 0 && text_starts_with(text_from(whole, at), TEXT("://"));
}

bool url_is_secure(const struct url *url)
{
    return text_equal_ignoring_case(url->scheme, TEXT("https")) ||
           text_equal_ignoring_case(url->scheme, TEXT("wss"));
}

bool url_same_origin(const struct url *a, const struct url *b)
{
    return url_is_secure(a) == url_is_secure(b) && a->port == b->port &&
           text_equal_ignoring_case(a->host, b->host);
}

bool url_is_loopback(const struct url *url)
{
    struct text host = url->host;
    struct text tail = host.size > 10 ? text_from(host, host.size - 10) : TEXT_EMPTY;
    if (text_equal_ignoring_case(host, TEXT("localhost")) || text_is(host, "::1") ||
        text_equal_ignoring_case(tail, TEXT(".localhost"))) {
        return true;
    }
    size_t dots = 0;
    for (size_t i = 0; i < host.size; i++) {
        dots += host.at[i] == '.';
        if (host.at[i] != '.' && (host.at[i] < '0' || host.at[i] > '9')) {
            return false;
        }
    }
    return dots == 3 && text_starts_with(host, TEXT("127."));
}

struct text url_password(struct text whole)
{
    size_t start = text_find(whole, TEXT("://"), 0) + 3;
    if (start > whole.size) {
        return TEXT_EMPTY;
    }
    struct text authority = text_slice(whole, start, text_find_byte(whole, '/', start));
    size_t at = authority.size;
    while (at > 0 && authority.at[at - 1] != '@') {
        at--;
    }
    struct text user_info = text_slice(authority, 0, at > 0 ? at - 1 : 0);
    size_t colon = text_find_byte(user_info, ':', 0);
    return colon < user_info.size ? text_from(user_info, colon + 1) : TEXT_EMPTY;
}
