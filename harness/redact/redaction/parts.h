/* SPDX-License-Identifier: MIT */
/*
 * What the files of the redaction share: its state, names with what they stand in, and the
 * redaction of each form a value may have. Every function gives back what it was given where there
 * was nothing to redact, else a copy in the arena.
 */
#ifndef BDDRUN_REDACT_REDACTION_PARTS_H
#define BDDRUN_REDACT_REDACTION_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "redact/redaction.h"

enum { REDACTION_NESTING_LIMIT = 4 }; /* of JSON inside JSON strings */

struct redaction {
    const struct redaction_key *key;
    const struct redaction_rules *rules;
    const struct secrets *known; /* NULL: none */
    bool looks_for_mail;
    redaction_observer *observer;
    void *context;
    struct text where; /* what is being redacted, for the observer */
    unsigned nesting;  /* of JSON strings under way */
};

enum redaction_place {
    REDACTION_HEADER,
    REDACTION_PARAMETER, /* of a query or a form */
    REDACTION_MEMBER,    /* of JSON, an element or attribute of markup */
};

/* A name in what it stands in: JSON members outwards, events of sockets among them. */
struct naming {
    const struct naming *outer; /* NULL: outermost */
    struct text name;           /* empty: an item of an array has its array's */
    struct text event;          /* whose payload this is, or empty */
};

/* A token for the value. name may be empty. */
struct text redaction_replace(struct redaction *redaction, struct arena *arena,
                              const char *kind, struct text name, struct text value);

/* Letters and digits for a secret of a binary frame, as long as it is. */
struct text redaction_replace_bytes(struct redaction *redaction, struct arena *arena,
                                    const char *kind, struct text value);

/* names.c. The kind of secret that a value of this name is; NULL: none. In an allow-list redaction
 * "import" for what is not allowed. */
const char *redaction_kind(const struct redaction *redaction, enum redaction_place place,
                           const struct naming *naming, struct text value);

/* The same without the user's names. */
const char *redaction_kind_built_in(enum redaction_place place, struct text name,
                                    struct text value);
bool redaction_looks_random(struct text value, size_t shortest);

/* looks.c. The next range of value that looks like a secret, at or after from. */
struct look {
    size_t start;
    size_t end;
    const char *kind;
};
bool redaction_look(const struct redaction *redaction, struct text value, size_t from,
                    struct look *ret_look);
bool redaction_is_card(struct text digits);

/* plain.c: text of any kind, by what stands in it; a value of a name, of any form. */
struct text redaction_plain(struct redaction *redaction, struct arena *arena,
                            struct text value);
struct text redaction_named(struct redaction *redaction, struct arena *arena,
                            enum redaction_place place, const struct naming *naming,
                            struct text value);

/* json.c: false where the text is no JSON. loose.c: text with quoted keys that is no JSON. */
bool redaction_json(struct redaction *redaction, struct arena *arena,
                    const struct naming *outer, struct text json, struct text *ret_json);
struct text redaction_loose(struct redaction *redaction, struct arena *arena, struct text text);

/* pairs.c, markup.c, multipart.c, packets.c, binary.c */
struct text redaction_pairs(struct redaction *redaction, struct arena *arena,
                            struct text pairs);
struct text redaction_cookies(struct redaction *redaction, struct arena *arena,
                              struct text value, bool is_set);
struct text redaction_markup(struct redaction *redaction, struct arena *arena,
                             struct text markup);
struct text redaction_multipart(struct redaction *redaction, struct arena *arena,
                                struct text body);
struct text redaction_event_stream(struct redaction *redaction, struct arena *arena,
                                   struct text body);
struct text redaction_packets(struct redaction *redaction, struct arena *arena,
                              struct text text);
struct text redaction_binary(struct redaction *redaction, struct arena *arena,
                             struct text bytes);

#endif
