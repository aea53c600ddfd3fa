/* SPDX-License-Identifier: MIT */
#include "world/setting.h"

#include "base/quantity.h"
#include "config/settings.h"
#include "exchange/url.h"
#include "net/http_settings.h"
#include "net/rate.h"
#include "world/project_file.h"
#include "world/session.h"
#include "world/step.h"
#include "world/world.h"

bool setting_set_base_url(struct step *step, struct actor *actor, struct text value)
{
    world_learn_secret(step->world, url_password(value));
    actor->settings->base_url = value;
    return text_contains(value, TEXT("://"));
}

bool setting_set_service(struct step *step, struct actor *actor, struct text value)
{
    const struct config_environment *environment = step->world->context->environment;
    const struct config_pair *service =
        environment ? config_pairs_find(&environment->services, value) : NULL;
    if (service) {
        actor->settings->base_url = service->value;
    }
    return service != NULL;
}

void setting_unset_base_url(struct actor *actor)
{
    actor->settings->base_url = actor->world->context->base_url;
}

bool setting_set_bearer_token(struct step *step, struct actor *actor, struct text value)
{
    world_learn_secret(step->world, value);
    actor->settings->bearer_token = value;
    return value.size > 0;
}

void setting_unset_bearer_token(struct actor *actor)
{
    actor->settings->bearer_token = TEXT_EMPTY;
}

bool setting_set_user_agent(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    actor->settings->user_agent = value;
    return header_value_is_valid(value);
}

void setting_unset_user_agent(struct actor *actor)
{
    headers_add(&actor->settings->removed_headers, &actor->world->arena, TEXT("User-Agent"),
                TEXT_EMPTY);
}

bool setting_set_ca_file(struct step *step, struct actor *actor, struct text value)
{
    return project_file_path(step, value, &actor->settings->ca_file);
}

void setting_unset_ca_file(struct actor *actor)
{
    actor->settings->ca_file = TEXT_EMPTY;
}

bool setting_set_client_certificate(struct step *step, struct actor *actor, struct text value)
{
    return project_file_path(step, value, &actor->settings->client_certificate);
}

void setting_unset_client_certificate(struct actor *actor)
{
    actor->settings->client_certificate = TEXT_EMPTY;
}

bool setting_set_client_key(struct step *step, struct actor *actor, struct text value)
{
    return project_file_path(step, value, &actor->settings->client_key);
}

void setting_unset_client_key(struct actor *actor)
{
    actor->settings->client_key = TEXT_EMPTY;
}

bool setting_set_passphrase(struct step *step, struct actor *actor, struct text value)
{
    world_learn_secret(step->world, value);
    actor->settings->client_key_passphrase = value;
    return true;
}

void setting_unset_passphrase(struct actor *actor)
{
    actor->settings->client_key_passphrase = TEXT_EMPTY;
}

bool setting_set_proxy(struct step *step, struct actor *actor, struct text value)
{
    world_learn_secret(step->world, url_password(value));
    actor->settings->proxy_use = HTTP_PROXY_GIVEN;
    actor->settings->proxy = value;
    return value.size > 0;
}

void setting_unset_proxy(struct actor *actor)
{
    actor->settings->proxy_use = HTTP_PROXY_NONE;
}

static void add_to_list(struct actor *actor, struct text value, struct text **list,
                        size_t *count)
{
    struct text *longer = ARENA_ARRAY(&actor->world->arena, *count + 1, struct text);
    for (size_t i = 0; i < *count; i++) {
        longer[i] = (*list)[i];
    }
    longer[(*count)++] = value;
    *list = longer;
}

bool setting_set_resolve(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    add_to_list(actor, value, &actor->settings->resolve, &actor->settings->resolve_count);
    return http_resolve_is_valid(value);
}

void setting_unset_resolve(struct actor *actor)
{
    actor->settings->resolve_count = 0;
}

bool setting_set_connect_to(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    add_to_list(actor, value, &actor->settings->connect_to, &actor->settings->connect_to_count);
    return http_connect_to_is_valid(value);
}

void setting_unset_connect_to(struct actor *actor)
{
    actor->settings->connect_to_count = 0;
}

bool setting_set_unix_socket(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    actor->settings->unix_socket = value;
    return value.size > 0;
}

void setting_unset_unix_socket(struct actor *actor)
{
    actor->settings->unix_socket = TEXT_EMPTY;
}

bool setting_set_http_version(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return http_version_parse(value, &actor->settings->version);
}

void setting_unset_http_version(struct actor *actor)
{
    actor->settings->version = HTTP_VERSION_ANY;
}

bool setting_set_ip_version(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return http_ip_parse(value, &actor->settings->ip);
}

void setting_unset_ip_version(struct actor *actor)
{
    actor->settings->ip = HTTP_IP_ANY;
}

bool setting_set_tls_version(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return http_tls_parse(value, &actor->settings->tls_minimum);
}

void setting_unset_tls_version(struct actor *actor)
{
    actor->settings->tls_minimum = HTTP_TLS_ANY;
}

bool setting_set_connect_timeout(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return quantity_duration_ms(value, &actor->settings->connect_timeout_ms);
}

void setting_unset_connect_timeout(struct actor *actor)
{
    actor->settings->connect_timeout_ms = 0;
}

bool setting_set_response_timeout(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return quantity_duration_ms(value, &actor->settings->response_timeout_ms);
}

void setting_unset_response_timeout(struct actor *actor)
{
    actor->settings->response_timeout_ms = 0;
}

bool setting_set_body_limit(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return quantity_size_bytes(value, &actor->settings->body_limit_bytes);
}

void setting_unset_body_limit(struct actor *actor)
{
    actor->settings->body_limit_bytes = actor->world->context->settings->limits.body_bytes;
}

bool setting_set_redirect_limit(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    uint64_t limit;
    if (!text_to_uint64(value, &limit) || limit > 1000) {
        return false;
    }
    actor->settings->redirect_limit = (unsigned)limit;
    return true;
}

void setting_unset_redirect_limit(struct actor *actor)
{
    actor->settings->redirect_limit = 1000;
}

bool setting_set_request_rate(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    double per_second;
    if (!quantity_rate_per_second(value, &per_second)) {
        return false;
    }
    rate_init(&actor->rate, per_second);
    return true;
}

void setting_unset_request_rate(struct actor *actor)
{
    rate_init(&actor->rate, 0);
}
