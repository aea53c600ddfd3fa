/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "event/messages.h"
#include "reporters/parts/output.h"
#include "reporters/parts/report_text.h"

/* Lines are written in order and straight to the file, many at a time but no later than the first
 * event a second after. */
struct message_reporter {
    struct output output;
    struct buffer text; /* of one message or attachment */
    bool is_started;
    bool is_finished;
    uint64_t latest_ns;
    uint64_t written_ns;
};

enum { TEXT_LIMIT_BYTES = 64 << 20 };

static const uint64_t write_every_ns = NANOSECONDS_PER_SECOND;

static void release(void *opaque)
{
    struct message_reporter *reporter = opaque;
    output_abandon(&reporter->output);
    buffer_release(&reporter->text);
    free(reporter);
}

/* Ends the envelope that was printed. */
static void end_line(struct message_reporter *reporter)
{
    buffer_add_byte(&reporter->output.made, '\n');
}

static void *open_messages(const struct reporter_setup *setup, struct text file,
                           struct problems *problems)
{
    struct message_reporter *reporter = alloc_or_die(1, sizeof *reporter);
    buffer_init(&reporter->text, TEXT_LIMIT_BYTES);
    if (!output_open(&reporter->output, setup, file, false, problems)) {
        release(reporter);
        return NULL;
    }
    message_print_meta(&reporter->output.made, TEXT(BDDRUN_VERSION));
    end_line(reporter);
    message_print_hook(&reporter->output.made);
    end_line(reporter);
    return reporter;
}

/* Everything that is inside a step: lines of a composite step, marked and indented. */
static void print_nested(struct buffer *out, const struct result *result, size_t outer)
{
    const struct style_writer plain = { .out = out };
    for (size_t i = outer + 1;
         i < result->line_count && result->lines[i].depth > result->lines[outer].depth; i++) {
        const struct result_line *line = &result->lines[i];
        buffer_add_repeated(out, ' ', (size_t)(line->depth - 1) * 2);
        buffer_add_string(out, report_status_mark(line->status));
        buffer_add_byte(out, ' ');
        report_line_text(&plain, STYLE_PLAIN, line, NULL);
        buffer_add_byte(out, '\n');
    }
}

/* Why the line and those inside it did not pass. */
static void print_why(struct buffer *out, const struct result *result, size_t outer)
{
    const struct style_writer plain = { .out = out };
    const uint32_t depth = result->lines[outer].depth;
    for (size_t i = outer; i < result->line_count; i++) {
        const struct result_line *line = &result->lines[i];
        if (i > outer && line->depth <= depth)
            break;
        if (line->failure)
            report_failure(&plain, line->failure, 0);
        else
            report_block(&plain, STYLE_PLAIN, line->reason, 0);
    }
}

static void attach(struct message_reporter *reporter, const struct message_place *place,
                   struct text name, uint64_t time_ns)
{
    const struct attachment attachment = {
        .name = name,
        .media_type = TEXT("text/x.cucumber.log+plain"),
        .body = buffer_text(&reporter->text),
    };
    if (attachment.body.size > 0) {
        message_print_attachment(&reporter->output.made, place, &attachment, time_ns);
        end_line(reporter);
    }
    buffer_clear(&reporter->text);
}

static void attach_exchange(struct message_reporter *reporter,
                            const struct message_place *place,
                            const struct shown_exchange *shown, uint64_t time_ns)
{
    const struct style_writer plain = { .out = &reporter->text };
    report_exchange(&plain, shown, SHOW_TITLE | SHOW_CURL | SHOW_HEADS | SHOW_BODIES, 0);
    attach(reporter, place, TEXT("exchange"), time_ns);
}

/* What was attached to the lines from `outer` up to `end`. */
static void attach_given(struct message_reporter *reporter, const struct message_place *place,
                         size_t outer, size_t end, uint64_t time_ns)
{
    const struct result *result = place->result;
    for (size_t i = 0; i < result->attachment_count; i++) {
        const struct attachment *attachment = &result->attachments[i];
        if (attachment->line < outer || attachment->line >= end)
            continue;
        message_print_attachment(&reporter->output.made, place, attachment, time_ns);
        end_line(reporter);
    }
    for (size_t i = 0; i < result->exchange_count; i++)
        if (result->exchanges[i].line >= outer && result->exchanges[i].line < end)
            attach_exchange(reporter, place, result->exchanges[i].shown, time_ns);
}

/* The attachments of an outer line and of those inside it. */
static void attach_all(struct message_reporter *reporter, const struct message_place *place,
                       size_t outer, uint64_t time_ns)
{
    const struct result *result = place->result;
    size_t end = outer + 1;
    while (end < result->line_count && result->lines[end].depth > result->lines[outer].depth)
        end++;
    print_nested(&reporter->text, result, outer);
    attach(reporter, place, TEXT("steps"), time_ns);
    attach_given(reporter, place, outer, end, time_ns);
    for (size_t i = outer; i < end; i++)
        if (result->lines[i].failure && result->lines[i].failure->exchange)
            attach_exchange(reporter, place, result->lines[i].failure->exchange, time_ns);
}

/* A document of its own for every socket. */
static void attach_conversations(struct message_reporter *reporter,
                                 const struct message_place *place, uint64_t time_ns)
{
    const struct result *result = place->result;
    for (size_t i = 0; i < result->conversation_count; i++) {
        shown_conversation_print_json(&reporter->text, result->conversations[i]);
        const struct attachment attachment = {
            .name = TEXT("conversation"),
            .media_type = TEXT(SHOWN_CONVERSATION_MEDIA_TYPE),
            .body = buffer_text(&reporter->text),
        };
        message_print_attachment(&reporter->output.made, place, &attachment, time_ns);
        end_line(reporter);
        buffer_clear(&reporter->text);
    }
}

