/* SPDX-License-Identifier: MIT */
/*
 * Redaction of what was exchanged, before it reaches a disk or a comparison: the secrets in it
 * become keyed tokens (format/redaction_token.h). It works on what was parsed (headers, cookies,
 * query, forms, JSON, JSON inside JSON, Socket.IO and polling packets, event streams, markup), by
 * the names of things and by what values look like, never over the text of a file. What holds no
 * secret is not copied; the rest is a copy in the arena given. A token is not redacted again, so
 * the redaction of what is redacted changes nothing.
 *
 * Both sides of a diff go through the same redaction. Used by one process.
 */
#ifndef BDDRUN_REDACT_REDACTION_H
#define BDDRUN_REDACT_REDACTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"
#include "exchange/conversation.h"
#include "exchange/exchange.h"
#include "redact/redaction_key.h"

struct redaction; /* heap */
struct secrets;

/* Names are compared without regard to case, '-' and '_'. "nick" is a header, cookie, parameter,
 * form field or JSON key; "chat.text" the key text in an object at the key chat or in the payload
 * of the event chat; "email" also every value that looks like an e-mail address. */
struct redaction_rules {
    const struct text *keys; /* recordings.redact: besides the built-in ones */
    size_t key_count;
    bool is_allow_list; /* imports: every value whose name is not allowed is redacted */
    const struct text *allowed;
    size_t allowed_count;
};

/* A secret as it was found: for `bddrun check`. */
struct redaction_finding {
    const char *kind;  /* "jwt", "cookie", "password" … */
    struct text where; /* "request header 'Authorization'", "message 3"; never the value */
    struct text value; /* borrowed from what was given or an arena; never to be shown */
};
typedef void redaction_observer(void *context, const struct redaction_finding *finding);

/* All arguments are borrowed for its life. known (NULL: none) are the secrets of the configuration
 * and of the scenario: found in any value, they are redacted too. */
struct redaction *redaction_new(const struct redaction_key *key,
                                const struct redaction_rules *rules,
                                const struct secrets *known);
void redaction_free(struct redaction *redaction); /* NULL is allowed */

/* Is told of every value that is redacted from now on. NULL: nobody. */
void redaction_observe(struct redaction *redaction, redaction_observer *observer,
                       void *context);

/* With what came in and went out; the exchange itself is never changed. */
const struct exchange *redaction_exchange(struct redaction *redaction, struct arena *arena,
                                          const struct exchange *exchange);

/* Its handshake too. In a binary frame a secret keeps its length; a JSON frame is text. */
const struct conversation *redaction_conversation(struct redaction *redaction,
                                                  struct arena *arena,
                                                  const struct conversation *conversation);

/* The parts, for whoever has no whole exchange. */
struct text redaction_header(struct redaction *redaction, struct arena *arena, struct text name,
                             struct text value);
struct text redaction_url(struct redaction *redaction, struct arena *arena, struct text url);
struct text redaction_body(struct redaction *redaction, struct arena *arena,
                           struct text content_type, struct text body);
struct text redaction_message(struct redaction *redaction, struct arena *arena, bool is_binary,
                              struct text data);

/* A value under a name: a query parameter, a form field, a cookie. */
struct text redaction_value(struct redaction *redaction, struct arena *arena, struct text name,
                            struct text value);

/* The first secret that still stands in it; false where none does. */
bool redaction_find_secret(struct redaction *redaction, const struct exchange *exchange,
                           const struct conversation *conversation, struct arena *arena,
                           struct redaction_finding *ret_finding);

#endif
