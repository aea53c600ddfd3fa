/* SPDX-License-Identifier: MIT */
#include "reporters/terminal/progress_bar.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file_write.h"
#include "base/utf8.h"
#include "format/style.h"
#include "reporters/parts/report_text.h"

enum {
    BAR_CELLS = 24,
    DEFAULT_COLUMNS = 80,
    WORKERS_LIMIT = 4096,
    LINE_LIMIT_BYTES = 16 << 10,
};

static const uint64_t redraw_every_ns = 100 * NANOSECONDS_PER_MILLISECOND;
static const uint64_t plain_every_ns = 10 * NANOSECONDS_PER_SECOND;

void progress_bar_init(struct progress_bar *bar, const struct reporter_setup *setup)
{
    *bar = (struct progress_bar){ .setup = setup };
    buffer_init(&bar->out, 4 * LINE_LIMIT_BYTES);
    arena_init(&bar->scratch);
}

void progress_bar_release(struct progress_bar *bar)
{
    free(bar->running);
    buffer_release(&bar->out);
    arena_release(&bar->scratch);
    *bar = (struct progress_bar){ 0 };
}

void progress_bar_run_started(struct progress_bar *bar, uint32_t total, uint64_t now_ns)
{
    bar->total = total;
    bar->started_ns = now_ns;
    bar->drawn_ns = now_ns;
}

void progress_bar_scenario_started(struct progress_bar *bar,
                                   const struct scenario_started *started, uint64_t now_ns)
{
    if (started->worker >= WORKERS_LIMIT)
        return;
    while (started->worker >= bar->running_capacity) {
        size_t had = bar->running_capacity;
        GROW(bar->running, had, bar->running_capacity);
        memset(bar->running + had, 0, (bar->running_capacity - had) * sizeof *bar->running);
    }
    bar->running[started->worker] = (struct running_scenario){
        .scenario = started->scenario,
        .is_active = true,
        .started_ns = now_ns,
    };
}

void progress_bar_scenario_finished(struct progress_bar *bar, uint32_t worker)
{
    if (worker < bar->running_capacity)
        bar->running[worker].is_active = false;
}

static void write_out(struct progress_bar *bar)
{
    struct problems ignored; /* whoever closed the terminal does not miss the bar */
    problems_init(&ignored);
    if (!file_write_all(bar->setup->notice_descriptor, TEXT("<stderr>"), buffer_text(&bar->out),
                        &ignored))
        bar->total = 0;
    problems_release(&ignored);
    buffer_clear(&bar->out);
}

static void add_erasure(struct progress_bar *bar)
{
    for (unsigned i = 0; i < bar->drawn_lines; i++)
        buffer_add_string(&bar->out, i > 0 ? "\033[1A\r\033[2K" : "\r\033[2K");
    bar->drawn_lines = 0;
}

void progress_bar_erase(struct progress_bar *bar)
{
    if (bar->drawn_lines == 0)
        return;
    add_erasure(bar);
    write_out(bar);
    bar->drawn_ns = 0;
}

/* "about 2 min 05 s left"; nothing where there is no telling yet. */
static void add_time_left(struct buffer *out, const struct progress_bar *bar,
                          const struct tally *tally, uint64_t now_ns)
{
    uint64_t elapsed_ns = now_ns > bar->started_ns ? now_ns - bar->started_ns : 0;
    if (tally->finished == 0 || tally->finished >= bar->total ||
        elapsed_ns < NANOSECONDS_PER_SECOND)
        return;
    uint64_t left_ns = elapsed_ns / tally->finished * (bar->total - tally->finished);
    buffer_add_string(out, " · about ");
    if (left_ns < NANOSECONDS_PER_SECOND)
        buffer_add_string(out, "1 s");
    else if (left_ns < 60 * NANOSECONDS_PER_SECOND)
        buffer_add_format(out, "%u s", (unsigned)(left_ns / NANOSECONDS_PER_SECOND));
    else
        report_duration(out, left_ns);
    buffer_add_string(out, " left");
}

static void add_counts(struct buffer *out, const struct progress_bar *bar,
                       const struct tally *tally)
{
    uint32_t failures = tally_failures(tally);
    buffer_add_format(out, "%u of %u", tally->finished, bar->total);
    if (failures > 0)
        buffer_add_format(out, " · %u failed", failures);
    if (tally->scenarios[STATUS_SKIPPED] > 0)
        buffer_add_format(out, " · %u skipped", tally->scenarios[STATUS_SKIPPED]);
    if (tally->flaky > 0)
        buffer_add_format(out, " · %u flaky", tally->flaky);
}

