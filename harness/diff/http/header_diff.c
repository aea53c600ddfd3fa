/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/attribute.h"
#include "diff/engine.h"
#include "diff/http/http_part.h"

enum { FIELDS_LIMIT = 1000 };

#define VOLATILE "present (it changes with every answer)"

static bool is_one_of(struct text name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal_ignoring_case(name, text_of(names[i]))) {
            return true;
        }
    }
    return false;
}

bool header_is_volatile(struct text name)
{
    static const char *const names[] = {
        "date",
        "age",
        "x-request-id",
        "request-id",
        "x-correlation-id",
        "x-runtime",
        "traceparent",
        "tracestate",
        "b3",
        "x-b3-traceid",
        "x-b3-spanid",
        "x-b3-parentspanid",
        "x-datadog-trace-id",
        "x-datadog-parent-id",
        "x-amzn-trace-id",
        "x-cloud-trace-context",
        "sentry-trace",
    };
    return is_one_of(name, names, ARRAY_SIZE(names));
}

/* How the message came, and what other parts of the comparison look at. */
static bool is_passed_over(const struct exchange_pair *pair, struct text name)
{
    static const char *const names[] = {
        "set-cookie", "location",         "content-encoding", "transfer-encoding",
        "connection", "proxy-connection", "keep-alive",       "trailer",
        "te",         "upgrade",          "alt-svc",
    };
    if (text_starts_with(name, TEXT(":")) || is_one_of(name, names, ARRAY_SIZE(names))) {
        return true;
    }
    /* The body is compared itself, and only an answer to HEAD is described by its length. */
    return text_equal_ignoring_case(name, TEXT("content-length")) &&
           !text_is(pair->left->request.method, "HEAD");
}

/* "x-request-id" as "X-Request-Id". */
static struct text canonical(struct arena *arena, struct text name)
{
    char *copy = arena_string(arena, name);
    for (size_t i = 0; i < name.size; i++) {
        bool is_start = i == 0 || copy[i - 1] == '-';
        if (is_start && copy[i] >= 'a' && copy[i] <= 'z') {
            copy[i] = (char)(copy[i] - 'a' + 'A');
        } else if (!is_start && copy[i] >= 'A' && copy[i] <= 'Z') {
            copy[i] = (char)(copy[i] - 'A' + 'a');
        }
    }
    return text_make(copy, name.size);
}

static bool has_other_media_type(struct text name, struct text left, struct text right)
{
    return text_equal_ignoring_case(name, TEXT("content-type")) && left.at && right.at &&
           !text_equal_ignoring_case(media_type_of(left), media_type_of(right));
}

/* Past blanks and quotes. */
static size_t skip_blanks(struct text value, size_t at)
{
    while (at < value.size && (value.at[at] == ' ' || value.at[at] == '"')) {
        at++;
    }
    return at;
}

/* `text/html; charset=UTF-8` is `text/html;charset=utf-8`. */
static bool are_equal_types(struct text left, struct text right)
{
    size_t i = skip_blanks(left, 0);
    size_t k = skip_blanks(right, 0);
    while (i < left.size && k < right.size &&
           text_equal_ignoring_case(text_slice(left, i, i + 1), text_slice(right, k, k + 1))) {
        i = skip_blanks(left, i + 1);
        k = skip_blanks(right, k + 1);
    }
    return i == left.size && k == right.size;
}

/* The n-th field of the name on both sides; a side may lack it. */
static void compare_one(const struct exchange_pair *pair, struct text name, struct text left,
                        struct text right, struct differences *differences)
{
    bool is_type = text_equal_ignoring_case(name, TEXT("content-type"));
    const void *at = judge_enter(pair->judge, JUDGED_HEADER, name);
    if (left.at && right.at &&
        (http_part_equal(pair, left, right) || (is_type && are_equal_types(left, right)))) {
        return;
    }
    bool has_other_type = has_other_media_type(name, left, right);
    struct text shown = canonical(differences->arena, name);
    struct http_part part = { .name = shown, .left = left, .right = right, .at = at };
    part.path = arena_format(differences->arena, "header \"%.*s\"", TEXT_ARG(shown));
    part.class =
        http_part_class(left, right, has_other_type ? DIFFERENCE_TYPE : DIFFERENCE_CHANGED);
    if (part.class == DIFFERENCE_CHANGED && header_is_volatile(name)) {
        part.own_mask = TEXT(VOLATILE);
    }
    http_part_report(pair, &part, differences);
}

static bool is_first(const struct headers *headers, size_t index)
{
    size_t at = 0;
    const struct header *first = headers_next(headers, headers->list[index].name, &at);
    return first == &headers->list[index];
}

static struct text value_of(const struct header *header)
{
    struct text none = { NULL, 0 };
    struct text value = header ? header->value : none;
    return header && !value.at ? TEXT_EMPTY : value;
}

static void compare_name(const struct exchange_pair *pair, struct text name,
                         struct differences *differences)
{
    size_t left_at = 0;
    size_t right_at = 0;
    for (;;) {
        const struct header *left = headers_next(&pair->left->response.headers, name, &left_at);
        const struct header *right =
            headers_next(&pair->right->response.headers, name, &right_at);
        if (!left && !right) {
            return;
        }
        compare_one(pair, name, value_of(left), value_of(right), differences);
    }
}

/* Names are looked up by going through all: more fields than any server sends are not compared. */
static bool are_too_many(const struct exchange_pair *pair, struct differences *differences)
{
    struct http_part part = { .class = DIFFERENCE_TYPE, .path = TEXT("headers") };
    size_t left = pair->left->response.headers.count;
    size_t right = pair->right->response.headers.count;
    if (left <= FIELDS_LIMIT && right <= FIELDS_LIMIT) {
        return false;
    }
    part.left = arena_format(differences->arena, "%zu fields", left);
    part.right = arena_format(differences->arena, "%zu fields (more than %d are not compared)",
                              right, FIELDS_LIMIT);
    http_part_report(pair, &part, differences);
    return true;
}

void exchange_diff_headers(const struct exchange_pair *pair, struct differences *differences)
{
    const struct headers *left = &pair->left->response.headers;
    const struct headers *right = &pair->right->response.headers;
    if (are_too_many(pair, differences)) {
        return;
    }
    for (size_t i = 0; i < left->count; i++) {
        if (is_first(left, i) && !is_passed_over(pair, left->list[i].name)) {
            compare_name(pair, left->list[i].name, differences);
        }
    }
    for (size_t i = 0; i < right->count; i++) {
        struct text name = right->list[i].name;
        if (is_first(right, i) && headers_count(left, name) == 0 &&
            !is_passed_over(pair, name)) {
            compare_name(pair, name, differences);
        }
    }
}
