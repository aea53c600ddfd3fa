/* SPDX-License-Identifier: MIT */
#include "reporters/parts/report_text.h"

#include "base/escape.h"

enum { CAUSE_POINTS = 1000, CAUSE_VALUE_POINTS = 60, LINE_TEXT_POINTS = 2000 };

/* In one line, cut short. */
static void add_short(struct buffer *out, struct text value, size_t limit_points)
{
    size_t end = value.size <= limit_points ? value.size : 0;
    for (size_t points = 0; end < value.size && points < limit_points; points++)
        for (end++; end < value.size && ((unsigned char)value.at[end] & 0xC0) == 0x80;)
            end++;
    escape_line(out, text_slice(value, 0, end));
    buffer_add_string(out, end < value.size ? "…" : "");
}

void report_line_text(const struct style_writer *writer, enum style style,
                      const struct result_line *line, const struct scenario_info *info)
{
    struct text keyword = line->keyword;
    struct text text = line->text;
    if (line->kind == RESULT_STEP && info && line->step < info->step_count) {
        keyword = info->steps[line->step].keyword;
        text = text.size > 0 ? text : info->steps[line->step].text;
    }
    style_begin(writer, style);
    escape_line(writer->out, keyword);
    add_short(writer->out, text, LINE_TEXT_POINTS);
    style_end(writer, style);
}

void report_block(const struct style_writer *writer, enum style style, struct text text,
                  size_t indent)
{
    struct text rest = text;
    struct text line;
    if (text.size > 0 && text.at[text.size - 1] == '\n')
        rest = text_slice(text, 0, text.size - 1);
    while (text.size > 0 && text_take_until(&rest, '\n', &line)) {
        if (text_ends_with(line, TEXT("\r")))
            line = text_slice(line, 0, line.size - 1);
        if (line.size > 0)
            buffer_add_repeated(writer->out, ' ', indent);
        style_add(writer, style, line);
        buffer_add_byte(writer->out, '\n');
    }
}

/* What a text of a failure shows: in a terminal the start of a long one. */
static struct text shown_part(const struct style_writer *writer, struct text text)
{
    size_t end = writer->text_limit_bytes;
    if (end == 0 || text.size <= end)
        return text;
    while (end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80)
        end--;
    return text_slice(text, 0, end);
}

static void add_rest(const struct style_writer *writer, struct text text, size_t indent)
{
    size_t shown_bytes = shown_part(writer, text).size;
    if (shown_bytes == text.size)
        return;
    buffer_add_repeated(writer->out, ' ', indent);
    style_begin(writer, STYLE_DIM);
    buffer_add_format(writer->out,
                      "… the first %zu of %zu bytes; -vvv or --format junit:FILE has all",
                      shown_bytes, text.size);
    style_end(writer, STYLE_DIM);
    buffer_add_byte(writer->out, '\n');
}

static void add_part(const struct style_writer *writer, enum style style, struct text text,
                     size_t indent)
{
    report_block(writer, style, shown_part(writer, text), indent);
    add_rest(writer, text, indent);
}

/* "expected  201": the value below its word where it has several lines. */
static void add_value(const struct style_writer *writer, const char *word, enum style style,
                      struct text value, size_t indent)
{
    buffer_add_repeated(writer->out, ' ', indent);
    style_add_string(writer, STYLE_DIM, word);
    if (text_find_byte(value, '\n', 0) < value.size) {
        buffer_add_byte(writer->out, '\n');
        add_part(writer, style, value, indent + 2);
        return;
    }
    buffer_add_byte(writer->out, ' ');
    style_add(writer, style, shown_part(writer, value));
    buffer_add_byte(writer->out, '\n');
    add_rest(writer, value, indent);
}

static void add_values(const struct style_writer *writer, struct text expected,
                       struct text actual, size_t indent)
{
    add_value(writer, "expected", STYLE_GOOD, expected, indent);
    add_value(writer, "  actual", STYLE_BAD, actual, indent);
}

void report_place(const struct style_writer *writer, const struct place *place, size_t indent)
{
    if (place->name.size == 0)
        return;
    buffer_add_repeated(writer->out, ' ', indent);
    style_begin(writer, STYLE_DIM);
    place_print(writer->out, place);
    style_end(writer, STYLE_DIM);
    buffer_add_byte(writer->out, '\n');
    place_print_excerpt(writer->out, place, indent + 2, writer->with_colour);
}

static bool is_same_place(const struct place *a, const struct place *b)
{
    return a->line == b->line && a->column == b->column && text_equal(a->name, b->name);
}

/* The step's own line says nothing more when mismatches point into its doc string or table. */
static bool has_own_places(const struct failure *failure)
{
    for (size_t i = 0; i < failure->mismatch_count; i++)
        if (failure->mismatches[i].place.name.size > 0)
            return true;
    return false;
}

