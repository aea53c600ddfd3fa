/* SPDX-License-Identifier: MIT */
#include "redact/redaction/parts.h"

#include <string.h>

#include "base/attribute.h"
#include "format/base64.h"

/* Keys that say what they are: a prefix, then at least so many of the bytes allowed. */
struct prefix {
    struct text start;
    unsigned shortest;
    const char *kind;
};

static const struct prefix prefixes[] = {
    { TEXT_STATIC("AKIA"), 16, "aws-key" },
    { TEXT_STATIC("ASIA"), 16, "aws-key" },
    { TEXT_STATIC("AIza"), 35, "google-key" },
    { TEXT_STATIC("ghp_"), 16, "github-token" },
    { TEXT_STATIC("gho_"), 16, "github-token" },
    { TEXT_STATIC("ghu_"), 16, "github-token" },
    { TEXT_STATIC("ghs_"), 16, "github-token" },
    { TEXT_STATIC("ghr_"), 16, "github-token" },
    { TEXT_STATIC("github_pat_"), 16, "github-token" },
    { TEXT_STATIC("glpat-"), 16, "gitlab-token" },
    { TEXT_STATIC("sk_live_"), 8, "stripe-key" },
    { TEXT_STATIC("sk_test_"), 8, "stripe-key" },
    { TEXT_STATIC("rk_live_"), 8, "stripe-key" },
    { TEXT_STATIC("rk_test_"), 8, "stripe-key" },
    { TEXT_STATIC("whsec_"), 16, "stripe-key" },
    { TEXT_STATIC("xoxa-"), 8, "slack-token" },
    { TEXT_STATIC("xoxb-"), 8, "slack-token" },
    { TEXT_STATIC("xoxe-"), 8, "slack-token" },
    { TEXT_STATIC("xoxp-"), 8, "slack-token" },
    { TEXT_STATIC("xoxr-"), 8, "slack-token" },
    { TEXT_STATIC("xoxs-"), 8, "slack-token" },
    { TEXT_STATIC("npm_"), 36, "npm-token" },
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_word(char byte)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_token_byte(char byte)
{
    return is_word(byte) || byte == '-' || byte == '_';
}

static size_t run_end(struct text value, size_t at, const char *also)
{
    while (at < value.size && (is_token_byte(value.at[at]) ||
                               (value.at[at] != '\0' && strchr(also, value.at[at]) != NULL)))
        at++;
    return at;
}

/* RFC 7519: three parts of base64url, of which the first is that of an object. */
static bool look_jwt(struct text value, size_t at, struct look *ret)
{
    if (!text_starts_with(text_from(value, at), TEXT("ey")))
        return false;
    size_t header = run_end(value, at, "");
    if (header - at < 10 || header >= value.size || value.at[header] != '.')
        return false;
    size_t claims = run_end(value, header + 1, "");
    if (claims - header < 3 || claims >= value.size || value.at[claims] != '.')
        return false;
    *ret = (struct look){ at, run_end(value, claims + 1, "."), "jwt" };
    return true;
}

static bool look_prefix(struct text value, size_t at, struct look *ret)
{
    struct text rest = text_from(value, at);
    for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++) {
        if (!text_starts_with(rest, prefixes[i].start))
            continue;
        size_t end = run_end(value, at + prefixes[i].start.size, "");
        if (end - at < prefixes[i].start.size + prefixes[i].shortest)
            return false;
        *ret = (struct look){ at, end, prefixes[i].kind };
        return true;
    }
    return false;
}

/* "user:password" in base64. */
static bool is_basic(struct text encoded)
{
    struct arena arena;
    arena_init(&arena);
    struct text decoded;
    bool is_pair = encoded.size >= 4 && base64_decode(&arena, encoded, &decoded) &&
                   text_find_byte(decoded, ':', 0) < decoded.size;
    arena_release(&arena);
    return is_pair;
}

/* The credentials behind the scheme, which stays (RFC 6750, RFC 7617). */
static bool look_scheme(struct text value, size_t at, struct look *ret)
{
    bool is_bearer = text_equal_ignoring_case(text_slice(value, at, at + 7), TEXT("bearer "));
    if (!is_bearer && !text_equal_ignoring_case(text_slice(value, at, at + 6), TEXT("basic ")))
        return false;
    size_t start = at + (is_bearer ? 7 : 6);
    size_t end = run_end(value, start, ".~+/=:");
    struct text credentials = text_slice(value, start, end);
    if (is_bearer ? !redaction_looks_random(credentials, 8) && credentials.size < 20
                  : !is_basic(credentials))
        return false;
    *ret = (struct look){ start, end, is_bearer ? "bearer" : "basic" };
    return true;
}

