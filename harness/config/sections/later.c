/* SPDX-License-Identifier: MIT */
/*
 * Sections whose owner (deploy) is written after running: their keys are
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

const struct config_section section_deploy = {
    .key = { .name = "deploy", .read = config_read_record, .record = &deploy_record },
    .size_bytes = sizeof(struct kept),
    .summary = "where and when to switch, and what has to hold afterwards",
};