/* The failure's own message names the first mismatch and its values: then it is not said twice. */
static bool tells_first_mismatch(const struct failure *failure)
{
    return failure->has_values && failure->mismatch_count > 0 &&
           text_starts_with(failure->message, failure->mismatches[0].what) &&
           text_equal(failure->expected, failure->mismatches[0].expected) &&
           text_equal(failure->actual, failure->mismatches[0].actual);
}

static void add_mismatches(const struct style_writer *writer, const struct failure *failure,
                           bool is_first_told, size_t indent)
{
    for (size_t i = 0; i < failure->mismatch_count; i++) {
        const struct mismatch *mismatch = &failure->mismatches[i];
        if (i > 0 || !is_first_told) {
            add_part(writer, STYLE_BOLD, mismatch->what, indent);
            add_values(writer, mismatch->expected, mismatch->actual, indent + 2);
        }
        if (i == 0 || !is_same_place(&mismatch->place, &mismatch[-1].place))
            report_place(writer, &mismatch->place, indent + 2);
    }
}

void report_failure(const struct style_writer *writer, const struct failure *failure,
                    size_t indent)
{
    add_part(writer, STYLE_BAD, failure->message, indent);
    if (failure->has_values)
        add_values(writer, failure->expected, failure->actual, indent + 2);
    if (!has_own_places(failure))
        report_place(writer, &failure->place, indent);
    add_mismatches(writer, failure, tells_first_mismatch(failure), indent);
    if (failure->mismatches_dropped > 0) {
        buffer_add_repeated(writer->out, ' ', indent);
        buffer_add_format(writer->out, "and %zu more\n", failure->mismatches_dropped);
    }
    add_part(writer, STYLE_PLAIN, failure->detail, indent);
    if (failure->hint.size > 0) {
        buffer_add_repeated(writer->out, ' ', indent);
        style_add_string(writer, STYLE_DIM, "hint: ");
        style_add(writer, STYLE_PLAIN, failure->hint);
        buffer_add_byte(writer->out, '\n');
    }
}

static void add_body(const struct style_writer *writer, struct text body, uint64_t whole_bytes,
                     size_t indent)
{
    if (body.size == 0)
        return;
    buffer_add_byte(writer->out, '\n');
    report_block(writer, STYLE_PLAIN, body, indent);
    if (whole_bytes > SHOWN_BODY_LIMIT) {
        buffer_add_repeated(writer->out, ' ', indent);
        style_begin(writer, STYLE_DIM);
        buffer_add_format(writer->out, "… the first %zu of %llu bytes", body.size,
                          (unsigned long long)whole_bytes);
        style_end(writer, STYLE_DIM);
        buffer_add_byte(writer->out, '\n');
    }
}

static void add_heading(const struct style_writer *writer, const char *word, size_t indent)
{
    buffer_add_repeated(writer->out, ' ', indent);
    style_add_string(writer, STYLE_DIM, word);
    buffer_add_byte(writer->out, '\n');
}

void report_exchange(const struct style_writer *writer, const struct shown_exchange *shown,
                     unsigned parts, size_t indent)
{
    if (parts & SHOW_TITLE)
        report_block(writer, STYLE_BOLD, shown->title, indent);
    if (parts & SHOW_CURL)
        report_block(writer, STYLE_PLAIN, shown->curl, indent + 2);
    if ((parts & SHOW_HEADS) && !(parts & SHOW_CURL)) {
        add_heading(writer, "request", indent);
        report_block(writer, STYLE_PLAIN, shown->request_head, indent + 2);
        if (parts & SHOW_BODIES)
            add_body(writer, shown->request_body, shown->request_body_bytes, indent + 2);
    }
    if ((parts & SHOW_HEADS) && shown->response_head.size > 0) {
        add_heading(writer, "response", indent);
        report_block(writer, STYLE_PLAIN, shown->response_head, indent + 2);
        if (parts & SHOW_BODIES)
            add_body(writer, shown->response_body, shown->response_body_bytes, indent + 2);
    }
}

static void add_failure_cause(struct buffer *out, const struct failure *failure)
{
    add_short(out, failure->message, CAUSE_POINTS);
    if (tells_first_mismatch(failure)) {
        buffer_add_string(out, ": expected ");
        add_short(out, failure->expected, CAUSE_VALUE_POINTS);
        buffer_add_string(out, ", actual ");
        add_short(out, failure->actual, CAUSE_VALUE_POINTS);
    }
}

void report_cause(struct buffer *out, const struct result *result,
                  const struct scenario_info *info)
{
    const struct style_writer writer = { .out = out };
    const struct result_line *line = result_decisive_line(result);
    if (result->message.size > 0) {
        escape_line(out, result->message);
        return;
    }
    if (!line)
        return;
    if (line->failure && line->failure->message.size > 0) {
        add_failure_cause(out, line->failure);
        return;
    }
    if (line->status != STATUS_SKIPPED || line->reason.size == 0) {
        buffer_add_string(out, status_name(line->status));
        buffer_add_string(out, ": ");
        report_line_text(&writer, STYLE_PLAIN, line, info);
        buffer_add_string(out, line->reason.size > 0 ? ": " : "");
    }
    escape_line(out, line->reason);
}
