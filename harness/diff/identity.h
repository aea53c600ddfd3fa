/* SPDX-License-Identifier: MIT */
/*
 * Which recorded id is which live id, over a whole scenario: a bijection. Ids that are new with
 * every run (uuid, ulid, nanoid, tokens, long integers where an id is named, redacted values) are
 * bound both ways when they first meet, in whatever response, header or message that was; later
 * they must agree. A new uuid is then no difference, and a crossed id is one, told with both
 * places. Lives in the world of one scenario; texts are copied.
 */
#ifndef BDDRUN_DIFF_IDENTITY_H
#define BDDRUN_DIFF_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "format/json.h"

enum identity_kind {
    IDENTITY_NONE,
    IDENTITY_UUID,
    IDENTITY_ULID,
    IDENTITY_NANOID,
    IDENTITY_HEX,      /* 16 hexadecimal digits or more */
    IDENTITY_BASE64,   /* a token of 20 characters or more of (URL-safe) base64 */
    IDENTITY_JWT,      /* three parts of URL-safe base64 */
    IDENTITY_INTEGER,  /* 6 digits or more, only where the member's name is that of an id */
    IDENTITY_REDACTED, /* ‹redacted:KIND:hmac8› */
};

/* The kind of a whole text as an id. name: of the member, header or cookie that holds it. */
enum identity_kind identity_kind_of(struct text name, struct text value);
const char *identity_kind_name(enum identity_kind kind); /* "uuid", "long integer", … */

/* "id", "ids", "uuid", "…_id", "…Id", "…-id", "…ID". */
bool identity_is_id_name(struct text name);

struct identity; /* heap; free with identity_free */
struct identity *identity_new(void);
void identity_free(struct identity *identity); /* NULL is allowed */

enum identity_answer {
    IDENTITY_IS_NONE, /* not ids, or of different kinds: compare as usual */
    IDENTITY_BOUND,   /* met for the first time, or met again and agrees */
    IDENTITY_CROSSED  /* one of them belongs to another id */
};

/* The two values of one place: JSON, or texts where left_value and right_value are NULL. */
struct identity_meeting {
    struct text name; /* of the member, header, cookie; may be empty */
    struct text left; /* recorded */
    struct text right;
    const struct json_value *left_value;
    const struct json_value *right_value; /* live */
    struct text place; /* for messages: "GET /api/tables", the header, the event */
};

/* Ids inside of longer texts (`/tables/<uuid>`) meet too, when what is around them is equal. */
enum identity_answer identity_meet(struct identity *identity,
                                   const struct identity_meeting *meeting);

/* The two documents that are compared next, or NULLs: an id that both have belongs to itself, so
 * it cannot become another's. They must live until the next call. */
void identity_documents(struct identity *identity, const struct json_value *left,
                        const struct json_value *right);

/* Whether members of this name hold ids in the two documents, most of which only one side has: then
 * they are no key by which the items of arrays can be paired. */
bool identity_is_renamed(struct identity *identity, struct text name);

/* What was told as crossed, up to IDENTITY_NOTES_LIMIT, each once; they name both places. */
enum { IDENTITY_NOTES_LIMIT = 100 };
const struct text *identity_notes(const struct identity *identity, size_t *ret_count);

/* The live id that belongs to a recorded one, and the other way; false while none is bound. */
bool identity_live_of(const struct identity *identity, struct text recorded,
                      struct text *ret_live);
bool identity_recorded_of(const struct identity *identity, struct text live,
                          struct text *ret_recorded);

size_t identity_count(const struct identity *identity); /* bound pairs */

#endif
