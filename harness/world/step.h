/* SPDX-License-Identifier: MIT */
/*
 * A running step: what a step function gets, and where it leaves its outcome. A step function
 * starts what the step does. Where that takes time it sets `is_done` and `finish` and returns: the
 * driver runs the loop until is_done(step) holds or the deadline passes, then calls finish(step,
 * …), which may set is_done again (a retry). So several steps can run together ("at the same
 * time:"). Nothing but the driver runs the loop.
 *
 * The outcome: status stays STATUS_PASSED unless step_fail… was called or the function set
 * STATUS_PENDING or STATUS_SKIPPED with step_stop. All texts are copied to the world's arena.
 */
#ifndef BDDRUN_WORLD_STEP_H
#define BDDRUN_WORLD_STEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/source.h"
#include "base/text.h"
#include "event/status.h"
#include "match/step_definition.h"
#include "world/scope.h"

struct failure;
struct pickle_step;
struct value;

enum step_wait { STEP_WAIT_DONE, STEP_WAIT_DEADLINE, STEP_WAIT_CANCELLED };

struct step {
    struct world *world;
    struct scope *scope;
    const struct step_match *match;   /* the definition and its arguments */
    const struct pickle_step *pickle; /* text, doc string, table */
    struct span at;                   /* of the step's text in its file */
    uint64_t started_ns;              /* monotonic */
    uint64_t deadline_ns;             /* monotonic; 0: the configured limit of what is done */
    enum status status;
    struct failure *failure; /* NULL unless failed; the first one, with mismatches */
    struct text reason;      /* of pending and skipped */
    bool (*is_done)(const struct step *step); /* NULL: done when the function returned */
    void (*finish)(struct step *step, enum step_wait wait);
    void *state; /* the step function's own, in the world's arena */
};

/* Starts the step, runs the loop, finishes it: count steps together. */
void steps_drive(struct step *const *steps, size_t count);

/* Failures. The first message stays; more mismatches are added to it. */
void step_fail(struct step *step, const char *format, ...) PRINTF_LIKE(2, 3);
void step_fail_at(struct step *step, struct span at, const char *format, ...) PRINTF_LIKE(3, 4);
struct problems;
void step_fail_by(struct step *step, const struct problems *problems); /* its first error */
void step_hint(struct step *step, const char *format, ...) PRINTF_LIKE(2, 3);

/* Lines of a failed step that say more, such as what a socket got; the first ones stay. */
void step_detail(struct step *step, struct text lines);

/* When finish was called with STEP_WAIT_CANCELLED: the limit that was passed, or interrupted. */
void step_fail_cancelled(struct step *step);

/* A value that is not as wanted: one line `what: expected …, actual …` of the failure. at may be
 * span_none() (then the step), or a place inside a doc string or table. */
void step_mismatch(struct step *step, struct text what, struct text expected,
                   struct text actual, struct span at);
void step_stop(struct step *step, enum status status,
               struct text reason); /* pending, skipped */
bool step_has_failed(const struct step *step);

/* Adds the exchange that a failure is about: request as curl, heads, capped body. */
struct exchange;
void step_show_exchange(struct step *step, const struct exchange *exchange);

/* The n-th argument (0-based) as matched, and where it stands. */
struct text step_argument(const struct step *step, size_t index);
struct span step_argument_span(const struct step *step, size_t index);

/* Arguments with ${…} replaced for an actor. A quoted string is unquoted and unescaped; a
 * duration is nanoseconds. False: the step has failed. */
bool step_string(struct step *step, const struct actor *actor, size_t index, struct text *ret);
bool step_count(struct step *step, const struct actor *actor, size_t index, uint64_t *ret);
bool step_duration(struct step *step, const struct actor *actor, size_t index,
                   uint64_t *ret_ns);

/* The same for a quoted string or a duration that stands elsewhere. */
bool step_quoted(struct step *step, const struct actor *actor, struct text quoted,
                 struct span at, struct text *ret);
bool step_duration_of(struct step *step, const struct actor *actor, struct text written,
                      struct span at, uint64_t *ret_ns);

/* A part of the step's text in its file; the whole step where the text stands nowhere. */
struct span step_text_span(const struct step *step, size_t start, size_t end);

/* The whole doc string, expanded (JSON when the definition takes JSON). *ret_part is a source
 * whose positions are those of the doc string in the file, as long as nothing was replaced. */
bool step_doc_string(struct step *step, const struct actor *actor, struct text *ret_content);

/* The same as a source, whose positions are those of the file as long as nothing was replaced.
 * NULL: the step has failed. In the world's arena. */
struct source *step_doc_string_source(struct step *step, const struct actor *actor);

/* Line n (1-based) of the step's doc string, as a place in its file. */
struct span step_doc_string_line(struct step *step, size_t line);

/* The {value} argument, parsed. A {literal}, as a value. The first group that a {regex} matches in
 * subject, else the whole match. False: the step has failed. */
bool step_value(struct step *step, size_t index, struct value *ret_value);
bool step_literal(struct step *step, const struct actor *actor, size_t index,
                  struct variable *ret_value);
bool step_match_regex(struct step *step, const struct actor *actor, size_t index,
                      struct text subject, struct text *ret_found);

/* The actors of an {actor} argument, made where new. False: the step has failed. */
bool step_cast(struct step *step, size_t index, struct cast *ret_cast);

#endif
