/* SPDX-License-Identifier: MIT */
#include "reporters/terminal/scenario_block.h"

#include "base/clock.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "reporters/parts/report_conversation.h"
#include "reporters/parts/report_text.h"

enum { LINE_COLUMNS = 76, STEP_INDENT = 4, DURATION_LIMIT_BYTES = 64 };

enum {
    SOCKETS_SHOWN = 3,
    SOCKETS_SHOWN_VERBOSE = 1000,
    PAYLOAD_SHOWN_BYTES = 300,
    PAYLOAD_SHOWN_VERBOSE_BYTES = SHOWN_CONVERSATION_LIMIT_BYTES,
};

static const uint64_t slow_step_ns = 500 * NANOSECONDS_PER_MILLISECOND;

void scenario_name_print(const struct style_writer *writer, enum style style,
                         const struct scenario_info *info)
{
    style_begin(writer, style);
    escape_line(writer->out, info->feature_name);
    buffer_add_string(writer->out, " › ");
    escape_line(writer->out, info->unique_name.size > 0 ? info->unique_name : info->name);
    style_end(writer, style);
}

static void add_duration(const struct style_writer *writer, uint64_t duration_ns, size_t column,
                         size_t columns)
{
    if (duration_ns == 0)
        return; /* it was not run */
    CLEANUP(buffer_release) struct buffer duration;
    buffer_init(&duration, DURATION_LIMIT_BYTES);
    report_duration(&duration, duration_ns);
    size_t width = utf8_count(buffer_text(&duration));
    size_t blanks = column + width + 2 < columns ? columns - column - width : 2;
    buffer_add_repeated(writer->out, ' ', blanks);
    style_add(writer, STYLE_DIM, buffer_text(&duration));
}

void scenario_line_print(const struct style_writer *writer, const struct result *result,
                         const struct scenario_info *info)
{
    enum style style = report_status_style(result->status);
    CLEANUP(buffer_release) struct buffer name;
    buffer_init(&name, BUFFER_NO_LIMIT); /* a line of a feature file */
    const struct style_writer plain = { .out = &name, .with_colour = false };
    scenario_name_print(&plain, STYLE_PLAIN, info);
    bool is_green = result->status == STATUS_PASSED && !result_is_flaky(result);
    style_add_string(writer, style, report_status_mark(result->status));
    buffer_add_byte(writer->out, ' ');
    style_begin(writer, is_green ? STYLE_PLAIN : STYLE_BOLD);
    buffer_add(writer->out, buffer_text(&name));
    style_end(writer, is_green ? STYLE_PLAIN : STYLE_BOLD);
    add_duration(writer, result->duration_ns, utf8_count(buffer_text(&name)), LINE_COLUMNS);
    if (result->will_be_retried)
        style_add_string(writer, STYLE_WARNING, "  failed, tried again");
    else if (result_is_flaky(result))
        style_add_string(writer, STYLE_WARNING, "  flaky");
    if (!is_green) {
        buffer_add_string(writer->out, "  ");
        style_begin(writer, STYLE_DIM);
        escape_line(writer->out, info->uri);
        buffer_add_format(writer->out, ":%u", info->line);
        style_end(writer, STYLE_DIM);
    }
    buffer_add_byte(writer->out, '\n');
}

/* What is below a line that did not pass. */
static void add_why(const struct style_writer *writer, const struct result *result, size_t at,
                    size_t indent)
{
    const struct result_line *line = &result->lines[at];
    enum style style = report_status_style(line->status);
    if (line->failure) {
        report_failure(writer, line->failure, indent);
        return;
    }
    report_block(writer, style, line->reason, indent);
    if (status_is_failure(line->status) && !result_line_has_nested(result, at))
        report_place(writer, &line->place, indent);
}

