/* SPDX-License-Identifier: MIT */
/* Is enough covered: in total, of each file, of what changed, of each component? */
#include "change/component.h"
#include "gate/measure/gate_change.h"
#include "gate/measure/gate_coverage.h"
#include "gate/measure/percent.h"
#include "gate/rules/rules.h"

enum { SHOWN_LIMIT = 5 };

/* lines, branches, functions alike. */
static const struct metric {
    const char *name;
    size_t ratio_offset;      /* in struct coverage_totals */
    size_t thresholds_offset; /* in struct config_coverage_policy */
    size_t component_offset;  /* in struct config_component_thresholds */
} metrics[] = {
    { "lines", offsetof(struct coverage_totals, lines),
      offsetof(struct config_coverage_policy, lines),
      offsetof(struct config_component_thresholds, lines) },
    { "branches", offsetof(struct coverage_totals, branches),
      offsetof(struct config_coverage_policy, branches),
      offsetof(struct config_component_thresholds, branches) },
    { "functions", offsetof(struct coverage_totals, functions),
      offsetof(struct config_coverage_policy, functions),
      offsetof(struct config_component_thresholds, functions) },
};

static struct ratio ratio_of(const struct metric *metric, const struct coverage_file *file)
{
    struct coverage_totals totals = coverage_file_totals(file);
    return *(const struct ratio *)(const void *)((const char *)&totals + metric->ratio_offset);
}

static const struct config_thresholds *thresholds_of(const struct gate_input *input,
                                                     const struct metric *metric)
{
    return (const void *)((const char *)&input->policy->coverage + metric->thresholds_offset);
}

/* One number against one threshold. */
static void weigh_ratio(const char *name, struct ratio ratio,
                        const struct config_percent *threshold, const char *metric,
                        struct findings *findings)
{
    if (ratio.total == 0) {
        findings_add(findings, VERDICT_BLOCKED, name, "no %s are measured: nothing is known",
                     metric);
        findings_hint(findings, "let the tests measure them, or take the threshold away");
        findings_at(findings, threshold->at);
    } else if (ratio_reaches(ratio, threshold->millionths)) {
        findings_add(findings, VERDICT_PASSED, name, "enough %s are covered", metric);
    } else {
        uint64_t missing = ratio_missing(ratio, threshold->millionths);
        findings_add(findings, VERDICT_FAILED, name, "too few %s are covered: %llu more",
                     metric, (unsigned long long)missing);
        findings_hint(findings, "`bddrun coverage --uncovered` lists what to cover next");
        findings_at(findings, threshold->at);
    }
    findings_measured(findings, "%.*s", TEXT_ARG(ratio_text(findings->arena, ratio)));
    findings_required(findings, "at least %.*s %%", TEXT_ARG(threshold->text));
}

static const char *rule_name(struct findings *findings, const struct metric *metric,
                             const char *what)
{
    return arena_format(findings->arena, "coverage.%s.%s", metric->name, what).at;
}

void rule_coverage_total(const struct gate_input *input, struct findings *findings)
{
    for (size_t i = 0; input->coverage && i < ARRAY_SIZE(metrics); i++) {
        const struct config_percent *threshold = &thresholds_of(input, &metrics[i])->total;
        struct ratio ratio = { 0, 0 };
        if (!threshold->at.source) {
            continue;
        }
        for (size_t j = 0; j < input->coverage->source_count; j++) {
            ratio_add(&ratio, ratio_of(&metrics[i], input->coverage->sources[j].file));
        }
        weigh_ratio(rule_name(findings, &metrics[i], "total"), ratio, threshold,
                    metrics[i].name, findings);
    }
}

/* Each file. */

static void weigh_files(const struct gate_input *input, const struct metric *metric,
                        const struct config_percent *threshold, struct findings *findings)
{
    const char *name = rule_name(findings, metric, "file");
    const struct gate_coverage *coverage = input->coverage;
    size_t measured = 0;
    size_t below = 0;
    for (size_t i = 0; i < coverage->source_count; i++) {
        struct ratio ratio = ratio_of(metric, coverage->sources[i].file);
        measured += ratio.total > 0;
        if (ratio.total == 0 || ratio_reaches(ratio, threshold->millionths)) {
            continue;
        }
        if (++below > SHOWN_LIMIT) {
            continue;
        }
        findings_add(findings, VERDICT_FAILED, name, "too few %s of '%.*s' are covered",
                     metric->name, TEXT_ARG(coverage->sources[i].path));
        findings_measured(findings, "%.*s", TEXT_ARG(ratio_text(findings->arena, ratio)));
        findings_required(findings, "at least %.*s %%", TEXT_ARG(threshold->text));
        findings_hint(findings, "`bddrun coverage --uncovered` lists what to cover next");
        findings_place(findings, coverage->sources[i].path, 0);
    }
    if (below > SHOWN_LIMIT) {
        findings_add(findings, VERDICT_FAILED, name, "and %zu files more", below - SHOWN_LIMIT);
    } else if (measured == 0) {
        weigh_ratio(name, (struct ratio){ 0, 0 }, threshold, metric->name, findings);
    } else if (below == 0) {
        findings_add(findings, VERDICT_PASSED, name, "each of %zu files has enough", measured);
        findings_required(findings, "at least %.*s %%", TEXT_ARG(threshold->text));
    }
}

void rule_coverage_file(const struct gate_input *input, struct findings *findings)
{
    for (size_t i = 0; input->coverage && i < ARRAY_SIZE(metrics); i++) {
        const struct config_percent *threshold = &thresholds_of(input, &metrics[i])->file;
        if (threshold->at.source) {
            weigh_files(input, &metrics[i], threshold, findings);
        }
    }
}

/* Each component. */

static const struct config_percent *
component_threshold(const struct config_component_thresholds *component,
                    const struct metric *metric)
{
    return (const void *)((const char *)component + metric->component_offset);
}

static void weigh_component(const struct gate_input *input,
                            const struct config_component_thresholds *wanted,
                            const struct config_component *component, struct findings *findings)
{
    for (size_t i = 0; i < ARRAY_SIZE(metrics); i++) {
        const struct config_percent *threshold = component_threshold(wanted, &metrics[i]);
        struct ratio ratio = { 0, 0 };
        if (!threshold->at.source) {
            continue;
        }
        for (size_t j = 0; j < input->coverage->source_count; j++) {
            if (component_owns(component, input->coverage->sources[j].path)) {
                ratio_add(&ratio, ratio_of(&metrics[i], input->coverage->sources[j].file));
            }
        }
        const char *name = arena_format(findings->arena, "coverage.component.%.*s.%s",
                                        TEXT_ARG(wanted->name), metrics[i].name)
                               .at;
        weigh_ratio(name, ratio, threshold, metrics[i].name, findings);
    }
}

void rule_coverage_components(const struct gate_input *input, struct findings *findings)
{
    if (!input->coverage) {
        return;
    }
    const struct config_records *wanted = &input->policy->coverage.components;
    const struct config_component_thresholds *list = wanted->list;
    for (size_t i = 0; i < wanted->count; i++) {
        const struct config_component *component =
            component_find(input->components, input->component_count, list[i].name);
        if (component) {
            weigh_component(input, &list[i], component, findings);
            continue;
        }
        const char *name = findings_name(findings, "coverage.component.", list[i].name);
        findings_add(findings, VERDICT_BLOCKED, name, "no component has the name '%.*s'",
                     TEXT_ARG(list[i].name));
        findings_hint(findings, "declare it in the section `components`");
        findings_at(findings, input->policy->coverage.at);
    }
}
