/* SPDX-License-Identifier: MIT */
#include "reporters/junit_case.h"

#include "base/attribute.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "format/junit.h"
#include "reporters/parts/report_conversation.h"
#include "reporters/parts/report_text.h"

enum {
    DOTS_COLUMN = 76, /* where the status stands */
    CASE_TEXT_LIMIT_BYTES = 64 << 20,
    PROPERTIES_LIMIT = 4,
    SOCKETS_SHOWN = 20,
    PAYLOAD_SHOWN_BYTES = 4096,
};

/* "Given a step.......................passed" */
static void print_step(struct buffer *out, const struct result_line *line,
                       const struct scenario_info *info)
{
    const struct style_writer plain = { .out = out };
    size_t start = out->size;
    buffer_add_repeated(out, ' ', (size_t)line->depth * 2);
    report_line_text(&plain, STYLE_PLAIN, line, info);
    size_t width = utf8_count(text_from(buffer_text(out), start));
    buffer_add_repeated(out, '.', width < DOTS_COLUMN - 4 ? DOTS_COLUMN - width : 4);
    buffer_add_string(out, status_name(line->status));
    if (line->reason.size > 0) {
        buffer_add_string(out, ": ");
        escape_line(out, line->reason);
    }
    buffer_add_byte(out, '\n');
}

static void print_output(struct buffer *out, const struct result *result,
                         const struct scenario_info *info, struct text earlier)
{
    const struct style_writer plain = { .out = out };
    buffer_add(out, earlier);
    for (size_t i = 0; i < result->line_count; i++)
        print_step(out, &result->lines[i], info);
    for (size_t i = 0; i < result->line_count; i++) {
        const struct failure *failure = result->lines[i].failure;
        if (!failure || !failure->exchange)
            continue;
        buffer_add_byte(out, '\n');
        report_exchange(&plain, failure->exchange,
                        SHOW_TITLE | SHOW_CURL | SHOW_HEADS | SHOW_BODIES, 0);
    }
    const struct conversation_view view = {
        .with_messages = status_is_failure(result->status),
        .sockets_limit = SOCKETS_SHOWN,
        .payload_limit = PAYLOAD_SHOWN_BYTES,
    };
    if (result->conversation_count > 0)
        buffer_add_byte(out, '\n');
    report_conversations(&plain, result, &view);
}

/* Every failed line with what it says; the scenario's own message first. */
static void print_details(struct buffer *out, const struct result *result,
                          const struct scenario_info *info)
{
    const struct style_writer plain = { .out = out };
    report_block(&plain, STYLE_PLAIN, result->message, 0);
    report_block(&plain, STYLE_PLAIN, result->hint, 2);
    for (size_t i = 0; i < result->line_count; i++) {
        const struct result_line *line = &result->lines[i];
        if (!status_is_failure(line->status))
            continue;
        buffer_add_repeated(out, ' ', (size_t)line->depth * 2);
        report_line_text(&plain, STYLE_PLAIN, line, info);
        buffer_add_byte(out, '\n');
        if (line->failure) {
            report_failure(&plain, line->failure, (size_t)line->depth * 2 + 2);
            continue;
        }
        report_block(&plain, STYLE_PLAIN, line->reason, (size_t)line->depth * 2 + 2);
        if (!result_line_has_nested(result, i))
            report_place(&plain, &line->place, (size_t)line->depth * 2 + 2);
    }
}

static enum junit_outcome outcome_of(enum status status)
{
    if (status_is_failure(status))
        return JUNIT_FAILURE;
    return status == STATUS_SKIPPED ? JUNIT_SKIPPED : JUNIT_PASSED;
}

/* The kind of the first failure that has one, else the status. */
static const char *type_of(const struct result *result)
{
    for (size_t i = 0; i < result->line_count; i++) {
        const struct failure *failure = result->lines[i].failure;
        if (failure && failure->kind != FAILURE_CHECK)
            return failure_kind_name(failure->kind);
    }
    return status_name(result->status);
}

static void join_tags(struct buffer *out, const struct scenario_info *info)
{
    for (size_t i = 0; i < info->tag_count; i++) {
        buffer_add_string(out, i > 0 ? " " : "");
        buffer_add(out, info->tags[i]);
    }
}

struct case_texts {
    struct buffer tags;
    struct buffer attempts;
    struct buffer message;
    struct buffer details;
    struct buffer output;
};

static void case_texts_init(struct case_texts *texts)
{
    buffer_init(&texts->tags, CASE_TEXT_LIMIT_BYTES);
    buffer_init(&texts->attempts, CASE_TEXT_LIMIT_BYTES);
    buffer_init(&texts->message, CASE_TEXT_LIMIT_BYTES);
    buffer_init(&texts->details, CASE_TEXT_LIMIT_BYTES);
    buffer_init(&texts->output, CASE_TEXT_LIMIT_BYTES);
}

static void case_texts_release(struct case_texts *texts)
{
    buffer_release(&texts->tags);
    buffer_release(&texts->attempts);
    buffer_release(&texts->message);
    buffer_release(&texts->details);
    buffer_release(&texts->output);
}

static size_t make_properties(struct junit_property properties[PROPERTIES_LIMIT],
                              struct case_texts *texts, const struct result *result,
                              const struct scenario_info *info)
{
    size_t count = 0;
    join_tags(&texts->tags, info);
    if (texts->tags.size > 0)
        properties[count++] = (struct junit_property){ "tags", buffer_text(&texts->tags) };
    if (result->correlation_id.size > 0)
        properties[count++] =
            (struct junit_property){ "correlation-id", result->correlation_id };
    if (result->attempt > 0) {
        buffer_add_format(&texts->attempts, "%u", result->attempt + 1);
        properties[count++] =
            (struct junit_property){ "attempts", buffer_text(&texts->attempts) };
    }
    if (result_is_flaky(result))
        properties[count++] = (struct junit_property){ "flaky", TEXT("true") };
    return count;
}

void junit_case_print(struct buffer *out, const struct result *result,
                      const struct scenario_info *info, struct text earlier, bool is_strict,
                      size_t *ret_name_end)
{
    CLEANUP(case_texts_release) struct case_texts texts;
    case_texts_init(&texts);
    struct junit_property properties[PROPERTIES_LIMIT];
    size_t property_count = make_properties(properties, &texts, result, info);
    enum junit_outcome outcome = outcome_of(result->status);
    if (outcome != JUNIT_PASSED)
        report_cause(&texts.message, result, info);
    if (outcome == JUNIT_FAILURE)
        print_details(&texts.details, result, info);
    print_output(&texts.output, result, info, earlier);
    const struct junit_case each = {
        .class_name = info->feature_name,
        .name = info->unique_name.size > 0 ? info->unique_name : info->name,
        .file = info->uri,
        .line = info->line,
        .duration_ns = result->duration_ns,
        .properties = properties,
        .property_count = property_count,
        .outcome = outcome,
        .type = text_of(type_of(result)),
        .message = buffer_text(&texts.message),
        .details = buffer_text(&texts.details),
        .output = buffer_text(&texts.output),
    };
    junit_print_case(out, &each, is_strict, ret_name_end);
}
