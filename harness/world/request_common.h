/* SPDX-License-Identifier: MIT */
/* What requests of steps, upgrades of sockets and authorisations of channels have in common. */
#ifndef BDDRUN_WORLD_REQUEST_COMMON_H
#define BDDRUN_WORLD_REQUEST_COMMON_H

#include <stdbool.h>

#include "base/text.h"

struct actor;
struct http_settings;
struct request;

/* A method that changes nothing: GET, HEAD, OPTIONS. */
bool request_is_safe(struct text method);

/* What every request of an actor gets: the CSRF header and the cookies sent back as headers, and
 * a correlation id. */
void request_add_common(struct actor *actor, const struct http_settings *settings,
                        struct request *request);

#endif
