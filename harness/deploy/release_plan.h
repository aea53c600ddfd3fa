/* SPDX-License-Identifier: MIT */
/*
 * The plan of a release: what it brings (change/plan.h), and whether it may go out now, in the next
 * window, or not at all, and why. What is suspended is what the change touches, and nothing else.
 * Pure: the time is handed in.
 */
#ifndef BDDRUN_DEPLOY_RELEASE_PLAN_H
#define BDDRUN_DEPLOY_RELEASE_PLAN_H

#include "base/buffer.h"
#include "base/exit_code.h"
#include "change/plan.h"
#include "deploy/window.h"

enum release_decision {
    RELEASE_NOW,
    RELEASE_LATER,   /* when the window opens */
    RELEASE_REFUSED, /* for reasons */
    RELEASE_NOTHING, /* production serves the candidate already */
};

enum { RELEASE_REASONS_LIMIT = 8, RELEASE_REMARKS_LIMIT = 8 };

struct release_plan_request {
    const struct change_plan *change;
    const struct windows *windows; /* opened */
    int64_t now_s;
    int64_t verdict_expires_s;  /* 0: no verdict is at hand */
    const struct text *remarks; /* of the targets: that one cannot go back */
    size_t remark_count;
};

struct release_plan {
    const struct change_plan *change;
    const struct windows *windows;
    int64_t now_s;
    enum release_decision decision;
    enum window_kind kind;
    struct window_decision window;
    struct text reasons[RELEASE_REASONS_LIMIT]; /* why it is refused */
    size_t reason_count;
    struct text remarks[RELEASE_REMARKS_LIMIT];
    size_t remark_count;
    const struct config_component **suspended; /* in the order of bddrun.yaml */
    size_t suspended_count;
};

/* Texts in the arena. */
void release_plan_make(struct release_plan *plan, const struct release_plan_request *request,
                       struct arena *arena);

/* 0 now, 75 later, 1 refused, 3 nothing to release. */
enum exit_code release_plan_exit_code(const struct release_plan *plan);

const char *release_decision_name(enum release_decision decision); /* "now" */

/* Adds it for a person, for a program (application/json), for a merge request. */
void release_plan_print_text(struct buffer *out, const struct release_plan *plan);
void release_plan_print_json(struct buffer *out, const struct release_plan *plan);
void release_plan_print_markdown(struct buffer *out, const struct release_plan *plan);

/* Parts that the forms share. */
void release_plan_print_decision(struct buffer *out, const struct release_plan *plan);
void release_plan_print_size(struct buffer *out, const struct release_plan *plan);

#endif
