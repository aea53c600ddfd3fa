/* SPDX-License-Identifier: MIT */
/* What a {value} is at a moment: a reading for each actor and answer it means. */
#ifndef BDDRUN_WORLD_VALUE_READING_H
#define BDDRUN_WORLD_VALUE_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "base/text.h"
#include "world/actor.h"

struct comparison;
struct exchange;
struct inbox_event;
struct step;
struct subject;
struct value;

/* One answer's share of a value: what is compared. */
struct reading {
    struct actor *actor;
    struct exchange *exchange; /* NULL for a variable */
    struct subject *subjects;  /* several: a header's values, the nodes of a path */
    struct text *labels;       /* of each subject: its path, or empty */
    size_t count;
};

struct readings {
    struct reading *list;
    size_t count;
};

/* The part of value_read for the nouns of sockets. */
bool value_read_socket(struct step *step, const struct value *value, struct cast cast,
                       struct readings *ret_readings);

/* Of one message: its text, its JSON at a path, its delay. */
bool value_read_message(struct step *step, const struct value *value,
                        struct inbox_event *message, struct reading *reading);

/* Whether one reading is as wanted; *ret_why says what was expected and found. False: the step has
 * failed. */
bool value_reading_holds(struct step *step, const struct value *value,
                         const struct comparison *comparison, struct span comparison_at,
                         const struct reading *reading, bool *ret_holds, struct text *ret_why);

#endif
