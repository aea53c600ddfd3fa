/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "cli/console.h"
#include "cli/record/record.h"
#include "config/recordings.h"
#include "exchange/url.h"
#include "record/import/import.h"
#include "redact/redaction.h"
#include "redact/secrets.h"
#include "world/recordings.h"

enum { SHOWN_LIMIT = 64 << 20, RULES_VERSION = 1 };

/* The environment that recordings are of, whether or not it is the chosen one. */
static const struct config_environment *
environment_of(const struct config_settings *settings,
               const struct config_recordings *recordings)
{
    for (size_t i = 0; i < settings->environment_count; i++) {
        if (text_equal(settings->environments[i].name, recordings->environment)) {
            return &settings->environments[i];
        }
    }
    return NULL;
}

static void add_host(struct option_texts *hosts, struct arena *arena, struct text whole)
{
    struct url url;
    if (url_parse(whole, &url)) {
        option_texts_add(hosts, arena,
                         arena_format(arena, "%.*s:%u", TEXT_ARG(url.host), url.port));
    }
}

/* Without --host those of the environment: its URL and its services. */
static void choose_hosts(struct invocation *invocation, struct import *import,
                         const struct config_environment *environment)
{
    struct record_values *values = invocation->values;
    if (values->hosts.count == 0 && environment) {
        add_host(&values->hosts, &invocation->arena, environment->url);
        for (size_t i = 0; i < environment->services.count; i++) {
            add_host(&values->hosts, &invocation->arena, environment->services.list[i].value);
        }
    }
    import->hosts = values->hosts.list;
    import->host_count = values->hosts.count;
    struct url url;
    if (environment && url_parse(environment->url, &url)) {
        import->path_prefix = url.path;
    }
}

static bool choose_paths(struct invocation *invocation, struct import *import)
{
    const struct record_values *values = invocation->values;
    import->paths.list = ARENA_ARRAY(&invocation->arena, values->paths.count + 1, struct glob);
    for (size_t i = 0; i < values->paths.count; i++) {
        struct text written = values->paths.list[i];
        const char *reason;
        bool has_slash = text_starts_with(written, TEXT("/"));
        if (!glob_parse(text_from(written, has_slash), &invocation->arena,
                        &import->paths.list[i], &reason)) {
            problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                         "write it as --path '/api/**'", "--path '%.*s' has %s",
                         TEXT_ARG(written), reason);
            return false;
        }
        import->paths.count++;
    }
    return true;
}

/* Allowed are the names of the configuration and of --keep. */
static void make_rules(struct invocation *invocation, const struct recordings *recordings,
                       struct redaction_rules *rules)
{
    const struct record_values *values = invocation->values;
    struct option_texts allowed = { 0 };
    for (size_t i = 0; i < recordings->rules.allowed_count; i++) {
        option_texts_add(&allowed, &invocation->arena, recordings->rules.allowed[i]);
    }
    for (size_t i = 0; i < values->keep.count; i++) {
        option_texts_add(&allowed, &invocation->arena, values->keep.list[i]);
    }
    *rules = recordings->rules;
    rules->is_allow_list = true;
    rules->allowed = allowed.list;
    rules->allowed_count = allowed.count;
}

static void add_secrets(struct secrets *secrets, const struct config_settings *settings)
{
    for (size_t i = 0; i < settings->secret_count; i++) {
        if (settings->secrets[i].source.has_value) {
            (void)secrets_add(secrets, settings->secrets[i].source.value);
        }
    }
}

static void list_scenarios(struct invocation *invocation, const struct plan *plan,
                           struct import *import)
{
    import->scenarios =
        ARENA_ARRAY(&invocation->arena, plan->count + 1, struct import_scenario);
    import->scenario_count = plan->count;
    for (size_t i = 0; i < plan->count; i++) {
        struct import_scenario *scenario = &import->scenarios[i];
        scenario->feature = plan->files[plan->list[i].file].source.name;
        scenario->pickle = plan->list[i].pickle;
        wanted_init(&scenario->wanted, scenario->pickle, plan->registry, &invocation->arena);
    }
}

static enum exit_code conclude(struct invocation *invocation, struct import *import)
{
    const struct record_values *values = invocation->values;
    size_t taken = 0;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, SHOWN_LIMIT);
    for (size_t i = 0; i < import->scenario_count; i++) {
        taken += import->scenarios[i].recording.count;
    }
    record_print_import(&out, import, values->from, values->is_json);
    if (!console_write(buffer_text(&out), &invocation->problems)) {
        return EXIT_CODE_ENVIRONMENT;
    }
    if (taken == 0) {
        problems_add(&invocation->problems, PROBLEM_NOTHING, span_none(),
                     "choose other hosts, paths or scenarios, or take --all for one scenario",
                     "nothing of '%.*s' is taken", TEXT_ARG(values->from));
        return EXIT_CODE_NOTHING;
    }
    return import_write(import, &invocation->problems)
               ? EXIT_CODE_YES
               : problems_exit_code(&invocation->problems);
}

static enum exit_code import_with(struct invocation *invocation, const struct plan *plan,
                                  struct import *import)
{
    const struct record_values *values = invocation->values;
    import->takes_all = values->takes_all;
    if (import->takes_all && plan->count != 1) {
        problems_add(&invocation->problems, PROBLEM_USAGE, span_none(),
                     "name it: --scenario 'The lobby opens', or scenarios/lobby.feature:3",
                     "--all takes a whole file for one scenario, but %zu are chosen",
                     plan->count);
        return EXIT_CODE_USAGE;
    }
    if (!choose_paths(invocation, import) ||
        !import_map(import, values->from, &invocation->problems)) {
        return problems_exit_code(&invocation->problems);
    }
    return conclude(invocation, import);
}

enum exit_code record_import(struct invocation *invocation, const struct plan *plan,
                             const struct config_settings *settings)
{
    const struct recordings *recordings = plan->recordings;
    const struct config_environment *environment =
        environment_of(settings, recordings->settings);
    struct redaction_rules rules;
    struct secrets *secrets = ARENA_NEW(&invocation->arena, struct secrets);
    struct import *import = ARENA_NEW(&invocation->arena, struct import);
    secrets_init(secrets);
    add_secrets(secrets, settings);
    make_rules(invocation, recordings, &rules);
    import_init(import);
    import->store = recordings->store;
    import->redaction = redaction_new(&recordings->key, &rules, secrets);
    import->facts = (struct recording_facts){ .environment = recordings->settings->environment,
                                              .redaction_key = text_of(recordings->key.id),
                                              .redaction_rules = RULES_VERSION };
    choose_hosts(invocation, import, environment);
    list_scenarios(invocation, plan, import);
    enum exit_code code = import_with(invocation, plan, import);
    console_show_problems(&invocation->problems, invocation->with_colour);
    code = exit_code_worse(code, problems_exit_code(&invocation->problems));
    problems_clear(&invocation->problems);
    redaction_free(import->redaction);
    import_release(import);
    secrets_release(secrets);
    return code;
}
