/* SPDX-License-Identifier: MIT */
#include "steps/vocabulary.h"

#include "base/attribute.h"
#include "steps/table/table.h"

const struct vocabulary_group *const vocabulary[] = {
    &vocabulary_actors,   &vocabulary_requests,   &vocabulary_headers,   &vocabulary_settings,
    &vocabulary_checks,   &vocabulary_documents,  &vocabulary_variables, &vocabulary_sockets,
    &vocabulary_messages, &vocabulary_recordings, &vocabulary_scenario,  NULL,
};

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
