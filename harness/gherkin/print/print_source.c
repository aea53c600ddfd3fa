/* SPDX-License-Identifier: MIT */
#include "gherkin/print.h"

#include "gherkin/print/json_parts.h"
#include "gherkin/tokens/line.h"

static const char END_OF_FILE[] = "unexpected end of file";

void gherkin_print_source(struct buffer *out, const struct source *source, struct text uri)
{
    struct text bytes = source->bytes;
    if (text_starts_with(bytes, TEXT("\xEF\xBB\xBF"))) {
        bytes = text_from(bytes, 3);
    }
    print_json_field(out, "{\"source\":{\"uri\":", uri);
    print_json_field(out, ",\"data\":", bytes);
    buffer_add_string(out, ",\"mediaType\":\"text/x.cucumber.gherkin+plain\"}}");
}

/* The official parsers tell the end of the file as column 0 of the line behind the last. */
static struct position position_of(const struct problem *problem)
{
    const struct source *source = problem->at.source;
    if (!source) {
        return (struct position){ 0, 0 };
    }
    if (text_starts_with(problem->message, text_of(END_OF_FILE))) {
        struct line_reader lines;
        struct line line;
        line_reader_init(&lines, source->bytes);
        while (line_reader_next(&lines, &line)) {
        }
        return (struct position){ line.number, 0 };
    }
    return (struct position){ source_position(source, problem->at.start).line,
                              column_of(source->bytes, problem->at.start) };
}

void gherkin_print_parse_error(struct buffer *out, const struct problem *problem,
                               struct text uri)
{
    struct position position = position_of(problem);
    struct buffer message CLEANUP(buffer_release);
    buffer_init(&message, BUFFER_NO_LIMIT); /* bounded by the problem's message */
    buffer_add_format(&message, "(%zu:%zu): ", position.line, position.column);
    buffer_add(&message, problem->message);
    print_json_field(out, "{\"parseError\":{\"source\":{\"uri\":", uri);
    buffer_add_format(out, ",\"location\":{\"line\":%zu", position.line);
    if (position.column) {
        buffer_add_format(out, ",\"column\":%zu", position.column);
    }
    print_json_field(out, "}},\"message\":", buffer_text(&message));
    buffer_add_string(out, "}}");
}
