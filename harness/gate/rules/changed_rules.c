/* SPDX-License-Identifier: MIT */
/* What the change itself did: are its lines covered, did cover get lost, is it too large? */
#include "gate/measure/differential.h"
#include "gate/measure/gate_change.h"
#include "gate/measure/percent.h"
#include "gate/rules/rules.h"

/* False after a finding: the change is not known. */
static bool is_known(const struct gate_input *input, const char *name,
                     struct findings *findings)
{
    const struct gate_change *change = input->change;
    if (change && change->failure.size == 0) {
        return true;
    }
    findings_add(findings, VERDICT_BLOCKED, name, "%.*s",
                 TEXT_ARG(change ? change->failure : TEXT("the change is not known")));
    findings_hint(findings, "%.*s", TEXT_ARG(change ? change->hint : TEXT_EMPTY));
    return false;
}

/* Changed lines. */

struct changed {
    const struct gate_input *input;
    struct ratio lines;
    struct ratio branches;
    struct ratio functions;
    struct text first_path; /* the first line that nothing covers */
    uint32_t first_line;
    struct text unmeasured; /* a changed file that no report has and that holds code */
};

static void count(struct ratio *ratio, bool is_covered)
{
    ratio->total++;
    ratio->covered += is_covered;
}

static void add_changed_lines(struct changed *changed, const struct git_file *file,
                              const struct coverage_file *measured)
{
    for (size_t i = 0; i < measured->line_count; i++) {
        const struct coverage_line *line = &measured->lines[i];
        if (!git_file_has_changed_line(file, line->number)) {
            continue;
        }
        count(&changed->lines, line->count > 0);
        if (line->count == 0 && changed->first_line == 0) {
            changed->first_path = measured->path;
            changed->first_line = line->number;
        }
    }
}

static void add_changed_parts(struct changed *changed, const struct git_file *file,
                              const struct coverage_file *measured)
{
    for (size_t i = 0; i < measured->branch_count; i++) {
        const struct coverage_branch *branch = &measured->branches[i];
        if (!(branch->flags & BRANCH_UNREACHABLE) &&
            git_file_has_changed_line(file, branch->line)) {
            count(&changed->branches, branch->taken > 0);
        }
    }
    for (size_t i = 0; i < measured->function_count; i++) {
        const struct coverage_function *function = &measured->functions[i];
        if (git_file_has_changed_line(file, function->line)) {
            count(&changed->functions,
                  function->count > 0 && !(function->flags & FUNCTION_PARTIAL));
        }
    }
}

static struct text extension_of(struct text path)
{
    size_t at = path.size;
    while (at > 0 && path.at[at - 1] != '.' && path.at[at - 1] != '/') {
        at--;
    }
    return at > 0 && path.at[at - 1] == '.' ? text_from(path, at) : TEXT_EMPTY;
}

/* Without `sources:` a file holds code when measured ones have its extension. */
static bool holds_code(const struct gate_coverage *coverage, struct text path)
{
    bool has_sources = false;
    for (size_t i = 0; i < coverage->report_count; i++) {
        const struct globs *sources = &coverage->reports[i].wanted->sources;
        has_sources = has_sources || sources->count > 0;
        if (sources->count > 0 && globs_match(sources, path)) {
            return true;
        }
    }
    struct text extension = extension_of(path);
    for (size_t i = 0; i < coverage->source_count && !has_sources && extension.size > 0; i++) {
        if (text_equal(extension_of(coverage->sources[i].path), extension)) {
            return true;
        }
    }
    return false;
}

static void add_changed(struct changed *changed)
{
    const struct gate_coverage *coverage = changed->input->coverage;
    const struct git_diff *diff = &changed->input->change->diff;
    for (size_t i = 0; i < diff->file_count; i++) {
        const struct git_file *file = &diff->files[i];
        const struct gate_source *source = gate_coverage_find(coverage, file->path);
        if (file->status == GIT_DELETED || file->changed_count == 0) {
            continue;
        }
        if (source) {
            add_changed_lines(changed, file, source->file);
            add_changed_parts(changed, file, source->file);
        } else if (holds_code(coverage, file->path) && changed->unmeasured.size == 0) {
            changed->unmeasured = file->path;
        }
    }
}

