/* SPDX-License-Identifier: MIT */
#include "config/process_variables.h"

#include "base/buffer.h"
#include "base/near.h"

#define PREFIX TEXT("BDDRUN_")

enum { HINT_LIMIT = 1000 };

const struct process_variable process_variables[] = {
    { "BDDRUN_CONFIG", "the configuration file, as --config", false },
    { "BDDRUN_ENV", "the environment, as -e", false },
    { "BDDRUN_BASE_URL", "the base URL, as --base-url", false },
    { "BDDRUN_JOBS", "how many scenarios run at the same time, as -j", false },
    { "BDDRUN_ARTEFACT", "what is tested, as --artefact", false },
    { "BDDRUN_ATTEMPT", "of this job, as --attempt", false },
    { "BDDRUN_VAR_", "BDDRUN_VAR_name: a variable, as -D name=value", true },
    { "BDDRUN_SECRET_", "BDDRUN_SECRET_name: the value of a secret", true },
    { "BDDRUN_REDACTION_KEY", "the key of the tokens that stand for secrets", false },
    { "BDDRUN_SIGNING_KEY", "the key that signs a verdict", false },
    { "BDDRUN_OVERRIDE_KEY", "the second key, of --override", false },
    { "BDDRUN_NOW", "the time that windows are asked for, as --at", false },
    { "BDDRUN_CONFORMANCE_DATA", "the public test data of bddrun's own tests", false },
    { NULL, NULL, false },
};

static bool is_known(struct text name)
{
    for (const struct process_variable *at = process_variables; at->name; at++) {
        struct text known = text_of(at->name);
        if (text_equal(name, known) ||
            (at->is_prefix && name.size > known.size && text_starts_with(name, known))) {
            return true;
        }
    }
    return false;
}

static void refuse(struct text name, struct problems *problems)
{
    struct near near;
    near_init(&near, name);
    near.worst = 2; /* the prefix alone would make all of them near */
    for (const struct process_variable *at = process_variables; at->name; at++) {
        near_offer(&near, text_of(at->name));
    }
    CLEANUP(buffer_release) struct buffer hint;
    buffer_init(&hint, HINT_LIMIT);
    near_print(&hint, &near);
    problems_add(problems, PROBLEM_USAGE, span_none(), NULL,
                 "unknown environment variable '%.*s'", TEXT_ARG(name));
    if (near.count) {
        problems_hint(problems, "did you mean %.*s?", TEXT_ARG(buffer_text(&hint)));
    } else {
        problems_hint(problems,
                      "`bddrun help` lists the names that begin with BDDRUN_; unset it");
    }
}

bool process_variables_check(const char *const *environment, struct problems *problems)
{
    bool is_fine = true;
    for (const char *const *at = environment; at && *at; at++) {
        struct text pair = text_of(*at);
        struct text name = text_slice(pair, 0, text_find_byte(pair, '=', 0));
        if (text_starts_with(name, PREFIX) && !is_known(name)) {
            refuse(name, problems);
            is_fine = false;
        }
    }
    return is_fine;
}
