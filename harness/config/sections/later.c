/* SPDX-License-Identifier: MIT */
/*
 * Sections whose owners (gate, deploy) are written after running: their keys are
 * checked, so that a typing mistake is seen today, and their values are kept as nodes.
 */
#include "config/sections/sections.h"

#include "config/value.h"

#define NODES_LIMIT 24

/* Room for the value of each key; nothing reads it yet. */
struct kept {
    struct text name;
    const struct config_node *values[NODES_LIMIT];
};

#define KEPT(key_name, at)                                                                     \
    {                                                                                          \
        .name = (key_name), .read = config_read_node,                                          \
        .offset = offsetof(struct kept, values[at])                                            \
    }
#define KEPT_RECORD(record_title, record_keys)                                                 \
    {                                                                                          \
        .title = (record_title), .size_bytes = sizeof(struct kept), .keys = (record_keys)      \
    }

static const struct config_key coverage_keys[] = {
    KEPT("reports", 0),
    KEPT("lines", 1),
    KEPT("branches", 2),
    KEPT("components", 3),
    KEPT("ratchet", 4),
    KEPT("minimum_files", 5),
    { 0 },
};
static const struct config_record coverage_record = KEPT_RECORD("the coverage", coverage_keys);

static const struct config_key gate_keys[] = {
    KEPT("policy_from", 0),
    KEPT("scenarios", 1),
    { .name = "coverage", .read = config_read_record, .record = &coverage_record },
    KEPT("recordings", 3),
    KEPT("latency", 4),
    KEPT("change", 5),
    KEPT("evidence", 6),
    KEPT("sign", 7),
    { 0 },
};
static const struct config_record gate_record = KEPT_RECORD("the gate", gate_keys);

static const struct config_key deploy_keys[] = {
    KEPT("trust", 0),
    KEPT("target", 1),
    KEPT("before_switch", 2),
    KEPT("after_switch", 3),
    KEPT("verify", 4),
    KEPT("windows", 5),
    { 0 },
};
static const struct config_record deploy_record = KEPT_RECORD("deploy", deploy_keys);

const struct config_section section_gate = {
    .key = { .name = "gate", .read = config_read_record, .record = &gate_record },
    .size_bytes = sizeof(struct kept),
    .summary = "the policy that evidence is weighed against",
};

const struct config_section section_deploy = {
    .key = { .name = "deploy", .read = config_read_record, .record = &deploy_record },
    .size_bytes = sizeof(struct kept),
    .summary = "where and when to switch, and what has to hold afterwards",
};
