/* SPDX-License-Identifier: MIT */
#include "gate/evidence/evidence_run.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "gate/evidence/reading.h"

bool reading_refuse(struct reading *reading, const char *format, ...)
{
    struct evidence_run *run = reading->run;
    va_list arguments;
    va_start(arguments, format);
    run->broken = arena_format_list(&run->arena, format, arguments);
    va_end(arguments);
    run->broken_line = reading->lines.number;
    run->hint = "run the scenarios anew, with a report `message:…`";
    return false;
}

static void read_lines(struct reading *reading)
{
    struct text line;
    while (lines_next(&reading->lines, &line)) {
        if (line.size > 0 && line.at[line.size - 1] == '\r') {
            line.size--;
        }
        if (!reading_take_line(reading, line)) {
            return;
        }
    }
    if (reading->lines.error) {
        reading_refuse(reading, "cannot be read: %s", strerror(reading->lines.error));
    } else if (reading->lines.is_long) {
        reading_refuse(reading, "a line is longer than %zu bytes", LINES_LIMIT_BYTES);
    } else if (reading->lines.size_bytes == 0) {
        reading_refuse(reading, "the file is empty");
    } else {
        reading->run->sha256 = lines_sha256(&reading->lines, &reading->run->arena);
    }
}

void evidence_run_read(struct evidence_run *run, struct text path)
{
    struct reading reading = { .run = run };
    *run = (struct evidence_run){ 0 };
    arena_init(&run->arena);
    arena_init(&reading.scratch);
    run->path = arena_text(&run->arena, path);
    if (lines_open(&reading.lines, path)) {
        read_lines(&reading);
    } else {
        reading_refuse(&reading, "cannot be read: %s", strerror(reading.lines.error));
        run->is_missing = true;
    }
    lines_release(&reading.lines);
    id_table_release(&reading.pickles);
    id_table_release(&reading.cases);
    id_table_release(&reading.attempts);
    arena_release(&reading.scratch);
}

void evidence_run_release(struct evidence_run *run)
{
    free(run->scenarios);
    compared_release(&run->compared);
    arena_release(&run->arena);
}

bool evidence_scenario_has_tag(const struct evidence_scenario *scenario, struct text tag)
{
    for (size_t i = 0; i < scenario->tag_count; i++) {
        if (text_equal(scenario->tags[i], tag)) {
            return true;
        }
    }
    return false;
}

bool evidence_scenario_is(const struct evidence_scenario *one,
                          const struct evidence_scenario *other)
{
    return one->line == other->line && text_equal(one->path, other->path) &&
           text_equal(one->name, other->name);
}
