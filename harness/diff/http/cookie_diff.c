/* SPDX-License-Identifier: MIT */
#include "base/attribute.h"
#include "diff/http/http_part.h"
#include "exchange/cookie.h"

enum { TOKEN_BYTES = 16, FIELDS_LIMIT = 1000 };

#define TOKEN "present, a token"
#define EXPIRES "present, a date"

static bool is_token_byte(char c)
{
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_letter || (c >= '0' && c <= '9') || (c != '\0' && strchr("-_.~%+/=|:", c));
}

/* A value as a machine makes it: long, without blanks, letters and digits; or a redacted one. */
static bool is_token(struct text value)
{
    if (text_starts_with(value, TEXT("‹redacted:"))) {
        return true;
    }
    size_t digits = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (!is_token_byte(value.at[i])) {
            return false;
        }
        digits += value.at[i] >= '0' && value.at[i] <= '9';
    }
    return value.size >= TOKEN_BYTES && digits > 0 && digits < value.size;
}

/* Both sides of one thing that a cookie says. */
struct cookie_part {
    struct text cookie;
    struct text attribute; /* empty: the value */
    struct text left;
    struct text right;
};

/* Whoever holds a token is the user: it is never shown. Empty: as it is. */
static struct text hide_token(struct arena *arena, struct text value)
{
    bool is_hidden = value.at && is_token(value);
    return is_hidden ? arena_format(arena, "a token of %zu bytes", value.size) : TEXT_EMPTY;
}

/* What is volatile by nature: a token of the same form, a date; else empty. */
static struct text own_mask(const struct cookie_part *part, enum difference_class class)
{
    bool is_changed = class == DIFFERENCE_CHANGED;
    bool is_value = part->attribute.size == 0;
    if (is_changed && is_value && is_token(part->left) && is_token(part->right)) {
        return TEXT(TOKEN);
    }
    bool is_date = text_equal_ignoring_case(part->attribute, TEXT("expires"));
    return is_changed && is_date ? TEXT(EXPIRES) : TEXT_EMPTY;
}

static const void *enter(const struct exchange_pair *pair, const struct cookie_part *part)
{
    bool is_value = part->attribute.size == 0;
    const void *cookie = judge_enter(pair->judge, JUDGED_COOKIE, part->cookie);
    const void *at = judge_key(pair->judge, cookie, is_value ? TEXT("value") : part->attribute);
    return at || !is_value ? at : cookie;
}

static void compare_part(const struct exchange_pair *pair, const struct cookie_part *part,
                         struct differences *differences)
{
    const void *at = enter(pair, part);
    bool are_both = part->left.at && part->right.at;
    if (are_both && http_part_equal(pair, part->left, part->right)) {
        return;
    }
    struct http_part reported = {
        .name = part->cookie, .left = part->left, .right = part->right, .at = at
    };
    reported.class = http_part_class(part->left, part->right, DIFFERENCE_CHANGED);
    reported.own_mask = own_mask(part, reported.class);
    if (part->attribute.size == 0) {
        reported.left_shown = hide_token(differences->arena, part->left);
        reported.right_shown = hide_token(differences->arena, part->right);
    }
    reported.path = arena_format(differences->arena, "cookie \"%.*s\"", TEXT_ARG(part->cookie));
    if (part->attribute.size) {
        reported.path = arena_format(differences->arena, "%.*s attribute \"%.*s\"",
                                     TEXT_ARG(reported.path), TEXT_ARG(part->attribute));
    }
    http_part_report(pair, &reported, differences);
}

static struct text present(struct text value)
{
    return value.at ? value : TEXT_EMPTY;
}

/* A flag is shown by its name. */
static struct text said(const struct cookie_attribute *attribute)
{
    return attribute->value.size ? attribute->value : attribute->name;
}

static void compare_attributes(const struct exchange_pair *pair, const struct cookie *left,
                               const struct cookie *right, struct differences *differences)
{
    for (size_t i = 0; i < left->attribute_count; i++) {
        const struct cookie_attribute *attribute = &left->attributes[i];
        struct cookie_part part = { left->name, attribute->name, said(attribute), { NULL, 0 } };
        struct text value;
        if (cookie_attribute_find(right, attribute->name, &value)) {
            part.right = value.size ? value : attribute->name;
        }
        compare_part(pair, &part, differences);
    }
    for (size_t i = 0; i < right->attribute_count; i++) {
        const struct cookie_attribute *attribute = &right->attributes[i];
        struct cookie_part part = { left->name, attribute->name, { NULL, 0 }, said(attribute) };
        struct text value;
        if (!cookie_attribute_find(left, attribute->name, &value)) {
            compare_part(pair, &part, differences);
        }
    }
}

static void compare_cookie(const struct exchange_pair *pair, const struct cookie *left,
                           struct differences *differences)
{
    struct cookie right;
    if (!cookie_find_set(&pair->right->response.headers, left->name, 0, &right)) {
        struct cookie_part part = { left->name, TEXT_EMPTY, present(left->value), { NULL, 0 } };
        compare_part(pair, &part, differences);
        return;
    }
    struct cookie_part part = { left->name, TEXT_EMPTY, present(left->value),
                                present(right.value) };
    compare_part(pair, &part, differences);
    compare_attributes(pair, left, &right, differences);
}

/* The index-th field is a cookie, and the last of its name: what a browser keeps. */
static bool is_cookie(const struct headers *headers, size_t index, struct cookie *ret_cookie)
{
    struct cookie last;
    return text_equal_ignoring_case(headers->list[index].name, TEXT("set-cookie")) &&
           cookie_parse(headers->list[index].value, 0, ret_cookie) &&
           cookie_find_set(headers, ret_cookie->name, 0, &last) &&
           last.name.at == ret_cookie->name.at;
}

void exchange_diff_cookies(const struct exchange_pair *pair, struct differences *differences)
{
    const struct headers *left = &pair->left->response.headers;
    const struct headers *right = &pair->right->response.headers;
    struct cookie cookie;
    struct cookie other;
    if (left->count > FIELDS_LIMIT || right->count > FIELDS_LIMIT) {
        return; /* exchange_diff_headers says so */
    }
    for (size_t i = 0; i < left->count; i++) {
        if (is_cookie(left, i, &cookie)) {
            compare_cookie(pair, &cookie, differences);
        }
    }
    for (size_t i = 0; i < right->count; i++) {
        if (is_cookie(right, i, &cookie) && !cookie_find_set(left, cookie.name, 0, &other)) {
            struct cookie_part part = {
                cookie.name, TEXT_EMPTY, { NULL, 0 }, present(cookie.value)
            };
            compare_part(pair, &part, differences);
        }
    }
}
