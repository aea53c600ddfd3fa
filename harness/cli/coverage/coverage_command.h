/* SPDX-License-Identifier: MIT */
/* What the forms of `bddrun coverage` share. */
#ifndef BDDRUN_CLI_COVERAGE_COVERAGE_COMMAND_H
#define BDDRUN_CLI_COVERAGE_COVERAGE_COMMAND_H

#include "cli/command.h"
#include "coverage/coverage.h"
#include "git/git.h"

struct coverage_options {
    struct text format;
    struct text output; /* empty: none */
    struct text changed;
    bool wants_json;
    bool wants_uncovered;
    bool wants_flips;
    bool wants_explanation;
    bool maps_paths;
    struct text root; /* the next four: of `coverage collect` */
    struct text gcov;
    struct option_texts only;
    uint64_t jobs;
    bool keeps_going;
};

/* `bddrun coverage collect FOLDER`: fills the coverage. */
bool coverage_command_collect(struct coverage *coverage, struct invocation *invocation,
                              struct arena *arena) MUST_CHECK;

/* Makes the paths relative to the repository of the working directory. */
bool coverage_command_map(struct coverage *coverage, struct git *git,
                          struct problems *problems) MUST_CHECK;

/* `--changed`: adds to out which changed lines are covered. The paths are mapped. */
bool coverage_command_changed(const struct coverage *coverage, struct git *git,
                              const struct coverage_options *options, struct buffer *out,
                              struct problems *problems) MUST_CHECK;

#endif
