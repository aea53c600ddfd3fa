/* SPDX-License-Identifier: MIT */
/* The formats that strings can have (validation vocabulary, section 7.3). */
#include "format/json_schema/schema_format.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/attribute.h"
#include "format/json_schema/schema_time.h"
#include "format/regex.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_alphanumeric(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(char c, const char *characters)
{
    return c != '\0' && strchr(characters, c) != NULL;
}

static bool is_uuid(struct text text)
{
    for (size_t i = 0; i < text.size; i++) {
        bool wants_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (wants_dash ? text.at[i] != '-' : !is_hex(text.at[i])) {
            return false;
        }
    }
    return text.size == 36;
}

/* --- addresses --- */

static bool is_address(int family, struct text text)
{
    char terminated[64];
    unsigned char address[16];
    if (text.size >= sizeof terminated || text_find_byte(text, '\0', 0) < text.size) {
        return false;
    }
    memcpy(terminated, text.at, text.size);
    terminated[text.size] = '\0';
    return inet_pton(family, terminated, address) == 1;
}

static bool is_ipv4(struct text text)
{
    return is_address(AF_INET, text);
}

static bool is_ipv6(struct text text)
{
    return is_address(AF_INET6, text);
}

/* RFC 5891, section 4.2.3.1: "--" in the third and fourth place is for A-labels. */
static bool is_reserved(struct text label)
{
    return label.size > 3 && label.at[2] == '-' && label.at[3] == '-' &&
           !text_equal_ignoring_case(text_slice(label, 0, 4), TEXT("xn--"));
}

static bool is_label(struct text label)
{
    for (size_t i = 0; i < label.size; i++) {
        bool is_inside = i > 0 && i + 1 < label.size;
        if (!is_alphanumeric(label.at[i]) && !(is_inside && label.at[i] == '-')) {
            return false;
        }
    }
    return label.size > 0 && label.size <= 63 && !is_reserved(label);
}

static bool is_hostname(struct text text)
{
    struct text rest = text;
    struct text label;
    if (text.size == 0 || text.size > 253) {
        return false;
    }
    while (text_take_until(&rest, '.', &label)) {
        if (!is_label(label)) {
            return false;
        }
    }
    return true;
}

/* --- email: RFC 5321, section 4.1.2 --- */

static bool is_quoted_local(struct text local)
{
    for (size_t i = 1; i + 1 < local.size; i++) {
        unsigned char c = (unsigned char)local.at[i];
        bool is_escape = c == '\\' && i + 2 < local.size;
        i += is_escape;
        if (!is_escape && (c < 32 || c > 126 || c == '"' || c == '\\')) {
            return false;
        }
    }
    return local.size >= 2 && local.at[local.size - 1] == '"';
}

static bool is_local(struct text local)
{
    struct text rest = local;
    struct text atom;
    if (text_starts_with(local, TEXT("\""))) {
        return is_quoted_local(local);
    }
    while (text_take_until(&rest, '.', &atom)) {
        for (size_t i = 0; i < atom.size; i++) {
            if (!is_alphanumeric(atom.at[i]) && !is_one_of(atom.at[i], "!#$%&'*+-/=?^_`{|}~")) {
                return false;
            }
        }
        if (atom.size == 0) {
            return false;
        }
    }
    return true;
}

static bool is_mail_domain(struct text domain)
{
    if (domain.size < 2 || domain.at[0] != '[' || domain.at[domain.size - 1] != ']') {
        return is_hostname(domain);
    }
    struct text literal = text_slice(domain, 1, domain.size - 1);
    return text_starts_with(literal, TEXT("IPv6:")) ? is_ipv6(text_from(literal, 5))
                                                    : is_ipv4(literal);
}

static bool is_email(struct text text)
{
    size_t at = text.size;
    while (at > 0 && text.at[at - 1] != '@') {
        at--;
    }
    return at > 1 && is_local(text_slice(text, 0, at - 1)) &&
           is_mail_domain(text_from(text, at));
}

/* --- URI: RFC 3986 --- */

