/* SPDX-License-Identifier: MIT */
/*
 * An actor's session: its cookies and its settings. Both begin as the environment says; a kept
 * session (A4) is a text of lines: the settings that steps made, then the cookies.
 */
#ifndef BDDRUN_WORLD_SESSION_H
#define BDDRUN_WORLD_SESSION_H

#include <stdbool.h>

#include "base/text.h"
#include "world/actor.h"

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

/* What a step sets beside the {setting}s; all of it travels with a kept session. */
#define APPLIED_NO_SETTING TEXT("no setting")
#define APPLIED_HEADER TEXT("header")
#define APPLIED_NO_HEADER TEXT("no header")
#define APPLIED_COOKIE_HEADER TEXT("cookie header")
#define APPLIED_REDIRECTS TEXT("redirects")
#define APPLIED_TRUST TEXT("trust any certificate")

/* The actor's settings are made already. */
void actor_note_setting(struct actor *actor, struct applied_setting setting);
void actor_set_header(struct actor *actor, struct text name, struct text value);
void actor_remove_header(struct actor *actor, struct text name);
void actor_send_cookie_back(struct actor *actor, struct text cookie, struct text header);
void actor_follow_redirects(struct actor *actor, bool follows);
void actor_trust_any_certificate(struct actor *actor);

/* basic, digest, NTLM or Negotiate; false for any other kind. */
bool actor_use_auth(struct actor *actor, struct text kind, struct text user,
                    struct text password);

#endif
