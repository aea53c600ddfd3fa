/* SPDX-License-Identifier: MIT */
/* An event or message that a step waits for, of one socket: its name, its channel, what it holds. */
#ifndef BDDRUN_STEPS_SOCKET_WANTED_H
#define BDDRUN_STEPS_SOCKET_WANTED_H

#include <stdbool.h>
#include <stddef.h>

#include "diff/comparison.h"
#include "world/inbox.h"
#include "world/value.h"

struct actor;
struct expectation;
struct socket_wait;
struct step;

struct wanted {
    bool is_strict; /* the next message must be it */
    bool has_name;
    bool has_channel;
    bool has_field;
    struct text name;
    struct text channel;
    struct expectation *expectation; /* NULL: any data; of the wait's expectations */
    struct value field;              /* a text or a JSON path of the message */
    struct comparison comparison;    /* that it is held against */
    struct span at;                  /* that wants it: the step, or a row */
};

/* Expectations compiled for a step: those of the same text once, whoever they are for. */
struct expectations {
    struct compiled {
        struct compiled *next;
        struct text content;
        struct expectation *expectation;
    } * first;
};

/* An {event} argument: `a "x" event`, `the next message on channel "y"`. All: false: the step has
 * failed. */
bool wanted_read_event(struct step *step, const struct actor *actor, size_t index,
                       struct wanted *wanted);

/* `where {field} {comparison}`, from the argument at index. */
bool wanted_read_field(struct step *step, size_t index, struct wanted *wanted);

bool expectations_compile(struct expectations *all, struct step *step,
                          const struct source *source, struct expectation **ret_expectation);
void expectations_release(struct expectations *all);

/* Refuses a name where messages have none. */
bool wanted_is_possible(struct step *step, const struct wanted *wanted,
                        const struct actor_socket *socket);

/* Whether the event is it; it may fail the step (then it is not). */
bool wanted_fits(struct step *step, const struct wanted *wanted, struct inbox_event *event);
bool wanted_fits_name(const struct wanted *wanted, const struct inbox_event *event);

/* "no "tick" event on channel "x"" */
struct text wanted_print(struct step *step, const struct wanted *wanted);

/* The failure of a step that waited in vain: how long, how many came, the nearest one with its
 * differences, the inbox. `others`: how many more sockets lack it. */
void wanted_report(struct socket_wait *wait, struct actor_socket *socket,
                   const struct wanted *wanted, size_t others);

#endif
