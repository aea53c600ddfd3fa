/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/escape.h"
#include "base/file_write.h"
#include "reporters/parts/attempts.h"
#include "reporters/parts/output.h"
#include "reporters/parts/report_text.h"
#include "reporters/terminal/counts.h"
#include "reporters/terminal/highlights.h"
#include "reporters/terminal/progress_bar.h"
#include "reporters/terminal/scenario_block.h"

/* Runs up to this size list every scenario; larger ones what is not green. */
enum { LISTED_SCENARIOS = 200, SLOWEST_FROM = 10, TEXT_SHOWN_BYTES = 4096 };

struct terminal {
    const struct reporter_setup *setup;
    struct output output;
    struct style_writer writer;
    struct progress_bar bar;
    struct highlights highlights;
    struct attempts attempts;
    struct tally tally;
    struct arena scratch;
    bool lists_scenarios;
    bool ends_in_blank_line; /* what was printed last */
    uint32_t jobs;
};

static void release(void *opaque)
{
    struct terminal *terminal = opaque;
    progress_bar_release(&terminal->bar);
    highlights_release(&terminal->highlights);
    attempts_release(&terminal->attempts);
    arena_release(&terminal->scratch);
    output_abandon(&terminal->output);
    free(terminal);
}

static void *open_terminal(const struct reporter_setup *setup, struct text file,
                           struct problems *problems)
{
    struct terminal *terminal = alloc_or_die(1, sizeof *terminal);
    terminal->setup = setup;
    terminal->writer.out = &terminal->output.made;
    terminal->writer.with_colour = setup->with_colour && file.size == 0;
    terminal->writer.text_limit_bytes = setup->verbosity < 3 ? TEXT_SHOWN_BYTES : 0;
    progress_bar_init(&terminal->bar, setup);
    highlights_init(&terminal->highlights);
    arena_init(&terminal->scratch);
    if (output_open(&terminal->output, setup, file, false, problems))
        return terminal;
    release(terminal);
    return NULL;
}

static void print_target(const struct style_writer *writer, const struct run_started *run)
{
    bool is_first = false;
    buffer_add_format(writer->out, "bddrun ");
    escape_line(writer->out, run->version);
    if (run->environment.size > 0)
        escape_line(counts_next_part(writer, &is_first), run->environment);
    if (run->base_url.size > 0)
        escape_line(counts_next_part(writer, &is_first), run->base_url);
    buffer_add_format(counts_next_part(writer, &is_first),
                      "%u scenario%s in %u file%s, %u job%s", run->scenario_count,
                      run->scenario_count == 1 ? "" : "s", run->feature_count,
                      run->feature_count == 1 ? "" : "s", run->jobs, run->jobs == 1 ? "" : "s");
    if (run->config.size > 0)
        escape_line(counts_next_part(writer, &is_first), run->config);
    buffer_add_byte(writer->out, '\n');
}

static void print_revisions(const struct style_writer *writer, const struct revision *revisions,
                            size_t count)
{
    for (size_t i = 0; i < count; i++) {
        style_add_string(writer, STYLE_DIM, "revision ");
        if (revisions[i].service.size > 0) {
            style_add(writer, STYLE_DIM, revisions[i].service);
            buffer_add_byte(writer->out, ' ');
        }
        style_add(writer, STYLE_DIM, revisions[i].revision);
        buffer_add_byte(writer->out, '\n');
    }
}

static void take_run_started(struct terminal *terminal, const struct event *event)
{
    const struct style_writer *writer = &terminal->writer;
    const struct run_started *run = event->run_started;
    progress_bar_run_started(&terminal->bar, run->scenario_count, event->time_ns);
    terminal->lists_scenarios =
        terminal->setup->verbosity >= 0 && run->scenario_count <= LISTED_SCENARIOS;
    terminal->jobs = run->jobs;
    terminal->highlights.is_dry_run = run->is_dry_run;
    if (terminal->setup->verbosity < 0)
        return;
    print_target(writer, run);
    print_revisions(writer, run->revisions, run->revision_count);
    if (run->is_random)
        buffer_add_format(writer->out, "order random:%llu\n", (unsigned long long)run->seed);
    if (run->shard_count > 0)
        buffer_add_format(writer->out, "shard %u of %u\n", run->shard_index, run->shard_count);
    if (run->is_dry_run)
        buffer_add_string(writer->out, "dry run: nothing is sent\n");
    for (size_t i = 0; i < run->warning_count; i++) {
        style_add_string(writer, STYLE_WARNING, "warning: ");
        style_add(writer, STYLE_PLAIN, run->warnings[i]);
        buffer_add_byte(writer->out, '\n');
    }
    buffer_add_byte(writer->out, '\n');
}

static void take_problem(struct terminal *terminal, const struct problem *problem)
{
    CLEANUP(buffer_release) struct buffer printed;
    buffer_init(&printed, 1 << 20);
    problem_print(&printed, problem, terminal->setup->with_colour);
    struct problems ignored; /* nobody reads it: nowhere to say so either */
    problems_init(&ignored);
    if (!file_write_all(terminal->setup->notice_descriptor, TEXT("<stderr>"),
                        buffer_text(&printed), &ignored))
        terminal->bar.total = 0;
    problems_release(&ignored);
}

