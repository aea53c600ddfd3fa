/* SPDX-License-Identifier: MIT */
/* A decision being made: gathering.c fills the input, gate.c weighs it and makes the verdict. */
#ifndef BDDRUN_GATE_DECIDING_H
#define BDDRUN_GATE_DECIDING_H

#include "gate/gate.h"

struct deciding {
    struct gate *gate;
    const struct gate_request *request;
    struct problems *problems;
    struct gate_input input;
};

/* False with problems: no repository, no such commit. What else is missing is in the input. */
bool gather(struct deciding *deciding) MUST_CHECK;

#endif
