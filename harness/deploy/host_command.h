/* SPDX-License-Identifier: MIT */
/*
 * A command run where a release lives: on this machine, or on a host through the system's ssh. An
 * argument vector in both cases: for ssh, which hands one line to a shell on the other side, each
 * word is quoted.
 */
#ifndef BDDRUN_DEPLOY_HOST_COMMAND_H
#define BDDRUN_DEPLOY_HOST_COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/loop.h"
#include "base/problem.h"
#include "base/text.h"
#include "config/value.h"

enum { HOST_OUTPUT_LIMIT_BYTES = 4 << 20, HOST_VARIABLES = 4 };

struct host_variable {
    const char *name;
    struct text value;
};

struct host_command {
    struct text host; /* empty: this machine */
    const struct config_texts
        *ssh;           /* the words before the host; NULL or none: ssh -o BatchMode=yes */
    struct text folder; /* to run in; empty: where it starts */
    const struct text *words;
    size_t word_count;
    struct host_variable
        variables[HOST_VARIABLES];  /* added to the environment; name NULL: none */
    const char *const *environment; /* of this process */
    struct text input;
    uint64_t limit_ms;
};

struct host_answer {
    bool is_in_time; /* false: killed at its limit */
    int code;
    struct text output; /* what it wrote to the standard output; in the arena */
    struct text errors;
};

/* False with a problem: it could not be started at all. */
bool host_command_run(const struct host_command *command, struct loop *loop,
                      struct arena *arena, struct host_answer *ret_answer,
                      struct problems *problems) MUST_CHECK;

/* The words as a shell reads them, for --dry-run and messages. */
struct text host_words(const struct text *words, size_t count, struct arena *arena);

/* The last line that is not empty: what a command said before it failed. */
struct text host_last_line(const struct host_answer *answer);

#endif
