/* SPDX-License-Identifier: MIT */
/* Are the required coverage reports there, whole, of this commit, and of all that they have to
 * measure? */
#include "base/glob.h"
#include "format/date.h"
#include "gate/measure/gate_change.h"
#include "gate/measure/gate_coverage.h"
#include "gate/rules/rules.h"

#define NANOSECONDS_PER_MS UINT64_C(1000000)

static const uint64_t skew_ns = 300 * UINT64_C(1000000000);

/* Each report. */

static void block_report(struct findings *findings, const struct gate_report *report,
                         struct text reason, const char *hint)
{
    const char *name = findings_name(findings, "coverage.report.", report->name);
    findings_add(findings, VERDICT_BLOCKED, name, "%.*s", TEXT_ARG(reason));
    findings_hint(findings, "%s", hint);
    findings_place(findings, report->path, report->failure_line);
}

static bool is_current(const struct gate_input *input, const struct gate_report *report,
                       struct findings *findings)
{
    struct arena *arena = findings->arena;
    const struct config_bound *bound = &input->policy->evidence.max_age_ms;
    uint64_t max_age_ms = bound->at.source ? bound->value : GATE_MAX_AGE_MS;
    struct text date = date_print(arena, report->time_ns);
    if (report->time_ns > input->now_ns + skew_ns) {
        block_report(findings, report,
                     arena_format(arena, "'%.*s' is of %.*s, which is not yet",
                                  TEXT_ARG(report->path), TEXT_ARG(date)),
                     "set the clock of the machine that measured");
    } else if (report->time_ns + skew_ns < input->candidate.time_ns) {
        block_report(findings, report,
                     arena_format(arena, "'%.*s' is stale: of %.*s, before the commit",
                                  TEXT_ARG(report->path), TEXT_ARG(date)),
                     "measure the commit that is judged; keep no report in a cache");
    } else if (input->now_ns > report->time_ns &&
               (input->now_ns - report->time_ns) / NANOSECONDS_PER_MS > max_age_ms) {
        block_report(findings, report,
                     arena_format(arena, "'%.*s' is stale: of %.*s", TEXT_ARG(report->path),
                                  TEXT_ARG(date)),
                     "measure again; `evidence: {max_age: …}` is the limit");
    } else {
        return true;
    }
    return false;
}

static void weigh_report(const struct gate_input *input, const struct gate_report *report,
                         struct findings *findings)
{
    struct arena *arena = findings->arena;
    const struct config_bound *minimum = &report->wanted->minimum_files;
    if (report->failure.size > 0) {
        block_report(findings, report, report->failure,
                     report->failure_hint.size ? report->failure_hint.at
                                               : "let the tests write a whole report");
    } else if (report->file_count == 0 || report->metrics == 0) {
        block_report(findings, report,
                     arena_format(arena, "'%.*s' is empty: no file is measured in it",
                                  TEXT_ARG(report->path)),
                     "check that the tests ran with coverage on");
    } else if (minimum->at.source && report->file_count < minimum->value) {
        block_report(findings, report,
                     arena_format(arena, "'%.*s' has %zu files, at least %llu are required",
                                  TEXT_ARG(report->path), report->file_count,
                                  (unsigned long long)minimum->value),
                     "a part of the report is missing");
    } else if (is_current(input, report, findings)) {
        const char *name = findings_name(findings, "coverage.report.", report->name);
        findings_add(findings, VERDICT_PASSED, name, "%zu file%s in '%.*s'", report->file_count,
                     report->file_count == 1 ? "" : "s", TEXT_ARG(report->path));
    }
}

void rule_coverage_reports(const struct gate_input *input, struct findings *findings)
{
    const struct gate_coverage *coverage = input->coverage;
    if (!coverage) {
        return;
    }
    for (size_t i = 0; i < coverage->report_count; i++) {
        weigh_report(input, &coverage->reports[i], findings);
    }
    if (coverage->report_count == 0) {
        findings_add(findings, VERDICT_BLOCKED, "coverage.report",
                     "the policy weighs coverage and requires no report");
        findings_hint(findings, "name them: `coverage: {reports: {php: {path: …}}}`");
        findings_at(findings, input->policy->coverage.at);
    }
}

/* Their files. */

static bool is_of_source(const struct gate_source *source, struct findings *findings)
{
    uint32_t last = coverage_file_last_line(source->file);
    if (source->line_count == SIZE_MAX || last <= source->line_count) {
        return true;
    }
    findings_add(findings, VERDICT_BLOCKED, "coverage.files",
                 "line %u of '%.*s' is measured, but the file has %zu lines: the report is of "
                 "another commit",
                 last, TEXT_ARG(source->path), source->line_count);
    findings_hint(findings, "measure the commit that is judged");
    findings_place(findings, source->path, source->line_count);
    return false;
}

