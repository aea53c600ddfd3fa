/* SPDX-License-Identifier: MIT */
/*
 * An actor's session: its cookies and its settings. Both begin as the environment says; a kept
 * session (A4) is a text of lines: the settings that steps made, then the cookies.
 */
#ifndef BDDRUN_WORLD_SESSION_H
#define BDDRUN_WORLD_SESSION_H

#include <stdbool.h>

#include "base/text.h"

struct actor;
struct http_session;
struct http_settings;
struct step;

/* Made on first use. */
struct http_session *actor_session(struct actor *actor);

/* Made on first use from the environment; its headers are expanded for the actor. NULL: the step
 * has failed. */
struct http_settings *actor_settings(struct step *step, struct actor *actor);

/* As if the actor had done nothing yet: no cookies, the environment's settings. */
void actor_forget_session(struct actor *actor);

void actor_release(struct actor *actor);

/* A {setting} of the vocabulary with its value: applies it and remembers it for a kept session.
 * False: the step has failed; the message points at the step. */
bool actor_use_setting(struct step *step, struct actor *actor, struct text setting,
                       struct text value);

/* `uses no {setting}`: as the environment has it not: off or empty. */
bool actor_use_no_setting(struct step *step, struct actor *actor, struct text setting);

bool session_pack(struct step *step, struct actor *actor, struct text *ret_packed);
bool session_unpack(struct step *step, struct actor *actor, struct text packed);

#endif
