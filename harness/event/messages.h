/* SPDX-License-Identifier: MIT */
/*
 * Envelopes of Cucumber Messages (https://github.com/cucumber/messages), one line of JSON each
 * without its end, valid against the schema. Ids of what we make are derived from indices, so
 * that whoever tells of a test step need not have seen its test case:
 *
 *   test case   its step   the end of it   an attempt
 *   case-7      case-7-2   case-7-end      case-7-attempt-0
 *
 * The end of a test case is a step of an after hook: teardown ("afterwards …") and what is judged
 * of the scenario as a whole. gherkin/print.h makes source, gherkinDocument, pickle, parseError.
 */
#ifndef BDDRUN_EVENT_MESSAGES_H
#define BDDRUN_EVENT_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"
#include "event/result.h"

#define MESSAGE_RUN_ID "run"
#define MESSAGE_HOOK_ID "hook-end"

struct step_definition;
struct step_match;

/* A step of a test case: the definitions that fit it, none where it is undefined. */
struct message_step {
    uint64_t pickle_step_id;
    const struct step_match *matches;
    size_t match_count;
    const uint32_t *definitions; /* index of the definition of each match */
};

void message_print_meta(struct buffer *out, struct text version);

/* The after hook of every test case. */
void message_print_hook(struct buffer *out);

void message_print_step_definition(struct buffer *out, uint32_t index,
                                   const struct step_definition *definition);
void message_print_test_case(struct buffer *out, uint32_t scenario, uint64_t pickle_id,
                             const struct message_step *steps, size_t step_count);

void message_print_run_started(struct buffer *out, uint64_t time_ns);
void message_print_run_finished(struct buffer *out, uint64_t time_ns, bool is_success,
                                struct text message);

void message_print_case_started(struct buffer *out, const struct result *result);
void message_print_case_finished(struct buffer *out, const struct result *result,
                                 uint64_t time_ns);

/* A step of the pickle, or the end of the test case. */
#define MESSAGE_STEP_END UINT32_MAX
struct message_place {
    const struct result *result;
    uint32_t step; /* index in the pickle, or MESSAGE_STEP_END */
};

void message_print_step_started(struct buffer *out, const struct message_place *place,
                                uint64_t time_ns);

/* message: why it did not pass, or empty. */
void message_print_step_finished(struct buffer *out, const struct message_place *place,
                                 enum status status, uint64_t duration_ns, uint64_t time_ns,
                                 struct text message);

/* As it is where it is UTF-8 text, otherwise in base64. */
void message_print_attachment(struct buffer *out, const struct message_place *place,
                              const struct attachment *attachment, uint64_t time_ns);

/* What belongs to the run as a whole: JSON. */
void message_print_run_attachment(struct buffer *out, const char *media_type,
                                  struct text json_body, uint64_t time_ns);

#endif
