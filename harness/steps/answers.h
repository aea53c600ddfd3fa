/* SPDX-License-Identifier: MIT */
/* The answers that a check beginning with {whose} is about. */
#ifndef BDDRUN_STEPS_ANSWERS_H
#define BDDRUN_STEPS_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

struct actor;
struct exchange;
struct step;

struct answer {
    struct actor *actor;
    struct exchange *exchange;
};

struct answers {
    struct answer *list; /* at least one, in the world's arena */
    size_t count;
};

/* The newest answers of the step's first argument; marks them as looked at and counts as a check.
 * False: the step has failed. */
bool answers_of_whose(struct step *step, struct answers *ret_answers);

#endif
