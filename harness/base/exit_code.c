/* SPDX-License-Identifier: MIT */
#include "base/exit_code.h"

#include <stddef.h>

#include "base/attribute.h"

/* Worst first. A signal ends the run whatever else was found, so it stands before all. */
static const enum exit_code worst_first[] = {
    EXIT_CODE_NEEDS_PERSON, EXIT_CODE_TAKEN_BACK, EXIT_CODE_BUG,
    EXIT_CODE_ENVIRONMENT,  EXIT_CODE_USAGE,      EXIT_CODE_NOTHING,
    EXIT_CODE_NO,           EXIT_CODE_NOT_NOW,    EXIT_CODE_YES,
};

static size_t rank(enum exit_code code)
{
    for (size_t i = 0; i < ARRAY_SIZE(worst_first); i++) {
        if (worst_first[i] == code) {
            return i + 1;
        }
    }
    return 0;
}

enum exit_code exit_code_worse(enum exit_code a, enum exit_code b)
{
    return rank(a) <= rank(b) ? a : b;
}

const char *exit_code_meaning(enum exit_code code)
{
    static const struct {
        enum exit_code code;
        const char *words;
    } meanings[] = {
        { EXIT_CODE_YES, "yes, all well" },
        { EXIT_CODE_NO, "no, something failed or differs" },
        { EXIT_CODE_USAGE, "wrong usage, configuration or input" },
        { EXIT_CODE_NOTHING, "nothing to judge" },
        { EXIT_CODE_ENVIRONMENT, "the environment failed before any effect" },
        { EXIT_CODE_TAKEN_BACK, "switched and taken back, production serves what it did" },
        { EXIT_CODE_NEEDS_PERSON, "production needs a person" },
        { EXIT_CODE_BUG, "a bug in bddrun" },
        { EXIT_CODE_NOT_NOW, "not now, nothing was touched" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(meanings); i++) {
        if (meanings[i].code == code) {
            return meanings[i].words;
        }
    }
    return "ended by a signal";
}
