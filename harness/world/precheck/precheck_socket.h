/* SPDX-License-Identifier: MIT */
/* What steps about sockets say, before anything runs. All: false with problems. */
#ifndef BDDRUN_WORLD_PRECHECK_PRECHECK_SOCKET_H
#define BDDRUN_WORLD_PRECHECK_PRECHECK_SOCKET_H

#include <stdbool.h>

#include "base/problem.h"
#include "base/text.h"

struct precheck;

/* One that this version has. */
bool precheck_protocol(struct text name, struct span at, struct problems *problems);

/* A quoted string of hexadecimal digits. */
bool precheck_bytes(struct precheck *precheck, struct text quoted, struct span at,
                    struct problems *problems);

#endif
