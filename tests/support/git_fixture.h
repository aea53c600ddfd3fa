/* SPDX-License-Identifier: MIT */
/*
 * A folder of its own below /tmp in which a test makes real git repositories: with an identity, dates
 * that stand still, and none of the settings of whoever runs the test.
 */
#ifndef BDDRUN_TESTS_SUPPORT_GIT_FIXTURE_H
#define BDDRUN_TESTS_SUPPORT_GIT_FIXTURE_H

#include <stddef.h>

#include "base/problem.h"
#include "git/git.h"

struct git_fixture {
    char folder[64];
    struct problems problems;
    struct git git; /* opened by git_fixture_open */
    const char *environment[16];
    char home[80];
};

void git_fixture_init(struct git_fixture *fixture);
void git_fixture_release(struct git_fixture *fixture); /* removes the folder */

/* Runs a shell script in the folder; the test fails when it does. */
void git_fixture_shell(struct git_fixture *fixture, const char *script);

/* (Re)opens the repository in folder/name. */
void git_fixture_open(struct git_fixture *fixture, const char *name);

/* The message of the only problem. */
const char *git_fixture_problem(struct git_fixture *fixture);

#endif
