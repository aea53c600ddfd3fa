/* SPDX-License-Identifier: MIT */
/*
 * A feature from a string in a test: parsed, compiled, its problems at hand. Named "a.feature".
 */
#ifndef BDDRUN_SUPPORT_FEATURE_H
#define BDDRUN_SUPPORT_FEATURE_H

#include <stdbool.h>

#include "gherkin/parse.h"
#include "gherkin/pickle.h"

struct feature_fixture {
    struct source source;
    struct arena arena;
    struct problems problems;
    const struct document *document; /* NULL where it does not parse */
    struct pickles pickles;
    bool is_compiled;
};

/* text is borrowed. */
void feature_init(struct feature_fixture *fixture, struct text text);
void feature_release(struct feature_fixture *fixture);

/* "3:5 message" of each problem, a line each; valid as long as the fixture. */
const char *feature_problems(struct feature_fixture *fixture);

#endif
