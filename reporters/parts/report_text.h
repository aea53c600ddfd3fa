/* SPDX-License-Identifier: MIT */
/*
 * The words that reporters share: durations, the lines of a failure, the parts of an exchange. With
 * colour for terminals, without it for files; control characters of foreign text are escaped in
 * both.
 */
#ifndef BDDRUN_REPORTERS_PARTS_REPORT_TEXT_H
#define BDDRUN_REPORTERS_PARTS_REPORT_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"
#include "event/scenario_info.h"
#include "format/style.h"

enum exchange_parts {
    SHOW_TITLE = 1,
    SHOW_CURL = 2,
    SHOW_HEADS = 4,
    SHOW_BODIES = 8,
};

/* "820 µs", "12 ms", "3.2 s", "4 min 05 s". */
void report_duration(struct buffer *out, uint64_t duration_ns);

enum style report_status_style(enum status status);
const char *report_status_mark(enum status status); /* "✓", "✗", … */

/* "Given " and the text of a line, looked up for a step of the pickle; escaped. */
void report_line_text(const struct style_writer *writer, enum style style,
                      const struct result_line *line, const struct scenario_info *info);

/* One line that says why a scenario did not pass; empty for a passed one. */
void report_cause(struct buffer *out, const struct result *result,
                  const struct scenario_info *info);

/* Message, expected and actual, mismatches, place with caret, hint; each line indented. */
void report_failure(const struct style_writer *writer, const struct failure *failure,
                    size_t indent);

/* "file:line:column", below it the line with a caret; nothing for an empty place. */
void report_place(const struct style_writer *writer, const struct place *place, size_t indent);

void report_exchange(const struct style_writer *writer, const struct shown_exchange *shown,
                     unsigned parts, size_t indent);

/* Text of several lines, each indented and escaped, closed with a line end. */
void report_block(const struct style_writer *writer, enum style style, struct text text,
                  size_t indent);

#endif
