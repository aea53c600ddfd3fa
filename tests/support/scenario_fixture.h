/* SPDX-License-Identifier: MIT */
/*
 * Scenarios from text in a test, run by attempt_run against a raw server: a registry of the whole
 * vocabulary, a loop, a net, a frozen wall clock, settings. What came of a scenario is given as
 * text.
 */
#ifndef BDDRUN_TESTS_SUPPORT_SCENARIO_FIXTURE_H
#define BDDRUN_TESTS_SUPPORT_SCENARIO_FIXTURE_H

#include "base/random.h"
#include "config/settings.h"
#include "event/emitter.h"
#include "redact/secrets.h"
#include "run/attempt.h"
#include "support/http_fixture.h"

struct scenario_fixture {
    struct http_fixture http;
    struct parameter_types *types;
    struct registry *registry;
    struct random random;
    struct secrets secrets;
    struct emitter emitter;
    struct rate rate;
    struct config_settings settings;
    struct world_context world;
    struct attempt_context context;
    struct variables kept; /* sessions */
    char folder[32];       /* temporary: of the project, and out/ below it */
    struct arena arena;
};

void scenario_fixture_open(struct scenario_fixture *fixture, raw_handler *handler);
void scenario_fixture_close(struct scenario_fixture *fixture);

/* Writes a file below the project folder. */
void scenario_fixture_write(struct scenario_fixture *fixture, const char *name,
                            const char *content);

/*
 * Runs the steps (lines as they stand in a feature, without indentation) as one scenario:
 * "passed", or the status and a line for each line that did not pass:
 *
 *   failed
 *   failed: the status is 200: MESSAGE
 *     WHAT: expected X, found Y
 *     hint: …
 *
 * A failure that has neither a hint nor values is given "NEITHER HINT NOR VALUES". Valid until the
 * next call.
 */
const char *scenario_fixture_run(struct scenario_fixture *fixture, const char *steps);

struct trial {
    const char *steps;
    const char *expected; /* whole, or with a "…" at its end: how it starts */
};

/* Runs each; fails the test with every one that came out otherwise. */
void scenario_fixture_assert(struct scenario_fixture *fixture, const struct trial *rows,
                             size_t count);

#endif
