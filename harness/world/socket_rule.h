/* SPDX-License-Identifier: MIT */
/* What a socket does with messages by itself: it answers some and ignores others. */
#ifndef BDDRUN_WORLD_SOCKET_RULE_H
#define BDDRUN_WORLD_SOCKET_RULE_H

#include <stdbool.h>

#include "base/text.h"

struct actor_socket;
struct inbox_event;
struct regex;

struct socket_answer {
    struct socket_answer *next; /* made before */
    struct regex *regex;        /* heap */
    struct text with;
};

struct socket_ignored {
    struct socket_ignored *next;
    struct text event;
};

/* Owns the regex from now on. */
void socket_rule_answer(struct actor_socket *socket, struct regex *regex, struct text with);

/* Those in the inbox too. */
void socket_rule_ignore(struct actor_socket *socket, struct text event);

/* Applies both to an event that has just been added to the inbox; frame: as it came. */
void socket_rule_apply(struct actor_socket *socket, struct inbox_event *event,
                       struct text frame);

void socket_rule_release(struct actor_socket *socket);

#endif