/* Text cut to the room left on the terminal's line, so that it never wraps. */
static void add_cut(struct progress_bar *bar, struct text text, size_t used_columns)
{
    size_t columns = bar->setup->columns > 0 ? bar->setup->columns : DEFAULT_COLUMNS;
    size_t room = columns > used_columns + 1 ? columns - used_columns - 1 : 0;
    buffer_add(&bar->out, text_slice(text, 0, utf8_offset(text, room)));
}

static void add_bar(struct progress_bar *bar, const struct tally *tally)
{
    const struct style_writer writer = { .out = &bar->out,
                                         .with_colour = bar->setup->with_colour };
    enum style style = tally_failures(tally) > 0 ? STYLE_BAD : STYLE_GOOD;
    unsigned done = (unsigned)((uint64_t)tally->finished * BAR_CELLS / bar->total);
    done = done > BAR_CELLS ? BAR_CELLS : done;
    style_begin(&writer, style);
    for (unsigned i = 0; i < done; i++)
        buffer_add_string(&bar->out, "━");
    style_end(&writer, style);
    style_begin(&writer, STYLE_DIM);
    for (unsigned i = done; i < BAR_CELLS; i++)
        buffer_add_string(&bar->out, "─");
    style_end(&writer, STYLE_DIM);
    buffer_add_format(&bar->out, " %3u %%  ",
                      (unsigned)((uint64_t)tally->finished * 100 / bar->total));
}

static const struct running_scenario *find_slowest(const struct progress_bar *bar,
                                                   uint64_t started_after_ns)
{
    const struct running_scenario *found = NULL;
    for (size_t i = 0; i < bar->running_capacity; i++) {
        const struct running_scenario *running = &bar->running[i];
        if (running->is_active && running->started_ns > started_after_ns &&
            (!found || running->started_ns < found->started_ns))
            found = running;
    }
    return found;
}

static void add_slow(struct progress_bar *bar, const struct running_scenario *slow,
                     uint64_t now_ns)
{
    const struct scenario_lookup *lookup = bar->setup->scenarios;
    const struct style_writer writer = { .out = &bar->out,
                                         .with_colour = bar->setup->with_colour };
    struct scenario_info info = { 0 };
    CLEANUP(buffer_release) struct buffer line;
    buffer_init(&line, LINE_LIMIT_BYTES);
    const struct style_writer plain = { .out = &line, .with_colour = false };
    arena_clear(&bar->scratch);
    lookup->describe(lookup->context, slow->scenario, &bar->scratch, &info);
    report_duration(&line, now_ns - slow->started_ns);
    buffer_add_string(&line, "  ");
    style_add(&plain, STYLE_PLAIN, info.uri);
    buffer_add_format(&line, ":%u  ", info.line);
    style_add(&plain, STYLE_PLAIN, info.unique_name);
    buffer_add_string(&bar->out, "\n  ");
    style_begin(&writer, STYLE_DIM);
    add_cut(bar, buffer_text(&line), 2);
    style_end(&writer, STYLE_DIM);
    bar->drawn_lines++;
}

static void draw_on_terminal(struct progress_bar *bar, const struct tally *tally,
                             uint64_t now_ns)
{
    CLEANUP(buffer_release) struct buffer counts;
    buffer_init(&counts, LINE_LIMIT_BYTES);
    add_erasure(bar);
    add_bar(bar, tally);
    add_counts(&counts, bar, tally);
    add_time_left(&counts, bar, tally, now_ns);
    add_cut(bar, buffer_text(&counts), BAR_CELLS + 8);
    bar->drawn_lines = 1;
    uint64_t after_ns = 0;
    for (int i = 0; i < PROGRESS_SLOW_LIMIT; i++) {
        const struct running_scenario *slow = find_slowest(bar, after_ns);
        if (!slow || slow->started_ns + PROGRESS_SLOW_NS > now_ns)
            break;
        add_slow(bar, slow, now_ns);
        after_ns = slow->started_ns;
    }
    write_out(bar);
}

void progress_bar_draw(struct progress_bar *bar, const struct tally *tally, uint64_t now_ns)
{
    bool is_bar = bar->setup->has_progress;
    if (bar->total == 0 || bar->setup->verbosity < 0 ||
        now_ns < bar->drawn_ns + (is_bar ? redraw_every_ns : plain_every_ns))
        return;
    bar->drawn_ns = now_ns;
    if (is_bar) {
        draw_on_terminal(bar, tally, now_ns);
        return;
    }
    buffer_add_string(&bar->out, "bddrun: ");
    add_counts(&bar->out, bar, tally);
    add_time_left(&bar->out, bar, tally, now_ns);
    buffer_add_byte(&bar->out, '\n');
    write_out(bar);
}
