/* SPDX-License-Identifier: MIT */
/* The section `gate`: the policy that evidence is weighed against. */
#include "config/policy.h"

#include "config/sections/sections.h"

#define KEY(key_name, reader, type, member)                                                    \
    {                                                                                          \
        .name = (key_name), .read = (reader), .offset = offsetof(type, member)                 \
    }
#define CHOICE(key_name, type, member, words)                                                  \
    {                                                                                          \
        .name = (key_name), .read = config_read_choice, .offset = offsetof(type, member),      \
        .choices = (words)                                                                     \
    }

/* A record that keeps its own place. */
#define PLACED_READER(function, type, table)                                                   \
    static bool function(struct config_reader *reader, const struct config_node *node,         \
                         const struct config_key *key, void *target)                           \
    {                                                                                          \
        (void)key;                                                                             \
        ((type *)target)->at = node->at;                                                       \
        return config_record_fill(reader, node, &(table), target);                             \
    }

static const char *const must_words[] = { "passed", "nothing", NULL };
static const char *const drift_words[] = { "none", "breaking", "any", NULL };
static const char *const recorded_words[] = { "any", "production", NULL };
static const char *const sample_words[] = { "advise", "block", NULL };
static const char *const attempt_words[] = { "all", "last", NULL };
static const char *const tree_words[] = { "refused", "accepted", NULL };
static const char *const revision_words[] = { "required", "none", NULL };
static const char *const artefact_words[] = { "optional", "required", NULL };

/* scenarios */

#define SCENARIOS(name, reader, member) KEY(name, reader, struct config_scenario_policy, member)
static const struct config_key scenario_keys[] = {
    CHOICE("must", struct config_scenario_policy, must, must_words),
    SCENARIOS("tags", config_read_text, tags),
    SCENARIOS("flaky", config_read_exception, flaky),
    SCENARIOS("pending", config_read_exception, pending),
    SCENARIOS("skipped", config_read_exception, skipped),
    SCENARIOS("quarantined", config_read_exception, quarantined),
    SCENARIOS("minimum", config_read_bound, minimum),
    { 0 },
};
static const struct config_record scenario_record = { .title = "the scenarios' policy",
                                                      .keys = scenario_keys };
PLACED_READER(read_scenarios, struct config_scenario_policy, scenario_record)

/* coverage */

static const struct config_key report_keys[] = {
    KEY("format", config_read_text, struct config_required_report, format),
    { .name = "path",
      .read = config_read_path,
      .offset = offsetof(struct config_required_report, path),
      .is_required = true },
    KEY("minimum_files", config_read_bound, struct config_required_report, minimum_files),
    KEY("sources", config_read_globs, struct config_required_report, sources),
    { 0 },
};
static const struct config_record report_record = {
    .title = "a coverage report",
    .size_bytes = sizeof(struct config_required_report),
    .keys = report_keys,
};

static const struct config_key threshold_keys[] = {
    KEY("total", config_read_percent, struct config_thresholds, total),
    KEY("changed", config_read_percent, struct config_thresholds, changed),
    KEY("file", config_read_percent, struct config_thresholds, file),
    { 0 },
};
static const struct config_record threshold_record = { .title = "thresholds",
                                                       .keys = threshold_keys };

/* One percentage is the total. */
static bool read_thresholds(struct config_reader *reader, const struct config_node *node,
                            const struct config_key *key, void *target)
{
    struct config_thresholds *thresholds = target;
    return node->kind == CONFIG_SCALAR
               ? config_read_percent(reader, node, key, &thresholds->total)
               : config_record_fill(reader, node, &threshold_record, target);
}

#define COMPONENT(name, member)                                                                \
    KEY(name, config_read_percent, struct config_component_thresholds, member)
static const struct config_key component_keys[] = {
    COMPONENT("lines", lines),
    COMPONENT("branches", branches),
    COMPONENT("functions", functions),
    { 0 },
};
static const struct config_record component_record = { .title = "a component's thresholds",
                                                       .keys = component_keys };

/* name: a percentage of lines, or a map. */
static bool read_components(struct config_reader *reader, const struct config_node *node,
                            const struct config_key *key, void *target)
{
    if (node->kind != CONFIG_MAP) {
        return config_refuse(reader, node, "a map of components");
    }
    struct config_component_thresholds *list =
        ARENA_ARRAY(reader->arena, node->count + 1, struct config_component_thresholds);
    size_t count = 0;
    bool is_fine = true;
    for (const struct config_node *at = node->first; at; at = at->next) {
        struct config_component_thresholds *each = &list[count++];
        each->name = at->key;
        is_fine = (at->kind == CONFIG_SCALAR
                       ? config_read_percent(reader, at, key, &each->lines)
                       : config_record_fill(reader, at, &component_record, each)) &&
                  is_fine;
    }
    *(struct config_records *)target = (struct config_records){ list, count };
    return is_fine;
}

static bool read_ratchet(struct config_reader *reader, const struct config_node *node,
                         const struct config_key *key, void *target)
{
    struct config_coverage_policy *coverage = target;
    coverage->ratchet_at = node->at;
    return config_read_text(reader, node, key, &coverage->ratchet);
}

