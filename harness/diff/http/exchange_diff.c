/* SPDX-License-Identifier: MIT */
#include "diff/exchange_diff.h"

#include "diff/engine.h"
#include "diff/http/http_part.h"
#include "exchange/url.h"

/* "200 OK", "a timeout", "no answer". */
static struct text outcome_of(struct arena *arena, const struct exchange *exchange)
{
    const char *fault = exchange_failure_fault(exchange->failure);
    if (exchange->failure != EXCHANGE_ANSWERED) {
        return text_of(*fault ? fault : "no answer");
    }
    struct text reason = exchange->response.reason;
    return arena_format(arena, "%u%s%.*s", exchange->response.status, reason.size ? " " : "",
                        TEXT_ARG(reason));
}

void exchange_diff_status(const struct exchange_pair *pair, struct differences *differences)
{
    const struct exchange *left = pair->left;
    const struct exchange *right = pair->right;
    bool is_same =
        left->failure == right->failure &&
        (left->failure != EXCHANGE_ANSWERED || left->response.status == right->response.status);
    const void *at = judge_enter(pair->judge, JUDGED_STATUS, TEXT_EMPTY);
    if (is_same) {
        return;
    }
    struct http_part part = { .class = DIFFERENCE_STATUS, .path = TEXT("status"), .at = at };
    part.left = outcome_of(differences->arena, left);
    part.right = outcome_of(differences->arena, right);
    http_part_report(pair, &part, differences);
}

static struct text location_of(const struct exchange *exchange)
{
    struct text value = { NULL, 0 };
    bool is_found = headers_find(&exchange->response.headers, TEXT("Location"), &value);
    return is_found && !value.at ? TEXT_EMPTY : value;
}

/* Where it leads; the same for "/lobby" and "https://own.host/lobby". */
static struct text target_of(struct arena *arena, const struct exchange *exchange,
                             struct text location)
{
    return location.at ? url_resolve(arena, exchange->request.url, location) : location;
}

static void compare_redirects(const struct exchange_pair *pair, struct differences *differences)
{
    struct arena *arena = differences->arena;
    struct http_part part = { .path = TEXT("redirect"), .name = TEXT("Location") };
    part.left = location_of(pair->left);
    part.right = location_of(pair->right);
    bool is_absent = !part.left.at && !part.right.at;
    part.at = judge_enter(pair->judge, JUDGED_REDIRECT, TEXT_EMPTY);
    if (is_absent || (part.left.at && part.right.at &&
                      http_part_equal(pair, target_of(arena, pair->left, part.left),
                                      target_of(arena, pair->right, part.right)))) {
        return;
    }
    part.class = http_part_class(part.left, part.right, DIFFERENCE_CHANGED);
    http_part_report(pair, &part, differences);
}

static struct body_side body_of(const struct exchange *exchange)
{
    struct body_side side = { .bytes = exchange->response.body };
    struct text type;
    if (headers_find(&exchange->response.headers, TEXT("Content-Type"), &type)) {
        side.media_type = type;
    }
    return side;
}

void exchange_diff_body(const struct exchange_pair *pair, struct differences *differences)
{
    struct body_pair bodies = { body_of(pair->left), body_of(pair->right), pair->judge };
    body_diff(&bodies, differences);
}

void exchange_diff(const struct exchange_pair *pair, struct differences *differences)
{
    exchange_diff_status(pair, differences);
    bool have_answers =
        pair->left->failure == EXCHANGE_ANSWERED && pair->right->failure == EXCHANGE_ANSWERED;
    if (have_answers) {
        exchange_diff_headers(pair, differences);
        compare_redirects(pair, differences);
        exchange_diff_cookies(pair, differences);
        exchange_diff_body(pair, differences);
    }
}
