/* SPDX-License-Identifier: MIT */
/* The {setting}s of the vocabulary, section 4 D, in a table. */
#include "net/http_settings.h"
#include "world/session.h"
#include "world/setting.h"
#include "world/step.h"
#include "world/world.h"

struct setting_row {
    const char *name;
    const char *form; /* for the message */
    setting_set *set;
    setting_unset *unset;
    bool is_secret;
};

static const struct setting_row rows[] = {
    { "base URL", "a URL such as https://staging.example", setting_set_base_url,
      setting_unset_base_url, false },
    { "service", "the name of a service of the environment", setting_set_service,
      setting_unset_base_url, false },
    { "bearer token", "a token", setting_set_bearer_token, setting_unset_bearer_token, true },
    { "user agent", "the value of a header", setting_set_user_agent, setting_unset_user_agent,
      false },
    { "CA file", "a file of the project", setting_set_ca_file, setting_unset_ca_file, false },
    { "client certificate", "a file of the project", setting_set_client_certificate,
      setting_unset_client_certificate, false },
    { "client key", "a file of the project", setting_set_client_key, setting_unset_client_key,
      false },
    { "client key passphrase", "a text", setting_set_passphrase, setting_unset_passphrase,
      true },
    { "proxy", "a URL such as http://127.0.0.1:3128", setting_set_proxy, setting_unset_proxy,
      false },
    { "resolve", "host:port:address", setting_set_resolve, setting_unset_resolve, false },
    { "connect-to", "host:port:host:port", setting_set_connect_to, setting_unset_connect_to,
      false },
    { "unix socket", "a path", setting_set_unix_socket, setting_unset_unix_socket, false },
    { "HTTP version", "1.0, 1.1 or 2", setting_set_http_version, setting_unset_http_version,
      false },
    { "IP version", "4 or 6", setting_set_ip_version, setting_unset_ip_version, false },
    { "TLS version", "1.0, 1.1, 1.2 or 1.3", setting_set_tls_version, setting_unset_tls_version,
      false },
    { "connect timeout", "a duration such as 2 s", setting_set_connect_timeout,
      setting_unset_connect_timeout, false },
    { "response timeout", "a duration such as 10 s", setting_set_response_timeout,
      setting_unset_response_timeout, false },
    { "body limit", "a size such as 1 MB", setting_set_body_limit, setting_unset_body_limit,
      false },
    { "redirect limit", "a number up to 1000", setting_set_redirect_limit,
      setting_unset_redirect_limit, false },
    { "request rate", "a rate such as 10/s", setting_set_request_rate,
      setting_unset_request_rate, false },
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
    actor_note_setting(
        actor, (struct applied_setting){ .setting = text_of(row->name), .value = value });
    return true;
}

bool actor_use_no_setting(struct step *step, struct actor *actor, struct text setting)
{
    const struct setting_row *row = find(step, setting);
    if (!row || !actor_settings(step, actor)) {
        return false;
    }
    row->unset(actor);
    actor_note_setting(actor, (struct applied_setting){ .setting = APPLIED_NO_SETTING,
                                                        .name = text_of(row->name) });
    return true;
}
