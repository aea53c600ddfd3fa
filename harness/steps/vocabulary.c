/* SPDX-License-Identifier: MIT */
#include "steps/vocabulary.h"

#include "base/attribute.h"
#include "steps/table/table.h"

const struct vocabulary_group *const vocabulary[] = {
    &vocabulary_actors,   &vocabulary_requests,   &vocabulary_headers,   &vocabulary_settings,
    &vocabulary_checks,   &vocabulary_documents,  &vocabulary_variables, &vocabulary_sockets,
    &vocabulary_messages, &vocabulary_recordings, &vocabulary_scenario,  NULL,
};

struct parameter_types *vocabulary_types_new(void)
{
    struct parameter_types *types = parameter_types_new();
    parameter_types_add(types, vocabulary_patterns, vocabulary_pattern_count);
    return types;
}

struct registry *vocabulary_registry_new(struct parameter_types *types)
{
    struct registry *registry = registry_new(types);
    for (size_t i = 0; vocabulary[i]; i++) {
        struct expression_error error;
        if (!registry_add(registry, vocabulary[i]->steps, vocabulary[i]->count, &error)) {
            BUG("group %c of the vocabulary: %.*s", vocabulary[i]->letter,
                TEXT_ARG(error.expression));
        }
    }
    return registry;
}

const struct step_definition *vocabulary_find(struct text id)
{
    for (size_t i = 0; vocabulary[i]; i++) {
        for (size_t j = 0; j < vocabulary[i]->count; j++) {
            if (text_is(id, vocabulary[i]->steps[j].id)) {
                return &vocabulary[i]->steps[j];
            }
        }
    }
    return NULL;
}
