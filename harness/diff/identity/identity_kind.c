/* SPDX-License-Identifier: MIT */
#include "diff/identity.h"

#include "base/attribute.h"
#include "diff/kind.h"

enum {
    ULID_SIZE = 26,
    NANOID_SIZE = 21,
    HEX_LEAST = 16,
    BASE64_LEAST = 20,
    DIGITS_LEAST = 6,
    TOKEN_LIMIT = 4096
};

static const char *const kind_names[] = {
    [IDENTITY_NONE] = "no id",
    [IDENTITY_UUID] = "uuid",
    [IDENTITY_ULID] = "ulid",
    [IDENTITY_NANOID] = "nanoid",
    [IDENTITY_HEX] = "hexadecimal token",
    [IDENTITY_BASE64] = "base64 token",
    [IDENTITY_JWT] = "JWT",
    [IDENTITY_INTEGER] = "long integer",
    [IDENTITY_REDACTED] = "redacted value",
};

const char *identity_kind_name(enum identity_kind kind)
{
    return kind_names[kind];
}

/* What a text is made of. */
enum letter {
    LETTER_DIGIT,
    LETTER_LOWER,
    LETTER_UPPER,
    LETTER_HEX,       /* of a to f */
    LETTER_CROCKFORD, /* of base 32: upper case and digits but I L O U */
    LETTER_SIGN,      /* of base64 */
    LETTER_DOT,
    LETTER_KNOWN, /* any of these, - and _ */
    LETTERS
};

#define BIT(letter) (1U << (letter))

static bool is_between(char c, char first, char last)
{
    return c >= first && c <= last;
}

static unsigned letters_of_letter(char c)
{
    bool is_upper = is_between(c, 'A', 'Z');
    char small = is_upper ? (char)(c - 'A' + 'a') : c;
    unsigned letters = BIT(LETTER_KNOWN) | BIT(is_upper ? LETTER_UPPER : LETTER_LOWER);
    if (small <= 'f') {
        letters |= BIT(LETTER_HEX);
    }
    if (is_upper && !strchr("ILOU", c)) {
        letters |= BIT(LETTER_CROCKFORD);
    }
    return letters;
}

static unsigned letters_of(char c)
{
    if (is_between(c, 'a', 'z') || is_between(c, 'A', 'Z')) {
        return letters_of_letter(c);
    }
    if (is_between(c, '0', '9')) {
        return BIT(LETTER_KNOWN) | BIT(LETTER_DIGIT) | BIT(LETTER_CROCKFORD);
    }
    if (c == '.') {
        return BIT(LETTER_KNOWN) | BIT(LETTER_DOT);
    }
    if (c == '+' || c == '/' || c == '=') {
        return BIT(LETTER_KNOWN) | BIT(LETTER_SIGN);
    }
    return c == '-' || c == '_' ? BIT(LETTER_KNOWN) : 0;
}

/* Up to the first byte that no id has. */
static void count_letters(struct text value, size_t counts[LETTERS])
{
    for (size_t at = 0; at < value.size; at++) {
        unsigned letters = letters_of(value.at[at]);
        for (size_t i = 0; i < LETTERS; i++) {
            counts[i] += letters >> i & 1;
        }
        if (letters == 0) {
            return;
        }
    }
}

static bool is_hex_token(struct text value, const size_t counts[LETTERS])
{
    return value.size >= HEX_LEAST && counts[LETTER_DIGIT] && counts[LETTER_HEX] &&
           counts[LETTER_DIGIT] + counts[LETTER_HEX] == value.size;
}

static bool is_ulid(struct text value, const size_t counts[LETTERS])
{
    return value.size == ULID_SIZE && counts[LETTER_CROCKFORD] == value.size &&
           value.at[0] <= '7';
}

static enum identity_kind kind_of_token(struct text value, const size_t counts[LETTERS])
{
    bool is_mixed = counts[LETTER_UPPER] && counts[LETTER_LOWER];
    if (is_hex_token(value, counts)) {
        return IDENTITY_HEX;
    }
    if (is_ulid(value, counts)) {
        return IDENTITY_ULID;
    }
    if (value.size == NANOID_SIZE && is_mixed && counts[LETTER_SIGN] == 0) {
        return IDENTITY_NANOID;
    }
    return value.size >= BASE64_LEAST && is_mixed && counts[LETTER_DIGIT] ? IDENTITY_BASE64
                                                                          : IDENTITY_NONE;
}

static bool is_jwt(struct text value, const size_t counts[LETTERS])
{
    return counts[LETTER_DOT] == 2 && text_starts_with(value, TEXT("ey")) &&
           counts[LETTER_SIGN] == 0 && value.size >= BASE64_LEAST;
}

static bool is_redacted(struct text value)
{
    return text_starts_with(value, TEXT("‹redacted:")) && text_ends_with(value, TEXT("›"));
}

enum identity_kind identity_kind_of(struct text name, struct text value)
{
    size_t counts[LETTERS] = { 0 };
    if (is_redacted(value)) {
        return IDENTITY_REDACTED;
    }
    if (value.size < DIGITS_LEAST || value.size > TOKEN_LIMIT) {
        return IDENTITY_NONE;
    }
    count_letters(value, counts);
    if (counts[LETTER_KNOWN] < value.size) {
        return IDENTITY_NONE;
    }
    if (counts[LETTER_DIGIT] == value.size) {
        return identity_is_id_name(name) ? IDENTITY_INTEGER : IDENTITY_NONE;
    }
    if (counts[LETTER_DOT]) {
        return is_jwt(value, counts) ? IDENTITY_JWT : IDENTITY_NONE;
    }
    return kind_is_uuid(value) ? IDENTITY_UUID : kind_of_token(value, counts);
}

/* `id` behind a border: _id, -id, .id, 2id, userId, userID. */
static bool ends_like(struct text name, struct text ending)
{
    size_t start = name.size - ending.size;
    if (name.size < ending.size || !text_equal_ignoring_case(text_from(name, start), ending)) {
        return false;
    }
    char before = start ? name.at[start - 1] : '_';
    bool is_border = before == '_' || before == '-' || before == '.' || before == '$' ||
                     is_between(before, '0', '9');
    return is_border || (is_between(before, 'a', 'z') && is_between(name.at[start], 'A', 'Z'));
}

bool identity_is_id_name(struct text name)
{
    static const struct text endings[] = {
        TEXT_STATIC("id"),   TEXT_STATIC("ids"),  TEXT_STATIC("uuid"), TEXT_STATIC("uuids"),
        TEXT_STATIC("guid"), TEXT_STATIC("ulid"), TEXT_STATIC("sid"),
    };
    for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
        if (ends_like(name, endings[i])) {
            return true;
        }
    }
    return false;
}