static void weigh_changed(const struct changed *changed, const char *metric,
                          const struct ratio *ratio, const struct config_percent *threshold,
                          struct findings *findings)
{
    const char *name = arena_format(findings->arena, "coverage.%s.changed", metric).at;
    if (!threshold->at.source) {
        return;
    }
    if (changed->unmeasured.size > 0) {
        findings_add(findings, VERDICT_BLOCKED, name, "'%.*s' was changed and is in no report",
                     TEXT_ARG(changed->unmeasured));
        findings_hint(findings, "measure it, also where no test runs it, or say by `sources:` "
                                "of a report which files hold code");
        findings_place(findings, changed->unmeasured, 0);
    } else if (ratio->total == 0) {
        findings_add(findings, VERDICT_PASSED, name,
                     "the change holds no %s to cover: %zu files", metric,
                     changed->input->change->diff.file_count);
    } else if (ratio_reaches(*ratio, threshold->millionths)) {
        findings_add(findings, VERDICT_PASSED, name, "enough changed %s are covered", metric);
    } else {
        findings_add(findings, VERDICT_FAILED, name, "%llu more changed %s have to be covered",
                     (unsigned long long)ratio_missing(*ratio, threshold->millionths), metric);
        findings_hint(findings, "cover what the change adds; the first line that is not stands "
                                "above");
        findings_place(findings, changed->first_path, changed->first_line);
    }
    findings_measured(findings, "%.*s", TEXT_ARG(ratio_text(findings->arena, *ratio)));
    findings_required(findings, "at least %.*s %%", TEXT_ARG(threshold->text));
}

void rule_coverage_changed(const struct gate_input *input, struct findings *findings)
{
    if (!input->coverage) {
        return;
    }
    const struct config_coverage_policy *policy = &input->policy->coverage;
    if (!policy->lines.changed.at.source && !policy->branches.changed.at.source &&
        !policy->functions.changed.at.source) {
        return;
    }
    struct changed changed = { .input = input };
    if (is_known(input, "coverage.changed", findings)) {
        add_changed(&changed);
        weigh_changed(&changed, "lines", &changed.lines, &policy->lines.changed, findings);
        weigh_changed(&changed, "branches", &changed.branches, &policy->branches.changed,
                      findings);
        weigh_changed(&changed, "functions", &changed.functions, &policy->functions.changed,
                      findings);
    }
}

/* The ratchet. */

static bool has_baseline(const struct gate_input *input, struct findings *findings)
{
    static const char name[] = "coverage.ratchet";
    const struct gate_coverage *coverage = input->coverage;
    if (coverage->baseline_path.size == 0) {
        findings_add(findings, VERDICT_BLOCKED, name, "there is no baseline to compare with");
        findings_hint(findings, "say where it is: `coverage: {baseline: PATH}`");
    } else if (!coverage->has_baseline) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "the baseline '%.*s' cannot be used: %.*s",
                     TEXT_ARG(coverage->baseline_path), TEXT_ARG(coverage->baseline_failure));
        findings_hint(findings, "store that of the released commit, which `bddrun gate "
                                "--write-baseline` wrote");
        findings_place(findings, coverage->baseline_path, 0);
    } else if (!text_equal(coverage->baseline_commit, input->change->base)) {
        findings_add(findings, VERDICT_BLOCKED, name,
                     "the baseline '%.*s' is of %.*s, and compared is with %.*s",
                     TEXT_ARG(coverage->baseline_path), TEXT_ARG(coverage->baseline_commit),
                     TEXT_ARG(input->change->base));
        findings_hint(findings, "store the baseline of the released commit");
        findings_place(findings, coverage->baseline_path, 1);
    } else if (coverage->baseline.file_count == 0) {
        findings_add(findings, VERDICT_BLOCKED, name, "the baseline '%.*s' is empty",
                     TEXT_ARG(coverage->baseline_path));
        findings_hint(findings, "store the baseline of the released commit");
    } else {
        return true;
    }
    return false;
}