/* RFC 7468: private keys, to their end line; certificates are public. */
static bool look_pem(struct text value, size_t at, struct look *ret)
{
    if (!text_starts_with(text_from(value, at), TEXT("-----BEGIN ")))
        return false;
    size_t label = text_find(value, TEXT("-----"), at + 11);
    if (!text_ends_with(text_slice(value, at, label), TEXT("PRIVATE KEY")))
        return false;
    size_t last = text_find(value, TEXT("-----END "), label);
    size_t end = text_find(value, TEXT("-----"), last + 9);
    *ret = (struct look){ at, end < value.size ? end + 5 : value.size, "private-key" };
    return true;
}

/* ISO/IEC 7812-1, annex B. */
static bool passes_luhn(const char *digits, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = (unsigned)(digits[count - 1 - i] - '0');
        unsigned doubled = i % 2 == 0 ? digit : 2 * digit;
        sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
}

static unsigned leading(const char *digits, size_t count)
{
    unsigned number = 0;
    for (size_t i = 0; i < count; i++)
        number = 10 * number + (unsigned)(digits[i] - '0');
    return number;
}

/* The ranges that issuers have; one in ten ids passes the sum alone. */
static bool has_issuer(const char *digits, size_t count)
{
    unsigned two = leading(digits, 2);
    switch (count) {
    case 13:
        return digits[0] == '4';
    case 14:
        return two == 30 || two == 36 || two == 38 || two == 39;
    case 15:
        return two == 34 || two == 37;
    case 16:
        return digits[0] == '4' || digits[0] == '6' || two == 35 || two == 50 ||
               (two >= 51 && two <= 58) ||
               (leading(digits, 4) >= 2221 && leading(digits, 4) <= 2720);
    default:
        return digits[0] == '6' || (digits[0] == '4' && count == 19);
    }
}

bool redaction_is_card(struct text digits)
{
    for (size_t i = 0; i < digits.size; i++)
        if (!is_digit(digits.at[i]))
            return false;
    return digits.size >= 13 && digits.size <= 19 && has_issuer(digits.at, digits.size) &&
           passes_luhn(digits.at, digits.size);
}

/* 13 to 19 digits, all together or in groups of four to six behind single blanks or hyphens. */
static bool look_card(struct text value, size_t at, struct look *ret)
{
    char digits[20];
    size_t count = 0;
    size_t groups = 1;
    size_t end = at;
    for (size_t i = at; i < value.size && count < sizeof digits; i++) {
        bool is_gap = (value.at[i] == ' ' || value.at[i] == '-') && i == end && i > at + 3;
        if (is_gap && i + 1 < value.size && is_digit(value.at[i + 1])) {
            groups++;
            end = i + 1;
        } else if (is_digit(value.at[i])) {
            digits[count++] = value.at[i];
            end = i + 1;
        } else {
            break;
        }
    }
    bool is_cut = end < value.size && (is_word(value.at[end]) || value.at[end] == '.');
    if (is_cut || count < 13 || count > 19)
        return false;
    bool is_one = groups > 1 ? groups >= 3 && groups <= 5 && passes_luhn(digits, count)
                             : redaction_is_card(text_make(digits, count));
    if (is_one)
        *ret = (struct look){ at, end, "card" };
    return is_one;
}

static bool look_mail(struct text value, size_t at, size_t from, struct look *ret)
{
    size_t start = at;
    while (start > from &&
           (is_token_byte(value.at[start - 1]) || strchr(".+%", value.at[start - 1]) != NULL) &&
           value.at[start - 1] != '\0')
        start--;
    size_t end = run_end(value, at + 1, ".");
    while (end > at + 1 && value.at[end - 1] == '.')
        end--;
    if (start == at || text_find_byte(text_slice(value, at + 2, end), '.', 0) + 2 >= end - at)
        return false;
    *ret = (struct look){ start, end, "email" };
    return true;
}

static bool look_at(const struct redaction *redaction, struct text value, size_t at,
                    size_t from, struct look *ret)
{
    char byte = value.at[at];
    if (byte == '@')
        return redaction->looks_for_mail && look_mail(value, at, from, ret);
    if (byte == '-')
        return look_pem(value, at, ret);
    bool is_start = at == 0 || !is_word(value.at[at - 1]);
    if (!is_start || !is_word(byte))
        return false;
    if (is_digit(byte))
        return (at == 0 || value.at[at - 1] != '.') && look_card(value, at, ret);
    switch (byte) {
    case 'e':
        return look_jwt(value, at, ret);
    case 'B':
    case 'b':
        return look_scheme(value, at, ret);
    case 'A':
    case 'g':
    case 'n':
    case 'r':
    case 's':
    case 'w':
    case 'x':
        return look_prefix(value, at, ret);
    default:
        return false;
    }
}

bool redaction_look(const struct redaction *redaction, struct text value, size_t from,
                    struct look *ret_look)
{
    for (size_t at = from; at < value.size; at++) {
        struct redaction_token token;
        bool may_be_token = value.at[at] == '\xe2' || value.at[at] == '%';
        if (may_be_token && redaction_token_at(value, at, &token))
            at += token.size - 1;
        else if (look_at(redaction, value, at, from, ret_look))
            return true;
    }
    return false;
}