void rule_coverage_files(const struct gate_input *input, struct findings *findings)
{
    const struct gate_coverage *coverage = input->coverage;
    if (!coverage) {
        return;
    }
    if (coverage->mapping_failure.size > 0) {
        findings_add(findings, VERDICT_BLOCKED, "coverage.files", "%.*s",
                     TEXT_ARG(coverage->mapping_failure));
        findings_hint(findings, "%.*s", TEXT_ARG(coverage->mapping_hint));
        return;
    }
    if (coverage->source_count == 0) {
        findings_add(findings, VERDICT_BLOCKED, "coverage.files",
                     "none of the %zu measured files is in the commit",
                     coverage->foreign_count);
        findings_hint(findings, "the reports are of another project, or of generated files");
        return;
    }
    for (size_t i = 0; i < coverage->source_count; i++) {
        if (!is_of_source(&coverage->sources[i], findings)) {
            return;
        }
    }
    findings_add(findings, VERDICT_PASSED, "coverage.files",
                 "%zu measured files are in the commit, %zu others are not counted",
                 coverage->source_count, coverage->foreign_count);
}

/* Files that have to be measured. */

struct missing {
    const struct gate_coverage *coverage;
    struct findings *findings;
    struct text first;
    size_t count;
};

static void look_for(struct missing *missing, struct text path)
{
    if (!gate_coverage_find(missing->coverage, path)) {
        missing->first = missing->count == 0 ? path : missing->first;
        missing->count++;
    }
}

static bool is_source(const struct gate_coverage *coverage, struct text path)
{
    for (size_t i = 0; i < coverage->report_count; i++) {
        const struct globs *sources = &coverage->reports[i].wanted->sources;
        if (sources->count > 0 && globs_match(sources, path)) {
            return true;
        }
    }
    return false;
}

static bool has_sources(const struct gate_coverage *coverage)
{
    for (size_t i = 0; i < coverage->report_count; i++) {
        if (coverage->reports[i].wanted->sources.count > 0) {
            return true;
        }
    }
    return false;
}

void rule_coverage_sources(const struct gate_input *input, struct findings *findings)
{
    const struct gate_coverage *coverage = input->coverage;
    if (!coverage || !has_sources(coverage)) {
        return;
    }
    struct missing missing = { .coverage = coverage, .findings = findings };
    size_t wanted = 0;
    for (size_t i = 0; i < coverage->tracked.count; i++) {
        if (is_source(coverage, coverage->tracked.list[i])) {
            wanted++;
            look_for(&missing, coverage->tracked.list[i]);
        }
    }
    if (missing.count > 0 || wanted == 0) {
        findings_add(findings, VERDICT_BLOCKED, "coverage.sources",
                     wanted ? "%zu of %zu source files are in no report, the first is '%.*s'"
                            : "%zu of %zu files are sources%.*s: no file has such a path",
                     missing.count, wanted, TEXT_ARG(missing.first));
        findings_hint(findings, "measure files that no test runs, too, or take them out of "
                                "`sources:` by a pattern that begins with !");
        findings_place(findings, missing.first, 0);
        return;
    }
    findings_add(findings, VERDICT_PASSED, "coverage.sources",
                 "all %zu source files are measured", wanted);
}

/* Floors. */

static void weigh_floor(const struct config_bound *floor, const char *name, uint64_t measured,
                        const char *what, struct findings *findings)
{
    if (!floor->at.source) {
        return;
    }
    bool is_enough = measured >= floor->value && measured > 0;
    findings_add(findings, is_enough ? VERDICT_PASSED : VERDICT_BLOCKED, name,
                 "%llu %s are measured", (unsigned long long)measured, what);
    findings_required(findings, "at least %llu", (unsigned long long)floor->value);
    if (!is_enough) {
        findings_hint(findings, "a part of the reports is missing; nothing can be said then");
        findings_at(findings, floor->at);
    }
}

void rule_coverage_floors(const struct gate_input *input, struct findings *findings)
{
    const struct gate_coverage *coverage = input->coverage;
    if (!coverage) {
        return;
    }
    uint64_t lines = 0;
    for (size_t i = 0; i < coverage->source_count; i++) {
        lines += coverage_file_totals(coverage->sources[i].file).lines.total;
    }
    const struct config_coverage_policy *policy = &input->policy->coverage;
    weigh_floor(&policy->minimum_files, "coverage.minimum_files", coverage->source_count,
                "files", findings);
    weigh_floor(&policy->minimum_lines, "coverage.minimum_lines", lines, "lines", findings);
}
