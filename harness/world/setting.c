/* SPDX-License-Identifier: MIT */
/* The {setting}s of the vocabulary, section 4 D, in a table. */
#include "base/quantity.h"
#include "config/settings.h"
#include "net/http_settings.h"
#include "net/rate.h"
#include "world/project_file.h"
#include "world/session.h"
#include "world/step.h"
#include "world/world.h"

/* Sets from value; false: value is not of the form. */
typedef bool setting_set(struct step *step, struct actor *actor, struct text value);

struct setting_row {
    const char *name;
    const char *form; /* for the message */
    setting_set *set;
    void (*unset)(struct actor *actor);
    bool is_secret;
};

static bool set_base_url(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    actor->settings->base_url = value;
    return text_contains(value, TEXT("://"));
}

static bool set_service(struct step *step, struct actor *actor, struct text value)
{
    const struct config_environment *environment = step->world->context->environment;
    const struct config_pair *service =
        environment ? config_pairs_find(&environment->services, value) : NULL;
    if (service) {
        actor->settings->base_url = service->value;
    }
    return service != NULL;
}

static void unset_base_url(struct actor *actor)
{
    actor->settings->base_url = actor->world->context->base_url;
}

static bool set_bearer_token(struct step *step, struct actor *actor, struct text value)
{
    world_learn_secret(step->world, value);
    actor->settings->bearer_token = value;
    return value.size > 0;
}

static void unset_bearer_token(struct actor *actor)
{
    actor->settings->bearer_token = TEXT_EMPTY;
}

static bool set_user_agent(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    actor->settings->user_agent = value;
    return header_value_is_valid(value);
}

static void unset_user_agent(struct actor *actor)
{
    headers_add(&actor->settings->removed_headers, &actor->world->arena, TEXT("User-Agent"),
                TEXT_EMPTY);
}

static bool set_ca_file(struct step *step, struct actor *actor, struct text value)
{
    return project_file_path(step, value, &actor->settings->ca_file);
}

static void unset_ca_file(struct actor *actor)
{
    actor->settings->ca_file = TEXT_EMPTY;
}

static bool set_client_certificate(struct step *step, struct actor *actor, struct text value)
{
    return project_file_path(step, value, &actor->settings->client_certificate);
}

static void unset_client_certificate(struct actor *actor)
{
    actor->settings->client_certificate = TEXT_EMPTY;
}

static bool set_client_key(struct step *step, struct actor *actor, struct text value)
{
    return project_file_path(step, value, &actor->settings->client_key);
}

static void unset_client_key(struct actor *actor)
{
    actor->settings->client_key = TEXT_EMPTY;
}

static bool set_passphrase(struct step *step, struct actor *actor, struct text value)
{
    world_learn_secret(step->world, value);
    actor->settings->client_key_passphrase = value;
    return true;
}

static void unset_passphrase(struct actor *actor)
{
    actor->settings->client_key_passphrase = TEXT_EMPTY;
}

static bool set_proxy(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    actor->settings->proxy_use = HTTP_PROXY_GIVEN;
    actor->settings->proxy = value;
    return value.size > 0;
}

static void unset_proxy(struct actor *actor)
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

static bool set_resolve(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    add_to_list(actor, value, &actor->settings->resolve, &actor->settings->resolve_count);
    return http_resolve_is_valid(value);
}

static void unset_resolve(struct actor *actor)
{
    actor->settings->resolve_count = 0;
}

static bool set_connect_to(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    add_to_list(actor, value, &actor->settings->connect_to, &actor->settings->connect_to_count);
    return http_connect_to_is_valid(value);
}

static void unset_connect_to(struct actor *actor)
{
    actor->settings->connect_to_count = 0;
}

static bool set_unix_socket(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    actor->settings->unix_socket = value;
    return value.size > 0;
}

static void unset_unix_socket(struct actor *actor)
{
    actor->settings->unix_socket = TEXT_EMPTY;
}

static bool set_http_version(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return http_version_parse(value, &actor->settings->version);
}

static void unset_http_version(struct actor *actor)
{
    actor->settings->version = HTTP_VERSION_ANY;
}

static bool set_ip_version(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return http_ip_parse(value, &actor->settings->ip);
}

static void unset_ip_version(struct actor *actor)
{
    actor->settings->ip = HTTP_IP_ANY;
}

static bool set_tls_version(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return http_tls_parse(value, &actor->settings->tls_minimum);
}

static void unset_tls_version(struct actor *actor)
{
    actor->settings->tls_minimum = HTTP_TLS_ANY;
}

static bool set_connect_timeout(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return quantity_duration_ms(value, &actor->settings->connect_timeout_ms);
}

