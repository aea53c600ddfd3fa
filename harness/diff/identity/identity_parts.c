/* SPDX-License-Identifier: MIT */
#include "diff/identity/identity_parts.h"

#include "diff/identity.h"

#define REDACTED_START TEXT("‹redacted:")
#define REDACTED_END TEXT("›")

enum { TEXT_LIMIT_BYTES = 65536 };

/* The kind inside of ‹redacted:KIND:hmac8›. */
static struct text redacted_kind(struct text token)
{
    struct text rest = text_from(token, REDACTED_START.size);
    return text_slice(rest, 0, text_find_byte(rest, ':', 0));
}

static bool is_token(enum identity_kind kind)
{
    return kind == IDENTITY_HEX || kind == IDENTITY_BASE64 || kind == IDENTITY_NANOID ||
           kind == IDENTITY_ULID;
}

bool identity_parts_are_ids(struct text name, struct text left, struct text right)
{
    enum identity_kind a = identity_kind_of(name, left);
    enum identity_kind b = identity_kind_of(name, right);
    if (a == IDENTITY_NONE || b == IDENTITY_NONE) {
        return false;
    }
    if (a == IDENTITY_REDACTED && b == a) {
        return text_equal(redacted_kind(left), redacted_kind(right));
    }
    return a == b || (is_token(a) && is_token(b) && left.size == right.size);
}

static bool is_of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_';
}

/* The word at the front: letters, digits, dashes; a redacted value; else one byte. */
static struct text take_word(struct text *rest)
{
    size_t size = 0;
    if (text_starts_with(*rest, REDACTED_START)) {
        size = text_find(*rest, REDACTED_END, 0) + REDACTED_END.size;
        size = size > rest->size ? rest->size : size;
    }
    while (size == 0 || (size < rest->size && size > 0 && is_of_word(rest->at[0]) &&
                         is_of_word(rest->at[size]))) {
        size++;
    }
    struct text word = text_slice(*rest, 0, size);
    *rest = text_from(*rest, size);
    return word;
}

bool identity_parts_find(struct text name, struct text left, struct text right,
                         struct identity_parts *ret_parts)
{
    ret_parts->count = 0;
    if (left.size > TEXT_LIMIT_BYTES || right.size > TEXT_LIMIT_BYTES) {
        return false;
    }
    while (left.size && right.size) {
        struct text a = take_word(&left);
        struct text b = take_word(&right);
        if (text_equal(a, b)) {
            continue;
        }
        if (ret_parts->count == IDENTITY_PARTS_LIMIT || !identity_parts_are_ids(name, a, b)) {
            return false;
        }
        ret_parts->left[ret_parts->count] = a;
        ret_parts->right[ret_parts->count++] = b;
    }
    return left.size == 0 && right.size == 0 && ret_parts->count > 0;
}
