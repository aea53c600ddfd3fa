/* SPDX-License-Identifier: MIT */
/* The functions behind the {setting}s: each sets from a text, or takes the setting back. */
#ifndef BDDRUN_WORLD_SETTING_H
#define BDDRUN_WORLD_SETTING_H

#include <stdbool.h>

#include "base/text.h"

struct actor;
struct step;

/* False: value is not of the form, or the step has failed. */
typedef bool setting_set(struct step *step, struct actor *actor, struct text value);
typedef void setting_unset(struct actor *actor);

setting_set setting_set_base_url;
setting_set setting_set_service;
setting_unset setting_unset_base_url;
setting_set setting_set_bearer_token;
setting_unset setting_unset_bearer_token;
setting_set setting_set_user_agent;
setting_unset setting_unset_user_agent;
setting_set setting_set_ca_file;
setting_unset setting_unset_ca_file;
setting_set setting_set_client_certificate;
setting_unset setting_unset_client_certificate;
setting_set setting_set_client_key;
setting_unset setting_unset_client_key;
setting_set setting_set_passphrase;
setting_unset setting_unset_passphrase;
setting_set setting_set_proxy;
setting_unset setting_unset_proxy;
setting_set setting_set_resolve;
setting_unset setting_unset_resolve;
setting_set setting_set_connect_to;
setting_unset setting_unset_connect_to;
setting_set setting_set_unix_socket;
setting_unset setting_unset_unix_socket;
setting_set setting_set_http_version;
setting_unset setting_unset_http_version;
setting_set setting_set_ip_version;
setting_unset setting_unset_ip_version;
setting_set setting_set_tls_version;
setting_unset setting_unset_tls_version;
setting_set setting_set_connect_timeout;
setting_unset setting_unset_connect_timeout;
setting_set setting_set_response_timeout;
setting_unset setting_unset_response_timeout;
setting_set setting_set_body_limit;
setting_unset setting_unset_body_limit;
setting_set setting_set_redirect_limit;
setting_unset setting_unset_redirect_limit;
setting_set setting_set_request_rate;
setting_unset setting_unset_request_rate;

#endif
