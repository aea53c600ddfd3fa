/* SPDX-License-Identifier: MIT */
/* One connection of a server that misbehaves: what it sends, and then does. */
#ifndef BDDRUN_SITE_HOSTILE_HOSTILE_H
#define BDDRUN_SITE_HOSTILE_HOSTILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct behaviour {
    const char *path;
    struct text raw;               /* sent first */
    void (*go_on)(int connection); /* then, where it is not NULL */
};

/* Ends the process where the client has gone. */
void send_all(int connection, const char *bytes, size_t size);
void send_filled(int connection, char filler, size_t size);

void send_forever(int connection);
void stay_silent(int connection);
void reset(int connection);

/* Below /ws/: after a proper upgrade. head is the request's. False: no such path. */
bool misbehave_upgraded(int connection, struct text path, struct text head);

#endif
