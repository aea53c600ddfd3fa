/* SPDX-License-Identifier: MIT */
#include "config/sections/sections.h"

#include "config/settings.h"

#define MEMBER(member) offsetof(struct config_environment, member)
#define LIMIT(member) offsetof(struct config_limits, member)

#define DEFAULT_LIMITS                                                                         \
    {                                                                                          \
        .jobs = 8, .connect_ms = 5000, .response_ms = 10000, .receive_ms = 5000,               \
        .poll_ms = 250, .step_ms = 30000, .scenario_ms = 60000, .run_ms = 3600000,             \
        .body_bytes = 64U << 20                                                                \
    }

const struct config_limits config_default_limits = DEFAULT_LIMITS;

static const struct config_environment default_environment = { .limits = DEFAULT_LIMITS };

static const struct config_key revision_keys[] = {
    { .name = "at",
      .read = config_read_text,
      .offset = MEMBER(revision.at),
      .is_required = true },
    { .name = "json", .read = config_read_text, .offset = MEMBER(revision.json) },
    { .name = "header", .read = config_read_text, .offset = MEMBER(revision.header) },
    { 0 },
};

static const struct config_record revision_record = {
    .title = "the revision",
    .keys = revision_keys,
};

static const struct config_key tls_keys[] = {
    { .name = "ca", .read = config_read_path, .offset = MEMBER(tls.ca) },
    { .name = "certificate", .read = config_read_path, .offset = MEMBER(tls.certificate) },
    { .name = "key", .read = config_read_path, .offset = MEMBER(tls.key) },
    { .name = "passphrase", .read = config_read_secret, .offset = MEMBER(tls.passphrase) },
    { .name = "insecure", .read = config_read_boolean, .offset = MEMBER(tls.is_insecure) },
    { 0 },
};

static const struct config_record tls_record = { .title = "the TLS settings",
                                                 .keys = tls_keys };

static const struct config_key csrf_keys[] = {
    { .name = "cookie",
      .read = config_read_text,
      .offset = MEMBER(csrf_cookie),
      .is_required = true },
    { .name = "header",
      .read = config_read_text,
      .offset = MEMBER(csrf_header),
      .is_required = true },
    { 0 },
};

static const struct config_record csrf_record = { .title = "the CSRF settings",
                                                  .keys = csrf_keys };

static const struct config_key limit_keys[] = {
    { .name = "jobs",
      .read = config_read_count,
      .offset = LIMIT(jobs),
      .minimum = 1,
      .maximum = 1024 },
    { .name = "request_rate",
      .read = config_read_rate,
      .offset = LIMIT(request_rate_per_second) },
    { .name = "connect",
      .read = config_read_duration,
      .offset = LIMIT(connect_ms),
      .minimum = 1 },
    { .name = "response",
      .read = config_read_duration,
      .offset = LIMIT(response_ms),
      .minimum = 1 },
    { .name = "receive",
      .read = config_read_duration,
      .offset = LIMIT(receive_ms),
      .minimum = 1 },
    { .name = "poll", .read = config_read_duration, .offset = LIMIT(poll_ms), .minimum = 1 },
    { .name = "step", .read = config_read_duration, .offset = LIMIT(step_ms) },
    { .name = "scenario", .read = config_read_duration, .offset = LIMIT(scenario_ms) },
    { .name = "run", .read = config_read_duration, .offset = LIMIT(run_ms) },
    { .name = "body", .read = config_read_size, .offset = LIMIT(body_bytes) },
    { 0 },
};

static const struct config_record limit_record = { .title = "the limits", .keys = limit_keys };

struct socket {
    struct text name;
    int protocol;
    struct text url;
    struct text key;
    struct text auth;
    struct text namespace;
    struct config_pairs headers;
};

static const char *const socket_protocols[] = { "text",    "json",        "socketio", "pusher",
                                                "graphql", "actioncable", "phoenix",  NULL };

static const struct config_key socket_keys[] = {
    { .name = "protocol",
      .read = config_read_choice,
      .offset = offsetof(struct socket, protocol),
      .choices = socket_protocols,
      .is_required = true },
    { .name = "url", .read = config_read_template, .offset = offsetof(struct socket, url) },
    { .name = "key", .read = config_read_template, .offset = offsetof(struct socket, key) },
    { .name = "auth", .read = config_read_template, .offset = offsetof(struct socket, auth) },
    { .name = "namespace",
      .read = config_read_template,
      .offset = offsetof(struct socket, namespace) },
    { .name = "headers",
      .read = config_read_templates,
      .offset = offsetof(struct socket, headers) },
    { 0 },
};

static const struct config_record socket_record = {
    .title = "a socket",
    .size_bytes = sizeof(struct socket),
    .keys = socket_keys,
};

/* Checked here, kept as it is for whoever opens sockets. */
static bool read_sockets(struct config_reader *reader, const struct config_node *node,
                         const struct config_key *key, void *target)
{
    struct config_records sockets;
    struct config_key map = { .record = &socket_record };
    return config_read_record_map(reader, node, &map, &sockets) &&
           config_read_node(reader, node, key, target);
}

/* The keys below nest into members of the environment itself, so their offset is 0. */
static const struct config_key environment_keys[] = {
    { .name = "url", .read = config_read_url, .offset = MEMBER(url), .is_required = true },
    { .name = "services", .read = config_read_urls, .offset = MEMBER(services) },
    { .name = "revision", .read = config_read_record, .record = &revision_record },
    { .name = "lease", .read = config_read_text, .offset = MEMBER(lease) },
    { .name = "tls", .read = config_read_record, .record = &tls_record },
    { .name = "proxy", .read = config_read_text, .offset = MEMBER(proxy) },
    { .name = "headers", .read = config_read_templates, .offset = MEMBER(headers) },
    { .name = "csrf", .read = config_read_record, .record = &csrf_record },
    { .name = "sockets", .read = read_sockets, .offset = MEMBER(sockets) },
    { .name = "limits",
      .read = config_read_record,
      .record = &limit_record,
      .offset = MEMBER(limits) },
    { .name = "accounts", .read = config_read_path, .offset = MEMBER(accounts) },
    { .name = "retry", .read = config_read_count, .offset = MEMBER(retry), .maximum = 10 },
    { .name = "read_only", .read = config_read_boolean, .offset = MEMBER(is_read_only) },
    { 0 },
};

static const struct config_record environment_record = {
    .title = "an environment",
    .size_bytes = sizeof(struct config_environment),
    .keys = environment_keys,
    .defaults = &default_environment,
};

const struct config_section section_environments = {
    .key = { .name = "environments",
             .read = config_read_record_map,
             .record = &environment_record },
    .size_bytes = sizeof(struct config_records),
    .summary = "name: where scenarios run, and how",
};
