/* SPDX-License-Identifier: MIT */
#include "deploy/idle.h"

#include "format/json.h"

static enum idle_state refuse(struct text url, const char *found, struct problems *problems)
{
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                 "let it answer 200 with {\"idle\": true} or {\"idle\": false}",
                 "the idle probe '%.*s' %s: expected whether the component is idle",
                 TEXT_ARG(url), found);
    return IDLE_UNKNOWN;
}

static enum idle_state read_body(struct client *client, const struct exchange *exchange,
                                 uint64_t *ret_active, struct problems *problems)
{
    const struct json_value *root;
    const struct json_value *idle =
        json_parse_text(exchange->response.body, &client->arena, &root)
            ? json_member_named(root, "idle")
            : NULL;
    if (!json_is_boolean(idle)) {
        return refuse(exchange->request.url, "answers 200 without a boolean 'idle'", problems);
    }
    (void)text_to_uint64(json_text(json_member_named(root, "active")), ret_active);
    return json_is(idle, JSON_TRUE) ? IDLE_YES : IDLE_NO;
}

enum idle_state idle_ask(struct client *client, struct text url, uint64_t *ret_active,
                         struct problems *problems)
{
    struct request request = { .url = url };
    const struct exchange *exchange = client_send(client, &request);
    *ret_active = 0;
    if (exchange->failure != EXCHANGE_ANSWERED) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "the idle probe gives no answer: %.*s", TEXT_ARG(exchange->message));
        problems_hint(problems, "%.*s", TEXT_ARG(exchange->hint));
        return IDLE_UNKNOWN;
    }
    switch (exchange->response.status) {
    case 200:
        return read_body(client, exchange, ret_active, problems);
    case 204:
        return IDLE_YES;
    case 409:
        return IDLE_NO;
    default: {
        struct text found =
            arena_format(&client->arena, "answers %u", exchange->response.status);
        return refuse(url, found.at, problems);
    }
    }
}
