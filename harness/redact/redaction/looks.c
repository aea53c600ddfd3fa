/* SPDX-License-Identifier: MIT */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "format/base64.h"
#include "redact/redaction/bytes.h"

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

static size_t run_end(struct text value, size_t at, const char *also)
{
    while (at < value.size &&
           (byte_is_token(value.at[at]) || byte_is_one_of(value.at[at], also)))
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

/* The ranges that issuers have (the first digits of a number of so many); one in ten ids passes the
 * sum alone. */
struct issuer {
    size_t shortest;
    size_t longest;
    size_t digits;
    unsigned first;
    unsigned last;
};
static const struct issuer issuers[] = {
    { 13, 13, 1, 4, 4 },   { 14, 14, 2, 30, 30 }, { 14, 14, 2, 36, 36 },
    { 14, 14, 2, 38, 39 }, { 15, 15, 2, 34, 34 }, { 15, 15, 2, 37, 37 },
    { 16, 16, 1, 4, 4 },   { 16, 19, 1, 6, 6 },   { 16, 16, 2, 35, 35 },
    { 16, 16, 2, 50, 58 }, { 19, 19, 1, 4, 4 },   { 16, 16, 4, 2221, 2720 },
};

static bool has_issuer(const char *digits, size_t count)
{
    for (size_t i = 0; i < ARRAY_SIZE(issuers); i++) {
        const struct issuer *issuer = &issuers[i];
        unsigned first = leading(digits, issuer->digits);
        if (count >= issuer->shortest && count <= issuer->longest && first >= issuer->first &&
            first <= issuer->last)
            return true;
    }
    return false;
}

bool redaction_is_card(struct text digits)
{
    for (size_t i = 0; i < digits.size; i++)
        if (!byte_is_digit(digits.at[i]))
            return false;
    return digits.size >= 13 && digits.size <= 19 && has_issuer(digits.at, digits.size) &&
           passes_luhn(digits.at, digits.size);
}

/* Digits in groups behind single blanks or hyphens. */
struct digits {
    char at[20];
    size_t count;
    size_t groups;
    size_t end; /* in the text */
};

static bool is_gap(struct text value, size_t at)
{
    return byte_is_one_of(value.at[at], " -") && at + 1 < value.size &&
           byte_is_digit(value.at[at + 1]);
}

static struct digits read_digits(struct text value, size_t at)
{
    struct digits digits = { .groups = 1, .end = at };
    for (; digits.end < value.size && digits.count < sizeof digits.at; digits.end++) {
        if (byte_is_digit(value.at[digits.end]))
            digits.at[digits.count++] = value.at[digits.end];
        else if (is_gap(value, digits.end))
            digits.groups++;
        else
            break;
    }
    return digits;
}

static bool is_cut(struct text value, size_t end)
{
    return end < value.size && (byte_is_word(value.at[end]) || value.at[end] == '.');
}

/* Three to five groups, the first of four digits. */
static bool look_groups(struct text value, size_t at, struct look *ret)
{
    struct digits digits = read_digits(value, at);
    if (digits.groups < 3 || digits.groups > 5 || digits.count < 13 || digits.count > 19 ||
        is_cut(value, digits.end) || !passes_luhn(digits.at, digits.count))
        return false;
    *ret = (struct look){ at, digits.end, "card" };
    return true;
}

static bool look_card(struct text value, size_t at, struct look *ret)
{
    size_t end = at;
    while (end < value.size && byte_is_digit(value.at[end]))
        end++;
    if (end - at == 4 && look_groups(value, at, ret))
        return true;
    if (is_cut(value, end) || !redaction_is_card(text_slice(value, at, end)))
        return false;
    *ret = (struct look){ at, end, "card" };
    return true;
}

static bool look_mail(struct text value, size_t at, size_t from, struct look *ret)
{
    size_t start = at;
    while (start > from &&
           (byte_is_token(value.at[start - 1]) || strchr(".+%", value.at[start - 1]) != NULL) &&
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

/* What starts with a letter or a digit. */
static bool look_word(struct text value, size_t at, struct look *ret)
{
    char byte = value.at[at];
    if (byte_is_digit(byte))
        return (at == 0 || value.at[at - 1] != '.') && look_card(value, at, ret);
    if (byte == 'e')
        return look_jwt(value, at, ret);
    if (byte == 'B' || byte == 'b')
        return look_scheme(value, at, ret);
    return byte_is_one_of(byte, "Agnrswx") && look_prefix(value, at, ret);
}

static bool look_at(const struct redaction *redaction, struct text value, size_t at,
                    size_t from, struct look *ret)
{
    char byte = value.at[at];
    if (byte_is_word(byte))
        return (at == 0 || !byte_is_word(value.at[at - 1])) && look_word(value, at, ret);
    if (byte == '@')
        return redaction->looks_for_mail && look_mail(value, at, from, ret);
    return byte == '-' && look_pem(value, at, ret);
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