static void print_started(struct message_reporter *reporter, const struct message_place *place,
                          uint64_t time_ns)
{
    message_print_step_started(&reporter->output.made, place, time_ns);
    end_line(reporter);
}

static void print_finished(struct message_reporter *reporter, const struct message_place *place,
                           enum status status, uint64_t duration_ns, uint64_t time_ns)
{
    message_print_step_finished(&reporter->output.made, place, status, duration_ns, time_ns,
                                buffer_text(&reporter->text));
    end_line(reporter);
    buffer_clear(&reporter->text);
}

/* A step of the pickle; the time it ended. */
static uint64_t print_step(struct message_reporter *reporter, const struct result *result,
                           size_t at, uint64_t time_ns)
{
    const struct result_line *line = &result->lines[at];
    const struct message_place place = { result, line->step };
    print_started(reporter, &place, time_ns);
    time_ns += line->duration_ns;
    attach_all(reporter, &place, at, time_ns);
    if (line->status != STATUS_PASSED)
        print_why(&reporter->text, result, at);
    print_finished(reporter, &place, line->status, line->duration_ns, time_ns);
    return time_ns;
}

/* Teardown, and the verdict on the scenario as a whole where no step has it. */
static void print_end(struct message_reporter *reporter, const struct result *result,
                      uint64_t time_ns)
{
    const struct style_writer plain = { .out = &reporter->text };
    const struct message_place place = { result, MESSAGE_STEP_END };
    enum status status = STATUS_PASSED;
    enum status worst_step = STATUS_PASSED;
    print_started(reporter, &place, time_ns);
    for (size_t i = 0; i < result->line_count; i++) {
        const struct result_line *line = &result->lines[i];
        if (line->depth > 0)
            continue;
        if (line->kind == RESULT_STEP) {
            worst_step = status_worse(worst_step, line->status);
            continue;
        }
        status = status_worse(status, line->status);
        attach_all(reporter, &place, i, time_ns);
    }
    attach_conversations(reporter, &place, time_ns);
    if (result->status > status_worse(status, worst_step))
        status = result->status;
    report_block(&plain, STYLE_PLAIN, result->message, 0);
    report_block(&plain, STYLE_PLAIN, result->hint, 2);
    for (size_t i = 0; i < result->line_count; i++)
        if (result->lines[i].depth == 0 && result->lines[i].kind == RESULT_TEARDOWN &&
            result->lines[i].status != STATUS_PASSED)
            print_why(&reporter->text, result, i);
    print_finished(reporter, &place, status, 0, time_ns);
}

static void take_result(struct message_reporter *reporter, const struct result *result)
{
    uint64_t time_ns = result->started_ns;
    message_print_case_started(&reporter->output.made, result);
    end_line(reporter);
    for (size_t i = 0; i < result->line_count; i++)
        if (result->lines[i].kind == RESULT_STEP)
            time_ns = print_step(reporter, result, i, time_ns);
    print_end(reporter, result, time_ns);
    message_print_case_finished(&reporter->output.made, result,
                                result->started_ns + result->duration_ns);
    end_line(reporter);
}

static void finish(struct message_reporter *reporter, bool is_success, struct text message)
{
    message_print_run_finished(&reporter->output.made, reporter->latest_ns, is_success,
                               message);
    end_line(reporter);
    reporter->is_finished = true;
}

static bool take_event(void *opaque, const struct event *event, struct problems *problems)
{
    struct message_reporter *reporter = opaque;
    reporter->latest_ns = event->time_ns;
    switch (event->kind) {
    case EVENT_RUN_STARTED:
        message_print_run_started(&reporter->output.made, event->time_ns);
        end_line(reporter);
        reporter->is_started = true;
        break;
    case EVENT_ENVELOPE:
        buffer_add(&reporter->output.made, event->envelope);
        end_line(reporter);
        return output_settle(&reporter->output, problems);
    case EVENT_SCENARIO_FINISHED:
        take_result(reporter, event->result);
        break;
    case EVENT_RUN_FINISHED:
        finish(reporter, event->run_finished->exit_code == EXIT_CODE_YES,
               event->run_finished->exit_code == EXIT_CODE_YES ? TEXT_EMPTY
                                                               : event->run_finished->meaning);
        break;
    case EVENT_PROBLEM:
    case EVENT_SCENARIO_STARTED:
    case EVENT_KIND_COUNT:
        break;
    }
    if (event->time_ns < reporter->written_ns + write_every_ns)
        return output_settle(&reporter->output, problems);
    reporter->written_ns = event->time_ns;
    return output_write(&reporter->output, problems);
}

static bool close_messages(void *opaque, struct problems *problems)
{
    struct message_reporter *reporter = opaque;
    if (reporter->is_started && !reporter->is_finished)
        finish(reporter, false, TEXT("the run did not finish"));
    bool is_complete = output_close(&reporter->output, problems);
    release(reporter);
    return is_complete;
}

const struct reporter_type reporter_message = {
    .name = "message",
    .summary = "Cucumber Messages, one JSON object a line",
    .wants_envelopes = true,
    .open = open_messages,
    .event = take_event,
    .close = close_messages,
    .abandon = release,
};
