/* SPDX-License-Identifier: MIT */
/* What promote, rollback and status share while they run; see deploy/release.h. */
#ifndef BDDRUN_DEPLOY_RELEASE_SESSION_H
#define BDDRUN_DEPLOY_RELEASE_SESSION_H

#include "deploy/release.h"
#include "gate/envelope/verification.h"

struct session {
    const struct release_request *request;
    const struct deploy_settings *settings;
    struct arena *arena;
    struct problems *problems;
    struct client client;
    bool has_client;
    struct target_context context;
    struct targets targets;
    struct promotion_unit *units;
    struct journal journal;
    bool has_journal;
    struct journal peeked; /* read only, before the lock */
    bool has_peeked;
    size_t locked; /* targets, the first ones */
    struct operations operations;
    const struct operation *carried_on; /* an operation of before, to be carried on */
    bool has_recovered; /* something that was cut off was finished or taken back */
    struct release_scope scope;
    struct verification verification;
    struct text verdict_sha256;
    struct release_answer answer;
};

/* Reads the settings, reaches the targets, finds what is live. False with session->answer. */
bool session_open(struct session *session, const struct release_request *request,
                  struct arena *arena, struct problems *problems) MUST_CHECK;
void session_close(struct session *session);

/* The code and the reason; always false, for `return`. */
bool session_refuse(struct session *session, enum exit_code code, struct text reason,
                    const char *hint);

/* The first problem since `from`, with its code; always false. */
bool session_fail(struct session *session, size_t from);

/* Reads the journal without a lock: session->operations. */
bool session_peek(struct session *session) MUST_CHECK;

/* Opens the journal to write, locks the targets, looks again what is live. Once is enough. */
bool session_lock(struct session *session) MUST_CHECK;

/* What is live now, into the units. */
bool session_look_again(struct session *session) MUST_CHECK;

/* Finishes or takes back what was cut off; but where it may be carried on and is the promotion that
 * is asked for again: session->carried_on, with the units of then. */
bool session_recover(struct session *session, bool may_carry_on) MUST_CHECK;

/* A promotion of the session's units; the rest is the caller's. */
struct promotion session_promotion(struct session *session);

/* Each step, into the answer. */
void session_describe(struct session *session, const struct promotion *promotion);

/* The answer of what was carried out. */
void session_answer(struct session *session, const struct promotion_result *result);

/* verify.c: the verdict is about exactly these units. */
bool session_verify(struct session *session) MUST_CHECK;

/* Adds the verdict and the overrides to the first line; context is the session. */
void session_print_evidence(struct json_writer *writer, const void *context);

/* window.c */
bool session_check_window(struct session *session) MUST_CHECK;
bool session_check_idle(struct session *session) MUST_CHECK;

#endif
