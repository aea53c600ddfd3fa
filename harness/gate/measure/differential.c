/* SPDX-License-Identifier: MIT */
#include "gate/measure/differential.h"

const char *const line_category_names[LINE_CATEGORIES] = { "UNC", "LBC", "UIC", "UBC",
                                                           "GNC", "GBC", "GIC", "CBC" };

const char *const line_category_words[LINE_CATEGORIES] = {
    "new lines that nothing covers",
    "lines that have lost their cover",
    "lines newly measured that nothing covers",
    "lines that nothing covered before, either",
    "new lines that are covered",
    "lines that have gained cover",
    "lines newly measured that are covered",
    "lines that are still covered",
};

static enum line_category categorise(const struct coverage_file *before, size_t old_line,
                                     bool is_covered)
{
    if (old_line == 0) {
        return is_covered ? LINE_GNC : LINE_UNC;
    }
    const struct coverage_line *known = before && old_line <= UINT32_MAX
                                            ? coverage_file_line(before, (uint32_t)old_line)
                                            : NULL;
    if (!known) {
        return is_covered ? LINE_GIC : LINE_UIC;
    }
    if (known->count > 0) {
        return is_covered ? LINE_CBC : LINE_LBC;
    }
    return is_covered ? LINE_GBC : LINE_UBC;
}

static void add_line(struct differential *differential, enum line_category category,
                     struct text path, uint32_t line)
{
    uint64_t count = differential->counts[category]++;
    if (count < DIFFERENTIAL_PLACES) {
        differential->places[category][count] = (struct differential_place){ path, line };
    }
}

static void add_file(struct differential *differential, const struct gate_coverage *coverage,
                     const struct git_diff *diff, const struct coverage_file *file)
{
    const struct git_file *changed = git_diff_file(diff, file->path);
    bool is_new = changed && changed->status == GIT_ADDED;
    const struct coverage_file *before =
        coverage_find(&coverage->baseline, changed ? changed->old_path : file->path);
    for (size_t i = 0; i < file->line_count; i++) {
        const struct coverage_line *line = &file->lines[i];
        size_t old = changed ? git_file_old_line(changed, line->number) : line->number;
        add_line(differential, categorise(before, is_new ? 0 : old, line->count > 0),
                 file->path, line->number);
    }
}

void differential_compute(const struct gate_coverage *coverage, const struct git_diff *diff,
                          struct differential *ret_differential)
{
    *ret_differential = (struct differential){ 0 };
    for (size_t i = 0; i < coverage->source_count; i++) {
        add_file(ret_differential, coverage, diff, coverage->sources[i].file);
    }
}