static void weigh_category(const struct differential *differential, enum line_category category,
                           struct findings *findings)
{
    CLEANUP(buffer_release) struct buffer places;
    uint64_t total = differential->counts[category];
    buffer_init(&places, 1 << 16);
    for (uint64_t i = 0; i < total && i < DIFFERENTIAL_PLACES; i++) {
        const struct differential_place *place = &differential->places[category][i];
        buffer_add_format(&places, "%s%.*s:%u", i ? ", " : "", TEXT_ARG(place->path),
                          place->line);
    }
    findings_add(findings, VERDICT_FAILED, "coverage.ratchet", "%s (%s): %.*s%s",
                 line_category_words[category], line_category_names[category],
                 TEXT_ARG(buffer_text(&places)), total > DIFFERENTIAL_PLACES ? ", …" : "");
    findings_measured(findings, "%llu", (unsigned long long)total);
    findings_required(findings, "none");
    findings_hint(findings, "cover them; deleting covered code never fails this rule");
    findings_place(findings, differential->places[category][0].path,
                   differential->places[category][0].line);
}

void rule_coverage_ratchet(const struct gate_input *input, struct findings *findings)
{
    static const enum line_category worse[] = { LINE_UNC, LINE_LBC, LINE_UIC };
    struct differential differential;
    if (!input->coverage || input->policy->coverage.ratchet.size == 0 ||
        !is_known(input, "coverage.ratchet", findings) || !has_baseline(input, findings)) {
        return;
    }
    differential_compute(input->coverage, &input->change->release, &differential);
    bool is_fine = true;
    for (size_t i = 0; i < ARRAY_SIZE(worse); i++) {
        if (differential.counts[worse[i]] > 0) {
            weigh_category(&differential, worse[i], findings);
            is_fine = false;
        }
    }
    if (is_fine) {
        findings_add(findings, VERDICT_PASSED, "coverage.ratchet",
                     "no line lost its cover, and no new one is without");
        findings_measured(findings, "%llu new, %llu as before, %llu gained",
                          (unsigned long long)differential.counts[LINE_GNC],
                          (unsigned long long)differential.counts[LINE_CBC],
                          (unsigned long long)differential.counts[LINE_GBC]);
    }
}

/* The size. */

static void weigh_size(const struct config_bound *bound, const char *name, uint64_t measured,
                       const char *what, struct findings *findings)
{
    bool is_small = measured <= bound->value;
    findings_add(findings, is_small ? VERDICT_PASSED : VERDICT_FAILED, name,
                 "the change has %llu %s", (unsigned long long)measured, what);
    findings_measured(findings, "%llu", (unsigned long long)measured);
    findings_required(findings, "at most %llu", (unsigned long long)bound->value);
    if (!is_small) {
        findings_hint(findings, "release a part of it first: `bddrun plan` shows which");
        findings_at(findings, bound->at);
    }
}

void rule_change_size(const struct gate_input *input, struct findings *findings)
{
    const struct config_gate *policy = input->policy;
    if (!policy || (!policy->change_commits.at.source && !policy->change_lines.at.source) ||
        !is_known(input, "change.size", findings)) {
        return;
    }
    const struct gate_change *change = input->change;
    if (policy->change_commits.at.source) {
        weigh_size(&policy->change_commits, "change.commits", change->commit_count, "commits",
                   findings);
    }
    if (policy->change_lines.at.source) {
        weigh_size(&policy->change_lines, "change.lines",
                   change->diff.lines_added + change->diff.lines_deleted, "changed lines",
                   findings);
    }
}