/* In a dry run nothing is more than skipped. */
static bool is_as_wanted(const struct terminal *terminal, const struct result *result)
{
    return terminal->highlights.is_dry_run
               ? result->status == STATUS_SKIPPED
               : result->status == STATUS_PASSED && !result_is_flaky(result);
}

static void take_result(struct terminal *terminal, const struct result *result)
{
    const struct scenario_lookup *lookup = terminal->setup->scenarios;
    int verbosity = terminal->setup->verbosity;
    tally_add(&terminal->tally, result);
    progress_bar_scenario_finished(&terminal->bar, result->worker);
    if (is_as_wanted(terminal, result) && !terminal->lists_scenarios && verbosity < 1) {
        highlights_add(&terminal->highlights, result, NULL, TEXT_EMPTY);
        return;
    }
    struct scenario_info info = { 0 };
    arena_clear(&terminal->scratch);
    lookup->describe(lookup->context, result->scenario, &terminal->scratch, &info);
    highlights_add(&terminal->highlights, result, &info,
                   attempts_find(&terminal->attempts, result->scenario));
    if (result->will_be_retried)
        attempts_add(&terminal->attempts, result, &info);
    else
        attempts_forget(&terminal->attempts, result->scenario);
    if (verbosity < 0 && !status_is_failure(result->status))
        return;
    if (result->will_be_retried && verbosity < 1)
        scenario_line_print(&terminal->writer, result, &info);
    else
        scenario_block_print(&terminal->writer, result, &info, verbosity);
    terminal->ends_in_blank_line =
        text_ends_with(buffer_text(&terminal->output.made), TEXT("\n\n"));
}

static bool has_highlights(const struct highlights *highlights)
{
    return highlights->counts[HIGHLIGHT_FAILED] > 0 ||
           highlights->counts[HIGHLIGHT_FLAKY] > 0 || highlights->counts[HIGHLIGHT_SKIPPED] > 0;
}

static bool is_slowest_wanted(const struct terminal *terminal)
{
    return terminal->setup->verbosity >= 0 && terminal->tally.finished >= SLOWEST_FROM &&
           !terminal->highlights.is_dry_run;
}

static void take_run_finished(struct terminal *terminal, const struct run_finished *run)
{
    const struct style_writer *writer = &terminal->writer;
    const struct tally *tally = &terminal->tally;
    terminal->bar.total = 0;
    bool with_slowest = is_slowest_wanted(terminal);
    if (terminal->lists_scenarios && tally->finished > 0 && !terminal->ends_in_blank_line)
        buffer_add_byte(writer->out, '\n');
    highlights_print(&terminal->highlights, writer, terminal->setup->scenarios, with_slowest);
    if (has_highlights(&terminal->highlights) || with_slowest)
        buffer_add_byte(writer->out, '\n');
    counts_print(writer, tally, terminal->highlights.is_dry_run ? "not run" : "skipped");
    report_duration(writer->out, run->duration_ns);
    buffer_add_format(writer->out, ", %u job%s\n", terminal->jobs,
                      terminal->jobs == 1 ? "" : "s");
    if (run->cause.size > 0) {
        style_add_string(writer, STYLE_WARNING, "ended early: ");
        style_add(writer, STYLE_PLAIN, run->cause);
        buffer_add_byte(writer->out, '\n');
    }
}

static bool take_event(void *opaque, const struct event *event, struct problems *problems)
{
    struct terminal *terminal = opaque;
    switch (event->kind) {
    case EVENT_RUN_STARTED:
        take_run_started(terminal, event);
        break;
    case EVENT_PROBLEM:
        progress_bar_erase(&terminal->bar);
        take_problem(terminal, event->problem);
        break;
    case EVENT_SCENARIO_STARTED:
        progress_bar_scenario_started(&terminal->bar, &event->scenario_started, event->time_ns);
        break;
    case EVENT_SCENARIO_FINISHED:
        take_result(terminal, event->result);
        break;
    case EVENT_RUN_FINISHED:
        progress_bar_erase(&terminal->bar);
        take_run_finished(terminal, event->run_finished);
        break;
    case EVENT_ENVELOPE:
    case EVENT_KIND_COUNT:
        break;
    }
    if (terminal->output.made.size > 0)
        progress_bar_erase(&terminal->bar);
    bool is_written = output_write(&terminal->output, problems);
    progress_bar_draw(&terminal->bar, &terminal->tally, event->time_ns);
    return is_written;
}

static void tick(void *opaque)
{
    struct terminal *terminal = opaque;
    progress_bar_draw(&terminal->bar, &terminal->tally,
                      clock_realtime_ns(terminal->setup->clock));
}

static bool close_terminal(void *opaque, struct problems *problems)
{
    struct terminal *terminal = opaque;
    progress_bar_erase(&terminal->bar);
    bool is_complete = output_close(&terminal->output, problems);
    release(terminal);
    return is_complete;
}

const struct reporter_type reporter_terminal = {
    .name = "terminal",
    .summary = "what a person reads: progress, failures, a summary",
    .shows_problems = true,
    .open = open_terminal,
    .event = take_event,
    .tick = tick,
    .close = close_terminal,
    .abandon = release,
};