static void add_step(const struct style_writer *writer, const struct result *result, size_t at,
                     const struct scenario_info *info, bool with_durations)
{
    const struct result_line *line = &result->lines[at];
    bool is_quiet = line->status == STATUS_SKIPPED || line->status == STATUS_UNKNOWN;
    size_t indent = STEP_INDENT + (size_t)line->depth * 2;
    buffer_add_repeated(writer->out, ' ', indent);
    style_add_string(writer, report_status_style(line->status),
                     report_status_mark(line->status));
    buffer_add_byte(writer->out, ' ');
    report_line_text(writer, is_quiet ? STYLE_DIM : STYLE_PLAIN, line, info);
    if (with_durations || line->duration_ns >= slow_step_ns)
        add_duration(writer, line->duration_ns, 0, 0);
    buffer_add_byte(writer->out, '\n');
    add_why(writer, result, at, indent + 4);
}

static void add_exchanges(const struct style_writer *writer, const struct result *result,
                          uint32_t line, int verbosity)
{
    unsigned parts =
        SHOW_TITLE | (verbosity >= 2 ? SHOW_HEADS : 0) | (verbosity >= 3 ? SHOW_BODIES : 0);
    size_t indent = STEP_INDENT + (size_t)result->lines[line].depth * 2 + 4;
    for (size_t i = 0; i < result->exchange_count; i++)
        if (result->exchanges[i].line == line)
            report_exchange(writer, result->exchanges[i].shown, parts, indent);
}

/* The exchanges that failures are about, once each, below the steps. */
static void add_failed_exchanges(const struct style_writer *writer, const struct result *result)
{
    for (size_t i = 0; i < result->line_count; i++) {
        const struct failure *failure = result->lines[i].failure;
        if (!failure || !failure->exchange)
            continue;
        buffer_add_byte(writer->out, '\n');
        report_exchange(writer, failure->exchange,
                        SHOW_TITLE | SHOW_CURL | SHOW_HEADS | SHOW_BODIES, STEP_INDENT);
    }
}

/* Of a failed scenario what was said, of others from -v on how much. */
static void add_conversations(const struct style_writer *writer, const struct result *result,
                              int verbosity)
{
    bool has_failed = status_is_failure(result->status);
    const struct conversation_view view = {
        .with_messages = has_failed || verbosity >= 2,
        .concerned_only = verbosity < 2,
        .sockets_limit = verbosity >= 2 ? SOCKETS_SHOWN_VERBOSE : SOCKETS_SHOWN,
        .payload_limit = verbosity >= 3 ? PAYLOAD_SHOWN_VERBOSE_BYTES : PAYLOAD_SHOWN_BYTES,
        .indent = STEP_INDENT,
    };
    if (has_failed && result->conversation_count > 0)
        buffer_add_byte(writer->out, '\n');
    report_conversations(writer, result, &view);
}

static void add_correlation(const struct style_writer *writer, const struct result *result)
{
    if (result->correlation_id.size == 0)
        return;
    buffer_add_repeated(writer->out, ' ', STEP_INDENT);
    style_add_string(writer, STYLE_DIM, "correlation id ");
    style_add(writer, STYLE_DIM, result->correlation_id);
    buffer_add_byte(writer->out, '\n');
}

static void add_lines(const struct style_writer *writer, const struct result *result,
                      const struct scenario_info *info, int verbosity)
{
    for (size_t i = 0; i < result->line_count; i++) {
        const struct result_line *line = &result->lines[i];
        /* the inside of what went well is shown from -v on */
        if (verbosity < 1 && line->depth > 0 && line->status == STATUS_PASSED)
            continue;
        add_step(writer, result, i, info, verbosity >= 1);
        if (verbosity >= 2)
            add_exchanges(writer, result, (uint32_t)i, verbosity);
    }
}

void scenario_block_print(const struct style_writer *writer, const struct result *result,
                          const struct scenario_info *info, int verbosity)
{
    bool has_failed = status_is_failure(result->status);
    scenario_line_print(writer, result, info);
    if (!has_failed && verbosity < 1)
        return;
    add_lines(writer, result, info, verbosity);
    report_block(writer, STYLE_BAD, result->message, STEP_INDENT);
    report_block(writer, STYLE_PLAIN, result->hint, STEP_INDENT + 2);
    if (has_failed)
        add_failed_exchanges(writer, result);
    add_conversations(writer, result, verbosity);
    if (has_failed)
        add_correlation(writer, result);
    buffer_add_byte(writer->out, '\n');
}
