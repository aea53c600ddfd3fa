/* SPDX-License-Identifier: MIT */
#include "run/revision.h"

#include "config/settings.h"
#include "event/failure.h"
#include "exchange/exchange.h"
#include "exchange/request.h"
#include "format/json.h"
#include "format/json_path.h"
#include "net/http.h"
#include "world/session.h"
#include "world/step.h"

enum { REVISION_LIMIT_BYTES = 1000, ASK_LIMIT_MS = 10000 };

static bool refuse(struct arena *arena, struct text *ret_reason, struct text reason)
{
    *ret_reason = arena_text(arena, reason);
    return false;
}

/* The one value that the path selects, as text. */
static bool read_json(struct world *world, struct text path, struct text body,
                      struct text *ret_value)
{
    struct problems ignored;
    struct json_path *compiled = NULL;
    const struct json_value *root;
    struct json_nodes nodes = { 0 };
    problems_init(&ignored);
    bool is_found = json_path_compile(path, span_none(), &compiled, &ignored) &&
                    json_parse_text(body, &world->arena, &root) &&
                    json_path_select(compiled, root, &world->arena, &nodes) && nodes.count == 1;
    if (is_found) {
        *ret_value = json_text(nodes.list[0]);
    }
    json_path_free(compiled);
    problems_release(&ignored);
    return is_found && ret_value->size > 0;
}

static bool read_answer(struct world *world, const struct config_revision *where,
                        const struct exchange *exchange, struct text *ret_value,
                        struct text *ret_reason)
{
    struct arena *arena = &world->arena;
    const struct response *response = &exchange->response;
    if (exchange->failure != EXCHANGE_ANSWERED) {
        return refuse(arena, ret_reason,
                      arena_format(arena, "'%.*s': %.*s", TEXT_ARG(exchange->request.url),
                                   TEXT_ARG(exchange->message)));
    }
    if (response->status < 200 || response->status > 299) {
        return refuse(arena, ret_reason,
                      arena_format(arena, "'%.*s' answers %u", TEXT_ARG(response->url),
                                   response->status));
    }
    *ret_value = text_trim(response->body);
    if (where->json.size && !read_json(world, where->json, response->body, ret_value)) {
        return refuse(arena, ret_reason,
                      arena_format(arena, "'%.*s' has no value at '%.*s'",
                                   TEXT_ARG(response->url), TEXT_ARG(where->json)));
    }
    if (where->header.size && !headers_find(&response->headers, where->header, ret_value)) {
        return refuse(arena, ret_reason,
                      arena_format(arena, "'%.*s' has no header '%.*s'",
                                   TEXT_ARG(response->url), TEXT_ARG(where->header)));
    }
    if (ret_value->size == 0 || ret_value->size > REVISION_LIMIT_BYTES) {
        return refuse(arena, ret_reason,
                      arena_format(arena, "'%.*s' answers %zu bytes, which is no revision",
                                   TEXT_ARG(response->url), ret_value->size));
    }
    return true;
}

/* NULL with a reason where the request cannot be made. */
static struct exchange *start(struct world *world, struct text base_url,
                              struct text *ret_reason)
{
    struct step step = { .world = world, .scope = world->scope, .at = span_none() };
    struct actor *actor = world_actor(world, TEXT("I"));
    struct http_settings *settings = actor_settings(&step, actor);
    if (!settings) {
        *ret_reason = step.failure->message;
        return NULL;
    }
    struct request *request = ARENA_NEW(&world->arena, struct request);
    struct http_settings *own = ARENA_NEW(&world->arena, struct http_settings);
    *request = (struct request){ .url = world->context->environment->revision.at };
    *own = *settings;
    own->base_url = base_url;
    return http_start(actor_session(actor), request, own, NULL, NULL);
}

void revision_ask(const struct world_context *context, struct revision_answer *answers,
                  size_t count, struct arena *arena)
{
    struct world world;
    world_init(&world, context, TEXT("revision"), TEXT("revision"));
    struct http_session *session = actor_session(world_actor(&world, TEXT("I")));
    struct exchange **exchanges = ARENA_ARRAY(&world.arena, count, struct exchange *);
    for (size_t i = 0; i < count; i++) {
        exchanges[i] = start(&world, answers[i].base_url, &answers[i].text);
    }
    uint64_t limit_ns =
        clock_monotonic_ns(context->clock) + ASK_LIMIT_MS * NANOSECONDS_PER_MILLISECOND;
    for (size_t i = 0; i < count; i++) {
        struct text value = TEXT_EMPTY;
        struct text reason = answers[i].text;
        if (exchanges[i]) {
            (void)http_wait(session, exchanges[i], limit_ns);
            answers[i].is_found = read_answer(&world, &context->environment->revision,
                                              exchanges[i], &value, &reason);
        }
        answers[i].text = arena_text(arena, answers[i].is_found ? value : reason);
    }
    world_release(&world);
}