static void unset_connect_timeout(struct actor *actor)
{
    actor->settings->connect_timeout_ms = 0;
}

static bool set_response_timeout(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return quantity_duration_ms(value, &actor->settings->response_timeout_ms);
}

static void unset_response_timeout(struct actor *actor)
{
    actor->settings->response_timeout_ms = 0;
}

static bool set_body_limit(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    return quantity_size_bytes(value, &actor->settings->body_limit_bytes);
}

static void unset_body_limit(struct actor *actor)
{
    actor->settings->body_limit_bytes = actor->world->context->settings->limits.body_bytes;
}

static bool set_redirect_limit(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    uint64_t limit;
    if (!text_to_uint64(value, &limit) || limit > 1000) {
        return false;
    }
    actor->settings->redirect_limit = (unsigned)limit;
    return true;
}

static void unset_redirect_limit(struct actor *actor)
{
    actor->settings->redirect_limit = 1000;
}

static bool set_request_rate(struct step *step, struct actor *actor, struct text value)
{
    (void)step;
    double per_second;
    if (!quantity_rate_per_second(value, &per_second)) {
        return false;
    }
    rate_init(&actor->rate, per_second);
    return true;
}

static void unset_request_rate(struct actor *actor)
{
    rate_init(&actor->rate, 0);
}

static const struct setting_row rows[] = {
    { "base URL", "a URL such as https://staging.example", set_base_url, unset_base_url,
      false },
    { "service", "the name of a service of the environment", set_service, unset_base_url,
      false },
    { "bearer token", "a token", set_bearer_token, unset_bearer_token, true },
    { "user agent", "the value of a header", set_user_agent, unset_user_agent, false },
    { "CA file", "a file of the project", set_ca_file, unset_ca_file, false },
    { "client certificate", "a file of the project", set_client_certificate,
      unset_client_certificate, false },
    { "client key", "a file of the project", set_client_key, unset_client_key, false },
    { "client key passphrase", "a text", set_passphrase, unset_passphrase, true },
    { "proxy", "a URL such as http://127.0.0.1:3128", set_proxy, unset_proxy, false },
    { "resolve", "host:port:address", set_resolve, unset_resolve, false },
    { "connect-to", "host:port:host:port", set_connect_to, unset_connect_to, false },
    { "unix socket", "a path", set_unix_socket, unset_unix_socket, false },
    { "HTTP version", "1.0, 1.1 or 2", set_http_version, unset_http_version, false },
    { "IP version", "4 or 6", set_ip_version, unset_ip_version, false },
    { "TLS version", "1.0, 1.1, 1.2 or 1.3", set_tls_version, unset_tls_version, false },
    { "connect timeout", "a duration such as 2 s", set_connect_timeout, unset_connect_timeout,
      false },
    { "response timeout", "a duration such as 10 s", set_response_timeout,
      unset_response_timeout, false },
    { "body limit", "a size such as 1 MB", set_body_limit, unset_body_limit, false },
    { "redirect limit", "a number up to 1000", set_redirect_limit, unset_redirect_limit,
      false },
    { "request rate", "a rate such as 10/s", set_request_rate, unset_request_rate, false },
};

static const struct setting_row *find(struct step *step, struct text setting)
{
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        if (text_is(setting, rows[i].name)) {
            return &rows[i];
        }
    }
    step_fail(step, "unknown setting '%.*s'", TEXT_ARG(setting));
    step_hint(step, "`bddrun steps setting` lists them");
    return NULL;
}

bool actor_use_setting(struct step *step, struct actor *actor, struct text setting,
                       struct text value)
{
    const struct setting_row *row = find(step, setting);
    if (!row || !actor_settings(step, actor)) {
        return false;
    }
    if (!row->set(step, actor, value)) {
        if (!step_has_failed(step)) {
            step_fail(step, "'%.*s' is no %s", row->is_secret ? 3 : (int)value.size,
                      row->is_secret ? "***" : value.at, row->name);
            step_hint(step, "write %s", row->form);
        }
        return false;
    }
    struct applied_setting *applied = ARENA_NEW(&step->world->arena, struct applied_setting);
    applied->setting = text_of(row->name);
    applied->value = value;
    struct applied_setting **last = &actor->applied;
    while (*last) {
        last = &(*last)->next;
    }
    *last = applied;
    return true;
}

bool actor_use_no_setting(struct step *step, struct actor *actor, struct text setting)
{
    const struct setting_row *row = find(step, setting);
    if (!row || !actor_settings(step, actor)) {
        return false;
    }
    row->unset(actor);
    return true;
}
