/* SPDX-License-Identifier: MIT */
/*
 * A {value}: whose, and a noun with what it needs ("alice's JSON at every "$.players[*].name"").
 * Parsed from text that a step's expression or a check table has; evaluated to readings, one for
 * each actor and answer it means. Vocabulary, sections 2 and 3.
 */
#ifndef BDDRUN_WORLD_VALUE_H
#define BDDRUN_WORLD_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"
#include "base/text.h"
#include "diff/comparison.h"
#include "world/actor.h"
#include "world/value_reading.h"

struct exchange;
struct step;

enum noun {
    NOUN_STATUS,
    NOUN_HEADER,
    NOUN_COOKIE,
    NOUN_COOKIE_ATTRIBUTE,
    NOUN_BODY,
    NOUN_SIZE,
    NOUN_RESPONSE_TIME,
    NOUN_URL,
    NOUN_JSON,
    NOUN_JSON_COUNT,
    NOUN_HTML,
    NOUN_XML,
    NOUN_VARIABLE,
    NOUN_MESSAGE, /* from here on of sockets */
    NOUN_MESSAGE_JSON,
    NOUN_MESSAGE_DELAY,
    NOUN_MESSAGE_SPREAD,
    NOUN_PING_TIME,
    NOUN_CLOSE_REASON,
    NOUN_MEMBERS,
};

enum quantifier { QUANTIFIER_ONE, QUANTIFIER_EVERY, QUANTIFIER_SOME };

struct value {
    struct text whose; /* "the" where the text has none (check tables) */
    enum noun noun;
    enum quantifier quantifier;
    struct text name;      /* quoted, as written: header, cookie, path, variable; or empty */
    struct text attribute; /* quoted: of a cookie */
    struct text words;     /* the whole text, for messages */
    struct span at;
};

/* Parses text, without a whose when has_whose is false. Problems point into `at`. */
bool value_parse(struct text text, struct span at, bool has_whose, struct value *ret_value,
                 struct problems *problems);

/* What kind of thing the comparison of this value is about, for comparison_check_kind. */
enum subject_nature value_nature(const struct value *value);

/* Whom "the" means for this value in a step without an actor: a composite's own actor, or whoever
 * got the newest response, message, ping, close, member list. */
struct cast value_the(const struct step *step, const struct value *value);

/* Reads the value now. `the` as in cast_of_whose. Marks the answers as looked at. False: the step
 * has failed (no response yet, a body that is not JSON, an unknown variable). A header, cookie or
 * variable that is not there is a reading with an absent subject. */
bool value_read(struct step *step, const struct value *value, struct cast the,
                struct readings *ret_readings);

/* Compares every reading, reports each mismatch to the step, and counts as a check. */
void value_check(struct step *step, const struct value *value, struct cast the,
                 struct text comparison, struct span comparison_at);

/* As value_check, but only tells (until, skipped unless): false in *ret_holds says why in
 * *ret_why. False: the step has failed. */
bool value_holds(struct step *step, const struct value *value, struct cast the,
                 struct text comparison, struct span comparison_at, bool *ret_holds,
                 struct text *ret_why);

/* Of what `attaches` takes: the Content-Type of the answer for its body, else by the noun. */
struct text value_media_type(const struct value *value, const struct actor *actor);

/* Parses a comparison for a nature; false: the step has failed. */
bool value_comparison(struct step *step, struct text text, struct span at,
                      enum subject_nature nature, struct comparison *ret_comparison);

/* The nodes that a JSONPath selects; false: the step has failed. */
struct json_nodes;
struct json_value;
bool value_select_json(struct step *step, const struct json_value *root, struct text path,
                       struct span at, struct json_nodes *ret_nodes);

/* The normalised path of a node of a document. */
struct arena;
struct text json_path_of(struct arena *arena, const struct json_value *root,
                         const struct json_value *node);

/* The one plain value of a single reading (saves, G1): false: the step has failed. */
struct variable;
bool value_take(struct step *step, const struct value *value, struct cast the,
                const struct actor *actor, struct variable *ret_variable);

#endif
