/* SPDX-License-Identifier: MIT */
#include "deploy/webhook/trigger.h"

#include "base/buffer.h"
#include "exchange/url.h"
#include "format/digest.h"
#include "format/json_writer.h"
#include "format/percent.h"

enum { BODY_LIMIT_BYTES = 4096 };

const char *const trigger_kind_names[] = { "generic", "forge", "envoyer", "laravel-cloud",
                                           NULL };

/* The query parameter that names the commit; NULL: the body does. */
static const char *const revision_parameters[] = { NULL, "revision", "sha", "commit_hash" };

bool trigger_can_pin(enum trigger_kind kind)
{
    return kind == TRIGGER_ENVOYER || kind == TRIGGER_CLOUD;
}

static struct text body_of(struct arena *arena, struct text revision)
{
    CLEANUP(buffer_release) struct buffer body;
    struct json_writer writer;
    buffer_init(&body, BODY_LIMIT_BYTES);
    json_writer_init(&writer, &body, 0);
    json_write_begin_object(&writer);
    json_write_key(&writer, "revision");
    json_write_string(&writer, revision);
    json_write_end_object(&writer);
    return arena_text(arena, buffer_text(&body));
}

static struct request request_of(const struct trigger *trigger, struct text revision,
                                 struct arena *arena)
{
    struct request request = { .method = TEXT("POST"), .url = trigger->url };
    const char *parameter = revision_parameters[trigger->kind];
    request.body_kind = REQUEST_BODY_BYTES;
    if (parameter) {
        struct text pair = arena_format(arena, "%s=%.*s", parameter,
                                        TEXT_ARG(percent_encode(arena, revision)));
        request.url = url_add_query(arena, trigger->url, pair);
        return request;
    }
    request.body = body_of(arena, revision);
    request.content_type = TEXT("application/json");
    if (trigger->secret.size) {
        struct text mac = digest_hmac_sha256(arena, trigger->secret, request.body);
        headers_add(&request.headers, arena, TEXT("X-Bddrun-Signature-256"),
                    arena_format(arena, "sha256=%.*s", TEXT_ARG(mac)));
    }
    return request;
}

/* Whether the failure came before anything can have been sent. */
static bool is_before_sending(enum exchange_failure failure)
{
    return failure == EXCHANGE_REFUSED || failure == EXCHANGE_UNKNOWN_HOST ||
           failure == EXCHANGE_TLS;
}

static enum trigger_outcome say_unanswered(struct text host, const struct exchange *exchange,
                                           struct problems *problems)
{
    const char *fault = exchange_failure_fault(exchange->failure);
    bool is_unsent = is_before_sending(exchange->failure);
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                 is_unsent
                     ? "nothing was started: try again when the host can be reached"
                     : "it may have started: the revision marker tells; send it again only "
                       "when it has not (--resend)",
                 "the deploy hook of '%.*s' gave no answer: %s", TEXT_ARG(host),
                 *fault ? fault : "a broken one");
    return is_unsent ? TRIGGER_REFUSED : TRIGGER_UNKNOWN;
}

static enum trigger_outcome say_answer(struct text host, unsigned status,
                                       struct problems *problems)
{
    if (status >= 200 && status < 300) {
        return TRIGGER_ACCEPTED;
    }
    bool is_redirect = status >= 300 && status < 400;
    bool is_unknown = status >= 500;
    const char *hint = is_redirect ? "give the URL that it leads to: a deploy hook is never "
                                     "followed elsewhere"
                       : is_unknown
                           ? "it may have started: the revision marker tells"
                           : "check the URL of the hook, and whether it is still valid";
    problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), hint,
                 "the deploy hook of '%.*s' answers %u: expected 2xx", TEXT_ARG(host), status);
    return is_unknown ? TRIGGER_UNKNOWN : TRIGGER_REFUSED;
}

enum trigger_outcome trigger_send(struct client *client, const struct trigger *trigger,
                                  struct text revision, struct problems *problems)
{
    struct url url;
    if (!url_parse(trigger->url, &url) || (!url_is_secure(&url) && !url_is_loopback(&url))) {
        problems_add(
            problems, PROBLEM_INPUT, span_none(),
            "it is what the host's page of deployments shows, and begins with https://",
            "the URL of the deploy hook cannot be used: expected an absolute https URL");
        return TRIGGER_REFUSED;
    }
    struct request request = request_of(trigger, revision, &client->arena);
    const struct exchange *exchange = client_send_once(client, &request);
    return exchange->failure == EXCHANGE_ANSWERED
               ? say_answer(url.host, exchange->response.status, problems)
               : say_unanswered(url.host, exchange, problems);
}
