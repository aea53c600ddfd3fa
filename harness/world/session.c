/* SPDX-License-Identifier: MIT */
#include "world/session.h"

#include "base/buffer.h"
#include "config/settings.h"
#include "exchange/cookie_jar.h"
#include "net/http.h"
#include "net/http_settings.h"
#include "world/actor_socket.h"
#include "world/expand.h"
#include "world/session/applied.h"
#include "world/step.h"
#include "world/world.h"

enum { PACKED_LIMIT_BYTES = 1 << 20 };

struct http_session *actor_session(struct actor *actor)
{
    if (!actor->session) {
        actor->session = http_session_new(actor->world->context->net, &actor->world->arena);
    }
    return actor->session;
}

static void use_environment(const struct config_environment *environment,
                            struct http_settings *settings)
{
    settings->ca_file = environment->tls.ca;
    settings->client_certificate = environment->tls.certificate;
    settings->client_key = environment->tls.key;
    settings->trusts_any_certificate = environment->tls.is_insecure;
    if (environment->proxy.size) {
        settings->proxy_use = HTTP_PROXY_GIVEN;
        settings->proxy = environment->proxy;
    }
}

static bool add_environment_headers(struct step *step, struct actor *actor,
                                    struct http_settings *settings)
{
    const struct config_environment *environment = step->world->context->environment;
    for (size_t i = 0; environment && i < environment->headers.count; i++) {
        const struct config_pair *pair = &environment->headers.list[i];
        struct text value;
        if (!expand(step, actor, pair->value, pair->at, EXPAND_PLAIN, &value)) {
            return false;
        }
        headers_add(&settings->default_headers, &step->world->arena, pair->name, value);
    }
    return true;
}

struct http_settings *actor_settings(struct step *step, struct actor *actor)
{
    if (actor->settings) {
        return actor->settings;
    }
    const struct world_context *context = step->world->context;
    struct http_settings *settings = ARENA_NEW(&step->world->arena, struct http_settings);
    http_settings_init(settings);
    settings->base_url = context->base_url;
    settings->connect_timeout_ms = context->settings->limits.connect_ms;
    settings->response_timeout_ms = context->settings->limits.response_ms;
    settings->body_limit_bytes = context->settings->limits.body_bytes;
    if (context->environment) {
        use_environment(context->environment, settings);
        settings->client_key_passphrase = context->key_passphrase;
    }
    if (!add_environment_headers(step, actor, settings)) {
        return NULL;
    }
    actor->settings = settings;
    return settings;
}

void actor_forget_session(struct actor *actor)
{
    if (actor->session) {
        cookie_jar_clear(http_session_cookies(actor->session));
    }
    actor->settings = NULL;
    actor->applied = NULL;
    actor->cookie_headers = NULL;
}

void actor_release(struct actor *actor)
{
    actor_release_sockets(actor);
    if (actor->session) {
        http_session_free(actor->session);
        actor->session = NULL;
    }
}

bool session_pack(struct step *step, struct actor *actor, struct text *ret_packed)
{
    struct buffer packed;
    buffer_init(&packed, PACKED_LIMIT_BYTES);
    applied_pack(actor, &packed);
    buffer_add_byte(&packed, '\n');
    cookie_jar_export(http_session_cookies(actor_session(actor)), &packed);
    bool is_ok = !packed.is_over_limit;
    if (is_ok) {
        *ret_packed = arena_text(&step->world->arena, buffer_text(&packed));
    } else {
        step_fail(step, "the session of '%.*s' is over %d kB", TEXT_ARG(actor->name),
                  PACKED_LIMIT_BYTES >> 10);
    }
    buffer_release(&packed);
    return is_ok;
}

bool session_unpack(struct step *step, struct actor *actor, struct text packed)
{
    struct text rest = packed;
    actor_forget_session(actor);
    if (!applied_unpack(step, actor, &rest)) {
        return false;
    }
    if (!cookie_jar_import(http_session_cookies(actor_session(actor)), rest)) {
        step_fail(step, "the kept session is damaged");
        step_hint(step, "keep it again with 'keeps the session as'");
        return false;
    }
    return true;
}
