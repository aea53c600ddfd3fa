/* SPDX-License-Identifier: MIT */
/*
 * The coverage that the gate weighs: the required reports, read one by one so that each is judged
 * by itself, then merged and mapped to the files of the candidate; and the baseline of the ratchet.
 * Only files that the candidate's commit has are counted. Owns everything.
 */
#ifndef BDDRUN_GATE_MEASURE_GATE_COVERAGE_H
#define BDDRUN_GATE_MEASURE_GATE_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/policy.h"
#include "coverage/coverage.h"
#include "git/git.h"
#include "git/tree.h"

struct gate_report {
    struct text name;
    struct text path;
    const struct config_required_report *wanted;
    bool is_there;
    struct text failure; /* why it could not be read, or is damaged; empty: it is whole */
    struct text failure_hint;
    uint64_t failure_line;
    uint64_t time_ns; /* its own, or of the file */
    size_t file_count;
    unsigned metrics; /* enum coverage_metric */
    struct text sha256;
};

/* A file that the candidate has. */
struct gate_source {
    struct text path;
    size_t line_count; /* of the source; SIZE_MAX: not known */
    const struct coverage_file *file;
};

struct gate_coverage {
    struct arena arena;
    struct coverage all;
    struct gate_report *reports; /* in the arena */
    size_t report_count;
    struct text mapping_failure; /* a path is ambiguous, or leaves the repository; or empty */
    struct text mapping_hint;
    struct gate_source *sources; /* in the arena, by path */
    size_t source_count;
    size_t foreign_count;     /* files of reports that the candidate does not have */
    struct git_paths tracked; /* all files of the candidate; git's */
    struct coverage baseline;
    bool has_baseline;
    struct text baseline_path;
    struct text baseline_commit;  /* that it says it is of */
    struct text baseline_failure; /* or empty */
};

struct gate_coverage_request {
    const struct config_coverage_policy *policy;
    struct git *git;
    struct text commit;      /* the candidate */
    struct text base_commit; /* of the ratchet; empty: not known */
};

void gate_coverage_init(struct gate_coverage *coverage);
void gate_coverage_release(struct gate_coverage *coverage);

/* What goes wrong stands in the struct, for the rules. */
void gate_coverage_read(struct gate_coverage *coverage,
                        const struct gate_coverage_request *request);

const struct gate_source *gate_coverage_find(const struct gate_coverage *coverage,
                                             struct text path);

/* The first line of a baseline: it is bound to its commit. */
#define GATE_BASELINE_MARK "# bddrun baseline of "

#endif
