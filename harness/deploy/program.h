/* SPDX-License-Identifier: MIT */
/*
 * A program that bddrun.yaml names (a list: the program and its arguments, no shell), run to its end
 * within a time limit. Variables are added to its environment. What it writes, both outputs
 * together, is kept up to PROGRAM_OUTPUT_LIMIT_BYTES.
 */
#ifndef BDDRUN_DEPLOY_PROGRAM_H
#define BDDRUN_DEPLOY_PROGRAM_H

#include "base/arena.h"
#include "base/attribute.h"
#include "base/loop.h"
#include "base/problem.h"
#include "base/text.h"
#include "config/settings.h"

enum { PROGRAM_OUTPUT_LIMIT_BYTES = 64 << 10 };

struct program {
    struct config_texts words;
    struct config_pairs variables; /* name=value, instead of those of the environment */
    const char *const *process_environment;
    struct text input; /* for its standard input; may be empty */
    uint64_t limit_ms;
};

/* False with a problem that names the program: it did not start, was killed at its limit, or ended
 * with another exit code than 0 (with the last line that it wrote). *ret_output, in the arena, is
 * set whenever it started; it may be NULL. */
bool program_run(const struct program *program, struct loop *loop, struct arena *arena,
                 struct text *ret_output, struct problems *problems) MUST_CHECK;

#endif
