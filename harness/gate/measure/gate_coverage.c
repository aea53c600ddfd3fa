/* SPDX-License-Identifier: MIT */
#include "gate/measure/gate_coverage.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "coverage/paths.h"
#include "format/digest.h"

#define NANOSECONDS UINT64_C(1000000000)

enum { BASELINE_HEAD_BYTES = 256 };

void gate_coverage_init(struct gate_coverage *coverage)
{
    *coverage = (struct gate_coverage){ 0 };
    arena_init(&coverage->arena);
    coverage_init(&coverage->all);
    coverage_init(&coverage->baseline);
}

void gate_coverage_release(struct gate_coverage *coverage)
{
    coverage_release(&coverage->all);
    coverage_release(&coverage->baseline);
    arena_release(&coverage->arena);
}

/* The first error in words, for a rule to show. */
static struct text first_error(const struct problems *problems, struct arena *arena,
                               struct text *ret_hint, uint64_t *ret_line)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->list[i];
        if (problem->kind == PROBLEM_WARNING) {
            continue;
        }
        *ret_hint = arena_text(arena, problem->hint);
        if (problem->at.source) {
            *ret_line = source_position(problem->at.source, problem->at.start).line;
        }
        return arena_text(arena, problem->message);
    }
    return TEXT_EMPTY;
}

static bool look_at_file(struct gate_report *report, struct arena *arena)
{
    struct stat status;
    if (stat(arena_string(arena, report->path), &status) != 0) {
        report->failure = arena_format(arena, "'%.*s' is not there: %s", TEXT_ARG(report->path),
                                       strerror(errno));
        report->failure_hint =
            TEXT("let the tests write it in this pipeline, also when they fail");
        return false;
    }
    report->is_there = true;
    report->time_ns = (uint64_t)status.st_mtim.tv_sec * NANOSECONDS;
    return true;
}

/* What the reader noted of it. */
static void take_notes(struct gate_report *report, const struct coverage *all, size_t before,
                       struct arena *arena)
{
    for (size_t i = before; i < all->report_count; i++) {
        const struct coverage_report *each = &all->reports[i];
        report->file_count += each->files;
        report->metrics |= each->metrics;
        if (each->timestamp_s > 0) {
            report->time_ns = each->timestamp_s * NANOSECONDS;
        }
        if (each->damaged > 0 && report->failure.size == 0) {
            report->failure = arena_format(arena, "'%.*s' has %zu damaged records",
                                           TEXT_ARG(report->path), each->damaged);
        }
    }
}

static void read_report(struct gate_coverage *coverage, struct gate_report *report)
{
    struct arena *arena = &coverage->arena;
    struct problems problems;
    size_t before = coverage->all.report_count;
    if (!look_at_file(report, arena)) {
        return;
    }
    problems_init(&problems);
    if (!digest_sha256_file(arena, report->path, &report->sha256, &problems) ||
        !coverage_read(&coverage->all, report->path, report->wanted->format, &problems)) {
        struct text message =
            first_error(&problems, arena, &report->failure_hint, &report->failure_line);
        report->failure = arena_format(arena, "'%.*s' cannot be read: %.*s",
                                       TEXT_ARG(report->path), TEXT_ARG(message));
    }
    problems_release(&problems);
    take_notes(report, &coverage->all, before, arena);
}

static void read_reports(struct gate_coverage *coverage,
                         const struct config_coverage_policy *policy)
{
    const struct config_required_report *wanted = policy->reports.list;
    coverage->report_count = policy->reports.count;
    coverage->reports =
        ARENA_ARRAY(&coverage->arena, coverage->report_count + 1, struct gate_report);
    for (size_t i = 0; i < coverage->report_count; i++) {
        coverage->reports[i] = (struct gate_report){ .name = wanted[i].name,
                                                     .path = wanted[i].path,
                                                     .wanted = &wanted[i] };
        read_report(coverage, &coverage->reports[i]);
    }
}

/* The files of the candidate. */

static size_t count_lines(const struct source *source)
{
    if (!source) {
        return SIZE_MAX;
    }
    size_t count = 0;
    size_t at = 0;
    while (at < source->bytes.size) {
        at = text_find_byte(source->bytes, '\n', at) + 1;
        count++;
    }
    return count;
}

