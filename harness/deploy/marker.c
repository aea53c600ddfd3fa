/* SPDX-License-Identifier: MIT */
#include "deploy/marker.h"

#include "exchange/exchange.h"
#include "format/json.h"
#include "format/json_path.h"

enum { SHORTEST = 7, SHOWN_LIMIT = 80 };

bool marker_is_commit(struct text shown, struct text commit)
{
    size_t size = shown.size < commit.size ? shown.size : commit.size;
    return text_equal(shown, commit) ||
           (size >= SHORTEST &&
            text_equal(text_slice(shown, 0, size), text_slice(commit, 0, size)));
}

static bool refuse(struct text url, const char *what, struct text value,
                   struct problems *problems)
{
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                 "`revision` of the environment in bddrun.yaml says where it is",
                 "no revision at '%.*s': %s%.*s", TEXT_ARG(url), what,
                 TEXT_ARG(text_slice(value, 0, SHOWN_LIMIT)));
    return false;
}

static bool read_json(struct client *client, struct text path, struct text body,
                      struct text *ret_value)
{
    struct problems ignored;
    struct json_path *compiled = NULL;
    const struct json_value *root;
    struct json_nodes nodes = { 0 };
    problems_init(&ignored);
    bool is_found = json_path_compile(path, span_none(), &compiled, &ignored) &&
                    json_parse_text(body, &client->arena, &root) &&
                    json_path_select(compiled, root, &client->arena, &nodes) &&
                    nodes.count == 1;
    if (is_found) {
        *ret_value = json_text(nodes.list[0]);
    }
    json_path_free(compiled);
    problems_release(&ignored);
    return is_found;
}

static struct text absolute(const struct marker *marker, struct client *client, struct text url)
{
    struct text at = marker->revision->at;
    return text_contains(at, TEXT("://"))
               ? at
               : arena_format(&client->arena, "%.*s%.*s", TEXT_ARG(url), TEXT_ARG(at));
}

bool marker_ask(const struct marker *marker, struct client *client, struct text url,
                struct text *ret_commit, struct problems *problems)
{
    const struct config_revision *revision = marker->revision;
    struct request request = { .url = absolute(marker, client, url) };
    const struct exchange *exchange = client_send_once(client, &request);
    if (exchange->failure != EXCHANGE_ANSWERED) {
        return refuse(request.url, "", exchange->message, problems);
    }
    const struct response *response = &exchange->response;
    if (response->status < 200 || response->status > 299) {
        return refuse(request.url, "it answers ",
                      arena_format(&client->arena, "%u", response->status), problems);
    }
    struct text value = text_trim(response->body);
    if (revision->json.size > 0 && !read_json(client, revision->json, response->body, &value)) {
        return refuse(request.url, "nothing at ", revision->json, problems);
    }
    if (revision->header.size > 0 &&
        !headers_find(&response->headers, revision->header, &value)) {
        return refuse(request.url, "no header ", revision->header, problems);
    }
    *ret_commit = value;
    return true;
}

static bool wait_one(const struct marker *marker, struct client *client, struct text url,
                     struct text commit, uint64_t deadline_ns, struct problems *problems)
{
    uint64_t in_a_row = 0;
    struct text shown = TEXT_EMPTY;
    struct problems last;
    problems_init(&last);
    while (in_a_row < marker->times) {
        problems_clear(&last);
        bool is_it =
            marker_ask(marker, client, url, &shown, &last) && marker_is_commit(shown, commit);
        in_a_row = is_it ? in_a_row + 1 : 0;
        if (!is_it && loop_now_ns(&client->loop) >= deadline_ns) {
            break;
        }
        if (!is_it) {
            (void)loop_run(&client->loop, NULL, NULL,
                           loop_now_ns(&client->loop) +
                               MARKER_PAUSE_MS * NANOSECONDS_PER_MILLISECOND);
        }
    }
    if (in_a_row < marker->times && last.count > 0) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL, "%.*s",
                     TEXT_ARG(last.list[0].message));
    } else if (in_a_row < marker->times) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "restart what still runs the release before: `after_switch`",
                     "'%.*s' serves '%.*s', not '%.*s'", TEXT_ARG(url),
                     TEXT_ARG(text_slice(shown, 0, SHOWN_LIMIT)), TEXT_ARG(commit));
    }
    problems_release(&last);
    return in_a_row == marker->times;
}

bool marker_wait(const struct marker *marker, struct client *client, struct text commit,
                 struct problems *problems)
{
    uint64_t deadline_ns =
        loop_now_ns(&client->loop) + marker->within_ms * NANOSECONDS_PER_MILLISECOND;
    for (size_t i = 0; i < marker->url_count; i++) {
        if (!wait_one(marker, client, marker->urls[i], commit, deadline_ns, problems)) {
            return false;
        }
    }
    return true;
}
