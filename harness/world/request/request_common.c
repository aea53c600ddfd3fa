/* SPDX-License-Identifier: MIT */
#include "world/request_common.h"

#include "base/clock.h"
#include "config/settings.h"
#include "exchange/cookie_jar.h"
#include "exchange/request.h"
#include "exchange/url.h"
#include "format/percent.h"
#include "net/http.h"
#include "world/session.h"
#include "world/world.h"

bool request_is_safe(struct text method)
{
    return text_is(method, "GET") || text_is(method, "HEAD") || text_is(method, "OPTIONS");
}

static void add_cookie_header(struct actor *actor, const struct http_settings *settings,
                              struct request *request, const struct cookie_header *wanted)
{
    struct world *world = actor->world;
    struct text url = url_of_step(&world->arena, settings->base_url, request->url);
    const struct cookie *found =
        cookie_jar_find(http_session_cookies(actor_session(actor)), url, wanted->cookie,
                        clock_realtime_ns(world->context->clock));
    if (found) {
        headers_set(&request->headers, &world->arena, wanted->header,
                    percent_decode(&world->arena, found->value));
    }
}

static void add_correlation_id(struct world *world, struct headers *headers)
{
    struct text id = arena_format(&world->arena, "%.*s-%zu", TEXT_ARG(world->scenario_id),
                                  ++world->requests);
    struct text given;
    bool is_given = headers_find(headers, TEXT("X-Correlation-Id"), &given);
    if (!is_given || text_starts_with(given, world->scenario_id)) {
        headers_set(headers, &world->arena, TEXT("X-Correlation-Id"), id);
    }
}

void request_add_common(struct actor *actor, const struct http_settings *settings,
                        struct request *request)
{
    struct world *world = actor->world;
    const struct config_environment *environment = world->context->environment;
    if (environment && environment->csrf_cookie.size && !request_is_safe(request->method)) {
        const struct cookie_header csrf = { .cookie = environment->csrf_cookie,
                                            .header = environment->csrf_header };
        add_cookie_header(actor, settings, request, &csrf);
    }
    for (const struct cookie_header *at = actor->cookie_headers; at; at = at->next) {
        add_cookie_header(actor, settings, request, at);
    }
    add_correlation_id(world, &request->headers);
}
