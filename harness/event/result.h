/* SPDX-License-Identifier: MIT */
/*
 * All that one attempt at a scenario left behind: its steps with the lines of composite steps
 * inside them, failures, exchanges, attachments. Plain data; it is sent when the attempt is over,
 * because a secret learnt late hides what came before it. Texts are borrowed from the arena it was
 * made or decoded in.
 */
#ifndef BDDRUN_EVENT_RESULT_H
#define BDDRUN_EVENT_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "event/failure.h"
#include "event/place.h"
#include "event/shown_conversation.h"
#include "event/status.h"

enum result_line_kind {
    RESULT_STEP,     /* a step of the pickle: keyword and text are looked up by `step` */
    RESULT_NESTED,   /* a line of a composite step */
    RESULT_TEARDOWN, /* what "afterwards" left to do, shown after the steps */
};

/* One line: an outer one stands before its nested lines (pre-order). */
struct result_line {
    enum result_line_kind kind;
    uint32_t step;  /* RESULT_STEP: index in the pickle; otherwise of the step it belongs to */
    uint32_t depth; /* 0 for steps and teardown, then 1, 2, … */
    enum status status;
    uint64_t duration_ns;
    struct text keyword; /* with its blank, "afterwards " of teardown; empty for RESULT_STEP */
    struct text text;    /* of a RESULT_STEP: masked, where it held a secret; else empty */
    struct place place;  /* of a nested or teardown line; of a step only when it failed */
    struct text reason;  /* why pending, skipped, undefined ("did you mean"), or empty */
    struct failure *failure; /* NULL: none */
};

struct attachment {
    uint32_t line; /* index in the result's lines */
    struct text name;
    struct text media_type;
    struct text body; /* bytes */
};

struct result_exchange {
    uint32_t line; /* index in the result's lines */
    struct shown_exchange *shown;
};

struct result {
    uint32_t scenario; /* index, in the order of files and lines */
    uint32_t attempt;  /* 0-based */
    uint32_t worker;
    enum status status;
    bool will_be_retried;
    uint64_t started_ns; /* realtime */
    uint64_t duration_ns;
    struct text correlation_id;
    struct text message; /* about the scenario as a whole: "the scenario checks nothing" */
    struct text hint;
    struct result_line *lines;
    size_t line_count;
    struct attachment *attachments;
    size_t attachment_count;
    struct result_exchange *exchanges; /* all of them, when heads or bodies are wanted */
    size_t exchange_count;
    struct shown_conversation **conversations; /* of every socket; messages where it failed */
    size_t conversation_count;
};

/* The innermost line that decided the status (the first failed one, else the first that is neither
 * passed nor skipped, …), or NULL. */
const struct result_line *result_decisive_line(const struct result *result);

/* The line has lines of a composite step inside it. */
bool result_line_has_nested(const struct result *result, size_t line);

/* Passed in a later attempt. */
bool result_is_flaky(const struct result *result);

#endif
