/* SPDX-License-Identifier: MIT */
#include "cli/options/configured.h"

static struct text process_variable(const struct invocation *invocation, struct text name)
{
    struct config_reader reader = { .process_environment = invocation->process_environment };
    struct text value;
    return config_process_variable(&reader, name, &value) ? value : TEXT_EMPTY;
}

bool configured_load(const struct configured_values *values, struct invocation *invocation)
{
    struct config_search search = {
        .option = values->config,
        .variable = process_variable(invocation, TEXT("BDDRUN_CONFIG")),
        .first_path = invocation->words.count ? invocation->words.list[0] : TEXT_EMPTY,
    };
    return config_load(&invocation->config, &search, &invocation->problems);
}

bool configured_settle(const struct configured_values *values, struct invocation *invocation,
                       const struct config_settings **ret_settings)
{
    struct settings_request request = {
        .environment = values->environment,
        .base_url = values->base_url,
        .definitions = values->definitions.list,
        .definition_count = values->definitions.count,
        .jobs = values->jobs,
    };
    return settings_make(&invocation->config, &request, ret_settings, &invocation->problems);
}

bool configured_make(const struct configured_values *values, struct invocation *invocation,
                     const struct config_settings **ret_settings)
{
    return configured_load(values, invocation) &&
           configured_settle(values, invocation, ret_settings);
}
