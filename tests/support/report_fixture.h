/* SPDX-License-Identifier: MIT */
/*
 * A run without anything that runs: six scenarios, told of by hand, so that reporters can be compared
 * with what they should write. Outputs go to files of a temporary folder. The clock stands still
 * unless a test moves it.
 */
#ifndef BDDRUN_TESTS_SUPPORT_REPORT_FIXTURE_H
#define BDDRUN_TESTS_SUPPORT_REPORT_FIXTURE_H

#include "base/arena.h"
#include "base/clock.h"
#include "event/stream.h"

/* 2026-11-23T07:00:00Z */
#define FIXTURE_START_NS (UINT64_C(1795417200) * NANOSECONDS_PER_SECOND)

enum {
    FIXTURE_LOBBY,   /* passes */
    FIXTURE_JOIN,    /* fails in a composite step, with an exchange */
    FIXTURE_CHIPS,   /* fails with mismatches in a doc string */
    FIXTURE_FLAKY,   /* fails, then passes */
    FIXTURE_SKIPPED, /* skipped with a reason */
    FIXTURE_UNDEFINED,
    FIXTURE_SCENARIOS
};

struct report_fixture {
    char folder[64];
    struct arena arena;
    struct problems problems;
    struct clock clock;
    struct scenario_lookup lookup;
    struct reporter_setup setup;
    struct stream stream;
    struct tally tally;
};

void report_fixture_init(struct report_fixture *fixture);
void report_fixture_release(struct report_fixture *fixture); /* removes the folder */

/* Opens reporters of NAME, or NAME:FILE with FILE below the folder; asserts that it works. */
void report_fixture_open(struct report_fixture *fixture, const char *name, const char *file);

void report_fixture_event(struct report_fixture *fixture, struct event event);
void report_fixture_run_started(struct report_fixture *fixture);
void report_fixture_scenario(struct report_fixture *fixture, uint32_t scenario);
void report_fixture_result(struct report_fixture *fixture, const struct result *result);
void report_fixture_run_finished(struct report_fixture *fixture);
void report_fixture_close(struct report_fixture *fixture);

/* All of a run, opened and closed. */
void report_fixture_play(struct report_fixture *fixture, const char *name, const char *file);

/* What a file of the folder holds; "stdout" and "stderr" are two of them. */
struct text report_fixture_read(struct report_fixture *fixture, const char *file);
struct text report_fixture_path(struct report_fixture *fixture, const char *file);

/* Fails unless the text is what tests/unit/reporters/golden/NAME holds. With UPDATE in the
 * environment the file is written instead. */
void assert_golden(struct report_fixture *fixture, struct text text, const char *name);

/* The result that report_fixture_scenario sends last, in the arena. */
struct result *report_fixture_result_of(struct report_fixture *fixture, uint32_t scenario);

/* Adds a socket with two messages, one of them with what a terminal or a log must not get raw. */
void report_fixture_add_conversation(struct report_fixture *fixture, struct result *result);

#endif
