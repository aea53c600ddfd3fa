/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "format/junit.h"
#include "format/xml_writer.h"
#include "reporters/parts/attempts.h"
#include "reporters/junit_case.h"
#include "reporters/parts/output.h"
#include "reporters/parts/report_text.h"
#include "reporters/parts/spool.h"

enum {
    NOTICES_LIMIT_BYTES = 64 << 10,
    RUN_PROPERTIES_LIMIT = 40,
};

struct junit_reporter {
    const struct reporter_setup *setup;
    bool is_strict;
    struct output output;
    struct spool spool;
    struct buffer piece;
    struct arena scratch;  /* of one event */
    struct arena run;      /* of the run: properties */
    struct buffer notices; /* problems and why the run ended early */
    struct attempts earlier;
    struct tally tally;
    uint64_t started_ns;
    uint64_t finished_ns;
    uint64_t latest_ns; /* the time of the newest event */
    struct junit_property properties[RUN_PROPERTIES_LIMIT];
    size_t property_count;
};

static void release(struct junit_reporter *reporter)
{
    attempts_release(&reporter->earlier);
    output_abandon(&reporter->output);
    spool_release(&reporter->spool);
    buffer_release(&reporter->piece);
    buffer_release(&reporter->notices);
    arena_release(&reporter->scratch);
    arena_release(&reporter->run);
    free(reporter);
}

static void *open_dialect(const struct reporter_setup *setup, struct text file, bool is_strict,
                          struct problems *problems)
{
    struct junit_reporter *reporter = alloc_or_die(1, sizeof *reporter);
    reporter->setup = setup;
    reporter->is_strict = is_strict;
    buffer_init(&reporter->piece, UINT32_MAX);
    buffer_init(&reporter->notices, NOTICES_LIMIT_BYTES);
    arena_init(&reporter->scratch);
    arena_init(&reporter->run);
    if (output_open(&reporter->output, setup, file, true, problems) &&
        spool_open(&reporter->spool, file.size > 0 ? path_folder(file) : file,
                   setup->scenarios->count, problems))
        return reporter;
    release(reporter);
    return NULL;
}

static void *open_extended(const struct reporter_setup *setup, struct text file,
                           struct problems *problems)
{
    return open_dialect(setup, file, false, problems);
}

static void *open_strict(const struct reporter_setup *setup, struct text file,
                         struct problems *problems)
{
    return open_dialect(setup, file, true, problems);
}

static void add_property(struct junit_reporter *reporter, const char *name, struct text value)
{
    if (value.size > 0 && reporter->property_count < RUN_PROPERTIES_LIMIT)
        reporter->properties[reporter->property_count++] =
            (struct junit_property){ name, arena_text(&reporter->run, value) };
}

/* "revision-before", or "revision-before.api" for a named service. */
static void add_revisions(struct junit_reporter *reporter, const char *name,
                          const struct revision *revisions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct text service = revisions[i].service;
        const struct text named = arena_format(&reporter->run, "%s%s%.*s", name,
                                               service.size > 0 ? "." : "", TEXT_ARG(service));
        add_property(reporter, named.at, revisions[i].revision);
    }
}

static void take_run_started(struct junit_reporter *reporter, const struct run_started *run)
{
    add_property(reporter, "bddrun", run->version);
    add_property(reporter, "command", run->command);
    add_property(reporter, "config", run->config);
    add_property(reporter, "environment", run->environment);
    add_property(reporter, "base-url", run->base_url);
    add_property(reporter, "run-id", run->run_id);
    if (run->is_random)
        add_property(reporter, "seed",
                     arena_format(&reporter->run, "%llu", (unsigned long long)run->seed));
    if (run->shard_count > 0)
        add_property(reporter, "shard",
                     arena_format(&reporter->run, "%u/%u", run->shard_index, run->shard_count));
    for (size_t i = 0; i < run->warning_count; i++)
        add_property(reporter, "warning", run->warnings[i]);
    add_revisions(reporter, "revision-before", run->revisions, run->revision_count);
}

static bool put_case(struct junit_reporter *reporter, const struct result *result,
                     const struct scenario_info *info, struct problems *problems)
{
    size_t name_end = 0;
    buffer_clear(&reporter->piece);
    junit_case_print(&reporter->piece, result, info,
                     attempts_find(&reporter->earlier, result->scenario), reporter->is_strict,
                     &name_end);
    attempts_forget(&reporter->earlier, result->scenario);
    uint64_t key = text_hash(text_slice(buffer_text(&reporter->piece), 0, name_end));
    return spool_put(&reporter->spool, result->scenario, buffer_text(&reporter->piece), key,
                     (uint32_t)name_end, problems);
}

