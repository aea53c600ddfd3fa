/* SPDX-License-Identifier: MIT */
/* What the files of attempt share: the state of an attempt under way. */
#ifndef BDDRUN_RUN_ATTEMPT_PARTS_H
#define BDDRUN_RUN_ATTEMPT_PARTS_H

#include "base/buffer.h"
#include "base/loop.h"
#include "run/attempt.h"
#include "world/step.h"

/* A step that "afterwards" put off. */
struct put_off {
    struct put_off *next; /* put off before this one */
    const struct step_match *match;
    const struct pickle_step *pickle;
    struct scope *scope;
    struct span at;
    bool is_lasting; /* a step that another worker finds again: */
    uint32_t list;   /* 0: of the scenario, else of request->before[list - 1] */
    uint32_t index;
};

struct attempt {
    const struct attempt_context *context;
    const struct attempt_request *request;
    struct world_context world_context; /* with our host */
    struct host host;
    struct world world;
    enum status status;
    struct put_off *put_off; /* the last one first */
    struct loop_timer limit; /* of the scenario, then of its teardown */
    struct loop_timer step_limit;
    size_t exchanges_told;
    size_t after_next;   /* of the features that run after, the next to run */
    struct buffer noted; /* what was told last by at_note */
};

/* One line about to run: a step, a line of a composite, something put off. */
struct line {
    const struct step_match *match;
    const struct pickle_step *pickle;
    struct scope *scope;
    struct span at; /* of its text */
};

/* Where the text of a pickle's step stands; the step's line when it stands nowhere. */
struct span line_span(const struct source *source, const struct pickle_step *pickle);

/* Runs the line and what is nested in it, inside the emitter's open line, which it ends. */
enum status attempt_run_line(struct attempt *attempt, const struct line *line);

/* Ends the emitter's open line for a step that has run. */
void attempt_end_line(struct attempt *attempt, const struct step *step);

/* "within 2 s": the step's deadline. False: the step has failed. */
bool attempt_set_deadline(struct step *step);

/* The lines of a composite step. */
enum status attempt_run_composite(struct attempt *attempt, struct step *step);

/* attempt_end.c */
void attempt_run_before(struct attempt *attempt);
void attempt_run_teardown(struct attempt *attempt);
void attempt_judge_silence(struct attempt *attempt);

/* Time limits: of a step, of the scenario, of its teardown. */
void attempt_stop_scenario(void *attempt);
void attempt_set_limit(struct attempt *attempt, struct loop_timer *timer,
                       loop_due_function *due, uint64_t limit_ms);

/* What becomes of a step after one that ended as `before`: passed, when it may run. */
enum status attempt_status_unrun(const struct planned_step *planned, enum status before);

/* attempt_note.c: tells what must be done if the worker dies now, when that has changed. */
void attempt_tell_note(struct attempt *attempt);

/* attempt.c: the world of the attempt. */
void attempt_open(struct attempt *attempt);

/* Host functions. */
void attempt_run_together(void *context, struct step *step);
void attempt_put_off(void *context, struct step *step);

#endif
