/* SPDX-License-Identifier: MIT */
/*
 * A release tree in a temporary folder, with releases 1 (live), 2 and 3, a signed verdict of each,
 * a component that is suspended by a file, and a request to promote 2.
 */
#ifndef BDDRUN_SUPPORT_RELEASE_FIXTURE_H
#define BDDRUN_SUPPORT_RELEASE_FIXTURE_H

#include "deploy/operation.h"
#include "deploy/release.h"
#include "support/verdict_fixture.h"

#define RELEASE_COMMIT_1 "1111111111111111111111111111111111111111"
#define RELEASE_COMMIT_2 "2222222222222222222222222222222222222222"
#define RELEASE_COMMIT_3 "3333333333333333333333333333333333333333"

struct release_fixture {
    char folder[64];
    struct arena arena;
    struct problems problems;
    struct config config;
    struct release_request request;
    const struct config_component *component;
    bool smoke_fails_on[4]; /* by the number of the release that is live */
    size_t smoke_count;
};

void release_fixture_init(struct release_fixture *fixture);

/* The same with other lines in the section `deploy`; %s of the YAML is the folder. */
void release_fixture_init_with(struct release_fixture *fixture, const char *deploy_lines);
void release_fixture_release(struct release_fixture *fixture);

struct release_answer release_fixture_run(struct release_fixture *fixture, bool is_rollback);

/* Asks for the release of this number, with its verdict. */
void release_fixture_ask(struct release_fixture *fixture, int number);

struct text release_fixture_path(struct release_fixture *fixture, const char *name);
void release_fixture_write(struct release_fixture *fixture, const char *name,
                           const char *content);
struct text release_fixture_read(struct release_fixture *fixture, const char *name);

/* The release that the link names, read through it. */
struct text release_fixture_live(struct release_fixture *fixture);
bool release_fixture_is_suspended(struct release_fixture *fixture);

/* Of the journal, whose chain is checked. */
size_t release_fixture_count(struct release_fixture *fixture);
enum operation_outcome release_fixture_last_outcome(struct release_fixture *fixture);

#endif
