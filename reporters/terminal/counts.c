/* SPDX-License-Identifier: MIT */
#include "reporters/terminal/counts.h"

#include "base/attribute.h"
#include "base/buffer.h"
#include "event/tally.h"
#include "reporters/parts/report_text.h"

enum { HEADING_COLUMNS = 18 };

/* " · " between the parts of a line, the first one without. */
struct buffer *counts_next_part(const struct style_writer *writer, bool *is_first)
{
    buffer_add_string(writer->out, *is_first ? "" : " · ");
    *is_first = false;
    return writer->out;
}

/* "209 passed · 3 failed", the statuses that occurred. */
static void print_statuses(const struct style_writer *writer, const char *skipped,
                           const uint32_t counts[STATUS_COUNT], uint32_t flaky)
{
    static const enum status order[] = { STATUS_PASSED,    STATUS_FAILED,  STATUS_AMBIGUOUS,
                                         STATUS_UNDEFINED, STATUS_PENDING, STATUS_SKIPPED,
                                         STATUS_UNKNOWN };
    bool is_first = true;
    for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
        enum style style = report_status_style(order[i]);
        if (counts[order[i]] == 0)
            continue;
        counts_next_part(writer, &is_first);
        style_begin(writer, style);
        buffer_add_format(writer->out, "%u %s", counts[order[i]],
                          order[i] == STATUS_SKIPPED ? skipped : status_name(order[i]));
        style_end(writer, style);
    }
    if (flaky > 0) {
        counts_next_part(writer, &is_first);
        style_begin(writer, STYLE_WARNING);
        buffer_add_format(writer->out, "%u flaky", flaky);
        style_end(writer, STYLE_WARNING);
    }
    buffer_add_byte(writer->out, '\n');
}

static void print_line(const struct style_writer *writer, const char *what, uint32_t count)
{
    CLEANUP(buffer_release) struct buffer heading;
    buffer_init(&heading, 64);
    buffer_add_format(&heading, "%u %s%s", count, what, count == 1 ? "" : "s");
    style_add(writer, STYLE_BOLD, buffer_text(&heading));
    if (count > 0)
        buffer_add_repeated(writer->out, ' ',
                            heading.size < HEADING_COLUMNS ? HEADING_COLUMNS - heading.size
                                                           : 2);
}

void counts_print(const struct style_writer *writer, const struct tally *tally,
                  const char *skipped)
{
    print_line(writer, "scenario", tally->finished);
    print_statuses(writer, skipped, tally->scenarios, tally->flaky);
    print_line(writer, "step", tally_steps(tally));
    print_statuses(writer, skipped, tally->steps, 0);
}
