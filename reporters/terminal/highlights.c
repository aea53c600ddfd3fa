/* SPDX-License-Identifier: MIT */
#include "reporters/terminal/highlights.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "reporters/parts/report_text.h"
#include "reporters/terminal/scenario_block.h"

enum { NOTE_LIMIT_BYTES = 1 << 10 };

static const struct {
    const char *title;
    enum style style;
} lists[HIGHLIGHT_LISTS] = {
    [HIGHLIGHT_FAILED] = { "failed", STYLE_BAD },
    [HIGHLIGHT_FLAKY] = { "flaky: passed in a later attempt", STYLE_WARNING },
    [HIGHLIGHT_SKIPPED] = { "skipped", STYLE_DIM },
};

void highlights_init(struct highlights *highlights)
{
    *highlights = (struct highlights){ 0 };
    arena_init(&highlights->arena);
}

void highlights_release(struct highlights *highlights)
{
    arena_release(&highlights->arena);
}

static void add_slow(struct highlights *highlights, const struct result *result)
{
    struct slow_scenario *slowest = highlights->slowest;
    size_t place = highlights->slowest_count;
    while (place > 0 && slowest[place - 1].duration_ns < result->duration_ns)
        place--;
    if (place == HIGHLIGHTS_SLOWEST)
        return;
    if (highlights->slowest_count < HIGHLIGHTS_SLOWEST)
        highlights->slowest_count++;
    memmove(&slowest[place + 1], &slowest[place],
            (highlights->slowest_count - place - 1) * sizeof *slowest);
    slowest[place] = (struct slow_scenario){ result->scenario, result->duration_ns };
}

static enum highlight_list list_of(const struct result *result)
{
    if (status_is_failure(result->status))
        return HIGHLIGHT_FAILED;
    return result->status == STATUS_SKIPPED ? HIGHLIGHT_SKIPPED : HIGHLIGHT_FLAKY;
}

void highlights_add(struct highlights *highlights, const struct result *result,
                    const struct scenario_info *info, struct text earlier)
{
    if (result->will_be_retried)
        return;
    if (highlights->is_dry_run && result->status == STATUS_SKIPPED)
        return;
    add_slow(highlights, result);
    if (result->status == STATUS_PASSED && !result_is_flaky(result))
        return;
    enum highlight_list list = list_of(result);
    size_t at = highlights->counts[list]++;
    if (at >= HIGHLIGHTS_LIMIT)
        return;
    CLEANUP(buffer_release) struct buffer note;
    buffer_init(&note, BUFFER_NO_LIMIT); /* a message of a result; cut below */
    buffer_add(&note, earlier);
    report_cause(&note, result, info);
    highlights->lists[list][at] = (struct highlight){
        .scenario = result->scenario,
        .note =
            arena_text(&highlights->arena, text_slice(buffer_text(&note), 0, NOTE_LIMIT_BYTES)),
    };
}

static void add_scenario(const struct style_writer *writer,
                         const struct scenario_lookup *lookup, uint32_t scenario)
{
    struct scenario_info info = { 0 };
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    lookup->describe(lookup->context, scenario, &arena, &info);
    escape_line(writer->out, info.uri);
    buffer_add_format(writer->out, ":%u  ", info.line);
    scenario_name_print(writer, STYLE_DIM, &info);
    buffer_add_byte(writer->out, '\n');
}

static int compare_scenarios(const void *a, const void *b)
{
    const struct highlight *left = a;
    const struct highlight *right = b;
    return (left->scenario > right->scenario) - (left->scenario < right->scenario);
}

static void print_list(struct highlights *highlights, const struct style_writer *writer,
                       const struct scenario_lookup *lookup, enum highlight_list list)
{
    size_t count = highlights->counts[list];
    size_t shown = count < HIGHLIGHTS_LIMIT ? count : HIGHLIGHTS_LIMIT;
    if (count == 0)
        return;
    qsort(highlights->lists[list], shown, sizeof(struct highlight), compare_scenarios);
    style_add_string(writer, lists[list].style, lists[list].title);
    buffer_add_byte(writer->out, '\n');
    for (size_t i = 0; i < shown; i++) {
        const struct highlight *highlight = &highlights->lists[list][i];
        buffer_add_string(writer->out, "  ");
        add_scenario(writer, lookup, highlight->scenario);
        report_block(writer, STYLE_PLAIN, highlight->note, 6);
    }
    if (count > shown)
        buffer_add_format(writer->out, "  and %zu more\n", count - shown);
}

void highlights_print(struct highlights *highlights, const struct style_writer *writer,
                      const struct scenario_lookup *lookup, bool with_slowest)
{
    for (enum highlight_list list = 0; list < HIGHLIGHT_LISTS; list++)
        print_list(highlights, writer, lookup, list);
    if (!with_slowest || highlights->slowest_count == 0)
        return;
    style_add_string(writer, STYLE_DIM, "slowest");
    buffer_add_byte(writer->out, '\n');
    for (size_t i = 0; i < highlights->slowest_count; i++) {
        buffer_add_string(writer->out, "  ");
        report_duration(writer->out, highlights->slowest[i].duration_ns);
        buffer_add_string(writer->out, "  ");
        add_scenario(writer, lookup, highlights->slowest[i].scenario);
    }
}
