/* SPDX-License-Identifier: MIT */
#include "cli/options/configured.h"

static struct text process_variable(const struct invocation *invocation, struct text name)
{
    struct config_reader reader = { .process_environment = invocation->process_environment };
    struct text value;
    return config_process_variable(&reader, name, &value) ? value : TEXT_EMPTY;
}

bool configured_make(const struct configured_values *values, struct invocation *invocation,
                     const struct config_settings **ret_settings)
{
    struct config_search search = {
        .option = values->config,
        .variable = process_variable(invocation, TEXT("BDDRUN_CONFIG")),
        .first_path = invocation->words.count ? invocation->words.list[0] : TEXT_EMPTY,
    };
    struct settings_request request = {
        .environment = values->environment,
        .base_url = values->base_url,
        .definitions = values->definitions.list,
        .definition_count = values->definitions.count,
        .jobs = values->jobs,
    };
    struct config *config = &invocation->config;
    return config_load(config, &search, &invocation->problems) &&
           settings_make(config, &request, ret_settings, &invocation->problems);
}
