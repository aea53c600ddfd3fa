/* SPDX-License-Identifier: MIT */
#include "match/step_definition.h"

static const struct {
    const char *name;
    bool is_doc_string;
    bool is_table;
} forms[] = {
    [TAKES_NOTHING] = { "", false, false },
    [TAKES_JSON] = { "JSON", true, false },
    [TAKES_TEXT] = { "text", true, false },
    [TAKES_PAIRS] = { "pairs", false, true },
    [TAKES_REQUEST] = { "request", false, true },
    [TAKES_PARTS] = { "parts", false, true },
    [TAKES_SETTINGS] = { "settings", false, true },
    [TAKES_SOCKET] = { "socket", false, true },
    [TAKES_CHECKS] = { "checks", false, true },
    [TAKES_EVENTS] = { "events", false, true },
    [TAKES_PEOPLE] = { "people", false, true },
    [TAKES_MASKS] = { "masks", false, true },
    [TAKES_STEPS] = { "steps", false, true },
    [TAKES_ANY] = { "any", true, true },
    [TAKES_AS_THE_STEP] = { "as the step", false, false },
};

const char *step_takes_name(enum step_takes takes)
{
    return forms[takes].name;
}

bool step_takes_doc_string(enum step_takes takes)
{
    return forms[takes].is_doc_string;
}

bool step_takes_table(enum step_takes takes)
{
    return forms[takes].is_table;
}