#define COVERAGE(name, reader, member) KEY(name, reader, struct config_coverage_policy, member)
static const struct config_key coverage_keys[] = {
    { .name = "reports",
      .read = config_read_record_map,
      .offset = offsetof(struct config_coverage_policy, reports),
      .record = &report_record },
    COVERAGE("lines", read_thresholds, lines),
    COVERAGE("branches", read_thresholds, branches),
    COVERAGE("functions", read_thresholds, functions),
    COVERAGE("components", read_components, components),
    { .name = "ratchet", .read = read_ratchet },
    COVERAGE("baseline", config_read_path, baseline),
    COVERAGE("minimum_files", config_read_bound, minimum_files),
    COVERAGE("minimum_lines", config_read_bound, minimum_lines),
    { 0 },
};
static const struct config_record coverage_record = { .title = "the coverage",
                                                      .keys = coverage_keys };

PLACED_READER(read_coverage, struct config_coverage_policy, coverage_record)

/* recordings, latency, change */

#define RECORDINGS(name, reader, member)                                                       \
    KEY(name, reader, struct config_recording_policy, member)
static const struct config_key recording_keys[] = {
    RECORDINGS("max_age", config_read_bound_time, max_age_ms),
    RECORDINGS("untouched_endpoints", config_read_bound, untouched_endpoints),
    RECORDINGS("untouched_events", config_read_bound, untouched_events),
    RECORDINGS("dead_masks", config_read_bound, dead_masks),
    CHOICE("drift", struct config_recording_policy, drift, drift_words),
    CHOICE("revision", struct config_recording_policy, revision, recorded_words),
    { 0 },
};
static const struct config_record recording_record = { .title = "the recordings' policy",
                                                       .keys = recording_keys };
PLACED_READER(read_recordings, struct config_recording_policy, recording_record)

#define LATENCY(name, reader, member) KEY(name, reader, struct config_latency_policy, member)
static const struct config_key latency_keys[] = {
    LATENCY("tolerance", config_read_ratio, tolerance),
    LATENCY("floor", config_read_bound_time, floor_ms),
    CHOICE("below_20_samples", struct config_latency_policy, below_20_samples, sample_words),
    { 0 },
};
static const struct config_record latency_record = { .title = "the latency's policy",
                                                     .keys = latency_keys };
PLACED_READER(read_latency, struct config_latency_policy, latency_record)

static const struct config_key change_keys[] = {
    KEY("commits", config_read_bound, struct config_gate, change_commits),
    KEY("lines", config_read_bound, struct config_gate, change_lines),
    { 0 },
};
static const struct config_record change_record = { .title = "the size of a change",
                                                    .keys = change_keys };

/* evidence */

#define EVIDENCE(name, reader, member) KEY(name, reader, struct config_evidence_policy, member)
#define EVIDENCE_CHOICE(name, member, words)                                                   \
    CHOICE(name, struct config_evidence_policy, member, words)
static const struct config_key evidence_keys[] = {
    EVIDENCE("max_age", config_read_bound_time, max_age_ms),
    { .name = "shards",
      .read = config_read_shards,
      .offset = offsetof(struct config_evidence_policy, shards),
      .minimum = 1,
      .maximum = 10000 },
    EVIDENCE_CHOICE("same_tree", same_tree, tree_words),
    EVIDENCE_CHOICE("revision", revision, revision_words),
    EVIDENCE_CHOICE("artefact", artefact, artefact_words),
    EVIDENCE_CHOICE("attempts", attempts, attempt_words),
    EVIDENCE("without_revision", config_read_texts, without_revision),
    { 0 },
};
static const struct config_record evidence_record = { .title = "the evidence",
                                                      .keys = evidence_keys };
PLACED_READER(read_evidence, struct config_evidence_policy, evidence_record)

/* extends */

static const struct config_key extends_keys[] = {
    { .name = "file",
      .read = config_read_path,
      .offset = offsetof(struct config_gate, extends),
      .is_required = true },
    { .name = "sha256",
      .read = config_read_text,
      .offset = offsetof(struct config_gate, extends_sha256),
      .is_required = true },
    { 0 },
};
static const struct config_record extends_record = { .title = "the central policy",
                                                     .keys = extends_keys };

static bool read_extends(struct config_reader *reader, const struct config_node *node,
                         const struct config_key *key, void *target)
{
    struct config_gate *gate = target;
    (void)key;
    gate->extends_at = node->at;
    return config_record_fill(reader, node, &extends_record, gate);
}

static bool read_policy_from(struct config_reader *reader, const struct config_node *node,
                             const struct config_key *key, void *target)
{
    struct config_gate *gate = target;
    gate->policy_from_at = node->at;
    return config_read_text(reader, node, key, &gate->policy_from);
}

#define GATE(name, reader, member) KEY(name, reader, struct config_gate, member)
static const struct config_key gate_keys[] = {
    { .name = "policy_from", .read = read_policy_from },
    { .name = "extends", .read = read_extends },
    GATE("scenarios", read_scenarios, scenarios),
    GATE("coverage", read_coverage, coverage),
    GATE("recordings", read_recordings, recordings),
    GATE("latency", read_latency, latency),
    { .name = "change", .read = config_read_record, .record = &change_record },
    GATE("evidence", read_evidence, evidence),
    GATE("sign", config_read_signing, sign),
    { 0 },
};
static const struct config_record gate_record = { .title = "the gate", .keys = gate_keys };

const struct config_section section_gate = {
    .key = { .name = "gate", .read = config_read_record, .record = &gate_record },
    .size_bytes = sizeof(struct config_gate),
    .summary = "the policy that evidence is weighed against",
};
