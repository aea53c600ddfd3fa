/* SPDX-License-Identifier: MIT */
#include "deploy/image/registry_ask.h"

#include "deploy/image/challenge.h"
#include "exchange/url.h"
#include "format/base64.h"
#include "format/json.h"
#include "format/percent.h"

/* A registry that is asked for an OCI manifest without being told that it may send one says 404. */
#define MANIFEST_TYPES                                                                         \
    "application/vnd.oci.image.index.v1+json, "                                                \
    "application/vnd.docker.distribution.manifest.list.v2+json, "                              \
    "application/vnd.oci.image.manifest.v1+json, "                                             \
    "application/vnd.docker.distribution.manifest.v2+json"

static const char *hint_of(unsigned status)
{
    if (status == 404) {
        return "push the image there first; check its digest and the repository's name";
    }
    return status == 401 || status == 403 ? "give the user and the password of the registry"
                                          : "see what the registry's own log says";
}

/* "CODE: message" of the first error (OCI Distribution Specification, error codes). */
static struct text read_error(struct arena *arena, struct text body)
{
    const struct json_value *root;
    if (!json_parse_text(body, arena, &root)) {
        return TEXT_EMPTY;
    }
    const struct json_value *first = json_item(json_member_named(root, "errors"), 0);
    struct text code = json_text(json_member_named(first, "code"));
    return code.size ? arena_format(arena, " (%.*s: %.*s)", TEXT_ARG(code),
                                    TEXT_ARG(json_text(json_member_named(first, "message"))))
                     : TEXT_EMPTY;
}

bool registry_refuse(const struct exchange *exchange, const char *expected,
                     struct problems *problems)
{
    struct arena arena;
    arena_init(&arena);
    unsigned status = exchange->response.status;
    struct text error = read_error(&arena, exchange->response.body);
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), hint_of(status),
                 "the registry answers %u to %.*s '%.*s'%.*s: expected %s", status,
                 TEXT_ARG(exchange->request.method), TEXT_ARG(exchange->request.url),
                 TEXT_ARG(error), expected);
    arena_release(&arena);
    return false;
}

static const struct exchange *send(struct registry *registry, struct request *request,
                                   struct text authorization, struct problems *problems)
{
    struct client *client = registry->client;
    if (authorization.size) {
        headers_set(&request->headers, &client->arena, TEXT("Authorization"), authorization);
    }
    const struct exchange *exchange = client_send(client, request);
    if (exchange->failure != EXCHANGE_ANSWERED) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "the registry does not answer: %.*s", TEXT_ARG(exchange->message));
        problems_hint(problems, "%.*s", TEXT_ARG(exchange->hint));
        return NULL;
    }
    return exchange;
}

static struct text basic(const struct registry *registry)
{
    struct arena *arena = &registry->client->arena;
    struct text pair = arena_format(arena, "%.*s:%.*s", TEXT_ARG(registry->user),
                                    TEXT_ARG(registry->password));
    return arena_format(arena, "Basic %.*s", TEXT_ARG(base64_encode(arena, pair)));
}

/* Whoever answers in the registry's place must not be told the password. */
static bool is_realm_trusted(const struct registry *registry, struct text realm)
{
    struct url asked;
    struct url own;
    struct text trusted = registry->realm.size ? registry->realm : registry->url;
    return url_parse(realm, &asked) && url_parse(trusted, &own) &&
           text_equal_ignoring_case(asked.host, own.host) &&
           (url_is_secure(&asked) || url_is_loopback(&asked));
}

/* realm?service=…&scope=… */
static struct text token_url(struct arena *arena, const struct challenge *challenge,
                             struct text realm)
{
    static const struct text names[] = { TEXT_STATIC("service"), TEXT_STATIC("scope") };
    struct text url = realm;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        struct text value;
        if (headers_find(&challenge->parameters, names[i], &value)) {
            url = url_add_query(arena, url,
                                arena_format(arena, "%.*s=%.*s", TEXT_ARG(names[i]),
                                             TEXT_ARG(percent_encode(arena, value))));
        }
    }
    return url;
}

static bool fetch_token(struct registry *registry, const struct challenge *challenge,
                        struct problems *problems)
{
    struct arena *arena = &registry->client->arena;
    struct text realm = TEXT_EMPTY;
    (void)headers_find(&challenge->parameters, TEXT("realm"), &realm);
    if (!is_realm_trusted(registry, realm)) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "if that is right, name it in bddrun.yaml: `realm:` of the image",
                     "the registry sends us to '%.*s' for a token: expected https on the host "
                     "of the registry or of the configured realm",
                     TEXT_ARG(realm));
        return false;
    }
    struct request request = { .url = token_url(arena, challenge, realm) };
    const struct exchange *answer =
        send(registry, &request, registry->user.size ? basic(registry) : TEXT_EMPTY, problems);
    if (!answer) {
        return false;
    }
    const struct json_value *root = NULL;
    if (answer->response.status != 200 ||
        !json_parse_text(answer->response.body, arena, &root)) {
        return registry_refuse(answer, "200 and a token as JSON", problems);
    }
    struct text token = json_text(json_member_named(root, "token"));
    token = token.size ? token : json_text(json_member_named(root, "access_token"));
    registry->authorization = arena_format(arena, "Bearer %.*s", TEXT_ARG(token));
    return token.size > 0 ||
           registry_refuse(answer, "a member 'token' or 'access_token'", problems);
}

/* Learns what to authorize with from a 401. */
static bool authenticate(struct registry *registry, const struct exchange *refusal,
                         struct problems *problems)
{
    struct arena *arena = &registry->client->arena;
    const struct headers *headers = &refusal->response.headers;
    struct challenge challenge;
    if (challenge_find(headers, TEXT("Bearer"), arena, &challenge)) {
        return fetch_token(registry, &challenge, problems);
    }
    if (registry->user.size && challenge_find(headers, TEXT("Basic"), arena, &challenge)) {
        registry->authorization = basic(registry);
        return true;
    }
    return registry_refuse(refusal, "to be let in", problems);
}

const struct exchange *registry_ask(struct registry *registry,
                                    const struct registry_request *asked,
                                    struct problems *problems)
{
    struct arena *arena = &registry->client->arena;
    struct request request = { .method = text_of(asked->method) };
    request.url = arena_format(arena, "%.*s/v2/%.*s/manifests/%.*s", TEXT_ARG(registry->url),
                               TEXT_ARG(registry->repository), TEXT_ARG(asked->reference));
    headers_add(&request.headers, arena, TEXT("Accept"), TEXT(MANIFEST_TYPES));
    if (asked->content_type.size) {
        request.body_kind = REQUEST_BODY_BYTES;
        request.content_type = asked->content_type;
        request.body = asked->manifest;
    }
    const struct exchange *answer = send(registry, &request, registry->authorization, problems);
    if (answer && answer->response.status == 401) {
        if (!authenticate(registry, answer, problems)) {
            return NULL;
        }
        answer = send(registry, &request, registry->authorization, problems);
    }
    return answer;
}