static void count_source_lines(struct gate_coverage *coverage,
                               const struct gate_coverage_request *request)
{
    size_t count = coverage->source_count;
    struct text *paths = ARENA_ARRAY(&coverage->arena, count + 1, struct text);
    struct source **sources = ARENA_ARRAY(&coverage->arena, count + 1, struct source *);
    struct problems unsaid;
    for (size_t i = 0; i < count; i++) {
        paths[i] = coverage->sources[i].path;
    }
    problems_init(&unsaid);
    if (git_show_files(request->git, request->commit, paths, count, sources, &unsaid)) {
        for (size_t i = 0; i < count; i++) {
            coverage->sources[i].line_count = count_lines(sources[i]);
        }
    }
    problems_release(&unsaid);
}

static void map_files(struct gate_coverage *coverage,
                      const struct gate_coverage_request *request)
{
    struct problems problems;
    uint64_t line = 0;
    char top[PATH_MAX];
    problems_init(&problems);
    bool has_top = realpath(arena_string(&coverage->arena, request->git->top), top);
    bool is_mapped =
        git_list_files(request->git, request->commit, &coverage->tracked, &problems) &&
        coverage_map_paths(&coverage->all, has_top ? text_of(top) : TEXT_EMPTY,
                           coverage->tracked.list, coverage->tracked.count, &problems);
    if (!is_mapped) {
        coverage->mapping_failure =
            first_error(&problems, &coverage->arena, &coverage->mapping_hint, &line);
    }
    problems_release(&problems);
    coverage->sources =
        ARENA_ARRAY(&coverage->arena, coverage->all.file_count + 1, struct gate_source);
    for (size_t i = 0; i < coverage->all.file_count; i++) {
        const struct coverage_file *file = coverage->all.files[i];
        if (!file->is_tracked) {
            coverage->foreign_count++;
            continue;
        }
        coverage->sources[coverage->source_count++] =
            (struct gate_source){ file->path, SIZE_MAX, file };
    }
    count_source_lines(coverage, request);
}

const struct gate_source *gate_coverage_find(const struct gate_coverage *coverage,
                                             struct text path)
{
    size_t low = 0;
    size_t high = coverage->source_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(coverage->sources[middle].path, path);
        if (order == 0) {
            return &coverage->sources[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* The baseline. */

/* %commit in its path stands for the commit. */
static struct text fill_path(struct arena *arena, struct text path, struct text commit)
{
    static const struct text mark = TEXT_STATIC("%commit");
    size_t at = text_find(path, mark, 0);
    if (at == path.size) {
        return path;
    }
    return arena_format(arena, "%.*s%.*s%.*s", TEXT_ARG(text_slice(path, 0, at)),
                        TEXT_ARG(commit), TEXT_ARG(text_from(path, at + mark.size)));
}

static bool read_mark(struct gate_coverage *coverage, struct problems *problems)
{
    struct text bytes;
    static const struct text mark = TEXT_STATIC(GATE_BASELINE_MARK);
    if (!file_read(coverage->baseline_path, SIZE_MAX / 4, &coverage->arena, &bytes, problems)) {
        return false;
    }
    struct text line = text_slice(bytes, 0, text_find_byte(bytes, '\n', 0));
    if (!text_starts_with(line, mark)) {
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "`bddrun gate --write-baseline FILE` writes one",
                     "it does not say of which commit it is");
        return false;
    }
    coverage->baseline_commit = arena_text(&coverage->arena, text_from(line, mark.size));
    return true;
}

static void read_baseline(struct gate_coverage *coverage,
                          const struct gate_coverage_request *request)
{
    struct problems problems;
    struct text hint;
    uint64_t line = 0;
    if (request->policy->ratchet.size == 0 || request->policy->baseline.size == 0) {
        return;
    }
    coverage->baseline_path =
        fill_path(&coverage->arena, request->policy->baseline, request->base_commit);
    problems_init(&problems);
    if (read_mark(coverage, &problems) &&
        coverage_read(&coverage->baseline, coverage->baseline_path, TEXT("lcov"), &problems)) {
        coverage->has_baseline = true;
    } else {
        coverage->baseline_failure = first_error(&problems, &coverage->arena, &hint, &line);
    }
    problems_release(&problems);
}

void gate_coverage_read(struct gate_coverage *coverage,
                        const struct gate_coverage_request *request)
{
    read_reports(coverage, request->policy);
    map_files(coverage, request);
    read_baseline(coverage, request);
}