/* Unreserved, sub-delims and these; %XX. */
static bool is_uri_part(struct text text, const char *also)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.at[i];
        bool is_encoded =
            c == '%' && i + 2 < text.size && is_hex(text.at[i + 1]) && is_hex(text.at[i + 2]);
        if (!is_encoded && !is_alphanumeric(c) && !is_one_of(c, "-._~!$&'()*+,;=") &&
            !is_one_of(c, also)) {
            return false;
        }
        i += is_encoded ? 2 : 0;
    }
    return true;
}

static bool is_port(struct text text)
{
    for (size_t i = 1; i < text.size; i++) {
        if (!is_digit(text.at[i])) {
            return false;
        }
    }
    return text.size == 0 || text.at[0] == ':';
}

static bool is_authority(struct text authority)
{
    size_t at = text_find_byte(authority, '@', 0);
    struct text host = at < authority.size ? text_from(authority, at + 1) : authority;
    if (at < authority.size && !is_uri_part(text_slice(authority, 0, at), ":")) {
        return false;
    }
    if (text_starts_with(host, TEXT("["))) {
        size_t end = text_find_byte(host, ']', 0);
        struct text literal = text_slice(host, 1, end);
        bool is_future = text_starts_with(literal, TEXT("v")) && is_uri_part(literal, ":");
        return end < host.size && (is_ipv6(literal) || is_future) &&
               is_port(text_from(host, end + 1));
    }
    size_t colon = text_find_byte(host, ':', 0);
    return is_uri_part(text_slice(host, 0, colon), "") && is_port(text_from(host, colon));
}

static bool is_scheme(struct text scheme)
{
    for (size_t i = 0; i < scheme.size; i++) {
        bool is_first_ok = is_alphanumeric(scheme.at[i]) && !is_digit(scheme.at[i]);
        bool is_later_ok = is_alphanumeric(scheme.at[i]) || is_one_of(scheme.at[i], "+-.");
        if (i == 0 ? !is_first_ok : !is_later_ok) {
            return false;
        }
    }
    return scheme.size > 0;
}

static bool is_uri(struct text text)
{
    size_t colon = text_find_byte(text, ':', 0);
    size_t hash = text_find_byte(text, '#', 0);
    if (colon == text.size || !is_scheme(text_slice(text, 0, colon)) ||
        !is_uri_part(text_from(text, hash + 1), ":@/?")) {
        return false;
    }
    struct text rest = text_slice(text, colon + 1, hash);
    size_t query = text_find_byte(rest, '?', 0);
    struct text path = text_slice(rest, 0, query);
    if (text_starts_with(path, TEXT("//"))) {
        size_t end = text_find_byte(path, '/', 2);
        if (!is_authority(text_slice(path, 2, end))) {
            return false;
        }
        path = text_from(path, end);
    }
    return is_uri_part(path, ":@/") && is_uri_part(text_from(rest, query), ":@/?");
}

static bool is_json_pointer(struct text text)
{
    for (size_t i = 0; i < text.size; i++) {
        bool is_escape = i + 1 < text.size && is_one_of(text.at[i + 1], "01");
        if (text.at[i] == '~' && !is_escape) {
            return false;
        }
    }
    return text.size == 0 || text.at[0] == '/';
}

static bool is_regex(struct text text)
{
    CLEANUP(regex_release) struct regex *regex = NULL;
    return regex_compile(text, 0, &regex, NULL);
}

static const struct format_row {
    const char *name;
    bool (*fits)(struct text text);
} formats[] = {
    { "date-time", schema_time_is_date_time },
    { "date", schema_time_is_date },
    { "time", schema_time_is_time },
    { "uuid", is_uuid },
    { "uri", is_uri },
    { "email", is_email },
    { "hostname", is_hostname },
    { "ipv4", is_ipv4 },
    { "ipv6", is_ipv6 },
    { "json-pointer", is_json_pointer },
    { "regex", is_regex },
};

static const struct format_row *find(struct text format)
{
    for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
        if (text_is(format, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}

bool schema_format_is_known(struct text format)
{
    return find(format) != NULL;
}

bool schema_format_fits(struct text format, struct text text)
{
    const struct format_row *row = find(format);
    return row && row->fits(text);
}