static bool take_result(struct junit_reporter *reporter, const struct result *result,
                        struct problems *problems)
{
    const struct scenario_lookup *lookup = reporter->setup->scenarios;
    struct scenario_info info = { 0 };
    lookup->describe(lookup->context, result->scenario, &reporter->scratch, &info);
    tally_add(&reporter->tally, result);
    if (!result->will_be_retried)
        return put_case(reporter, result, &info, problems);
    attempts_add(&reporter->earlier, result, &info);
    return true;
}

static bool take_event(void *opaque, const struct event *event, struct problems *problems)
{
    struct junit_reporter *reporter = opaque;
    arena_clear(&reporter->scratch);
    reporter->latest_ns = event->time_ns;
    switch (event->kind) {
    case EVENT_RUN_STARTED:
        reporter->started_ns = event->time_ns;
        take_run_started(reporter, event->run_started);
        break;
    case EVENT_PROBLEM:
        problem_print(&reporter->notices, event->problem, false);
        break;
    case EVENT_SCENARIO_FINISHED:
        return take_result(reporter, event->result, problems);
    case EVENT_RUN_FINISHED:
        reporter->finished_ns = event->time_ns;
        add_revisions(reporter, "revision-after", event->run_finished->revisions,
                      event->run_finished->revision_count);
        add_property(reporter, "ended-early", event->run_finished->cause);
        break;
    case EVENT_ENVELOPE:
    case EVENT_SCENARIO_STARTED:
    case EVENT_KIND_COUNT:
        break;
    }
    return true;
}

/* Cases of the same class and name are told apart by their place. */
static void add_distinct(struct junit_reporter *reporter, uint32_t index, struct text piece)
{
    struct buffer *made = &reporter->output.made;
    const struct scenario_lookup *lookup = reporter->setup->scenarios;
    const struct spool_piece *place = &reporter->spool.pieces[index];
    if (piece.size == 0 || !spool_is_key_shared(&reporter->spool, place->key)) {
        buffer_add(made, piece);
        return;
    }
    struct scenario_info info = { 0 };
    arena_clear(&reporter->scratch);
    lookup->describe(lookup->context, index, &reporter->scratch, &info);
    buffer_add(made, text_slice(piece, 0, place->mark));
    buffer_add_string(made, " (");
    xml_escape_attribute(made, info.uri);
    buffer_add_format(made, ":%u)", info.line);
    buffer_add(made, text_from(piece, place->mark));
}

static bool write_cases(struct junit_reporter *reporter, struct problems *problems)
{
    spool_sort_keys(&reporter->spool);
    for (uint32_t i = 0; i < reporter->spool.count; i++) {
        struct text piece;
        if (!spool_get(&reporter->spool, i, &piece, problems))
            return false;
        add_distinct(reporter, i, piece);
        if (!output_settle(&reporter->output, problems))
            return false;
    }
    return true;
}

static bool close_report(void *opaque, struct problems *problems)
{
    struct junit_reporter *reporter = opaque;
    const struct tally *tally = &reporter->tally;
    uint64_t end = reporter->finished_ns > 0 ? reporter->finished_ns : reporter->latest_ns;
    if (reporter->finished_ns == 0)
        add_property(reporter, "ended-early", TEXT("the run did not finish"));
    const struct junit_suite suite = {
        .name = TEXT("bddrun"),
        .counts = {
            .tests = tally->finished,
            .failures = tally_failures(tally),
            .skipped = tally->scenarios[STATUS_SKIPPED],
            .duration_ns = end > reporter->started_ns ? end - reporter->started_ns : 0,
        },
        .started_ns = reporter->started_ns,
        .properties = reporter->properties,
        .property_count = reporter->property_count,
    };
    junit_print_head(&reporter->output.made, suite.name, &suite.counts);
    junit_print_suite_begin(&reporter->output.made, &suite);
    bool is_complete = write_cases(reporter, problems);
    junit_print_suite_end(&reporter->output.made, buffer_text(&reporter->notices));
    junit_print_tail(&reporter->output.made);
    is_complete = is_complete && output_close(&reporter->output, problems);
    release(reporter);
    return is_complete;
}

static void abandon(void *reporter)
{
    release(reporter);
}

const struct reporter_type reporter_junit = {
    .name = "junit",
    .summary = "JUnit XML: one test case a scenario, with file, line and properties",
    .open = open_extended,
    .event = take_event,
    .close = close_report,
    .abandon = abandon,
};

const struct reporter_type reporter_junit_strict = {
    .name = "junit-strict",
    .summary = "JUnit XML as Jenkins' schema has it",
    .open = open_strict,
    .event = take_event,
    .close = close_report,
    .abandon = abandon,
};
