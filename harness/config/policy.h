/* SPDX-License-Identifier: MIT */
/*
 * The section `gate` of bddrun.yaml as it is written: plain data, what is weighed is the gate's.
 * Lives in the arena of the config. See policy_value.h for what was not written.
 */
#ifndef BDDRUN_CONFIG_POLICY_H
#define BDDRUN_CONFIG_POLICY_H

#include "base/glob.h"
#include "config/policy_value.h"

struct config_required_report {
    struct text name;
    struct text format;
    struct text path; /* usable from the working directory */
    struct config_bound minimum_files;
    struct globs sources; /* files of the repository that have to be in it; none: not said */
};

struct config_scenario_policy {
    int must; /* enum config_must */
    struct text tags;
    struct config_exception flaky;
    struct config_exception pending;
    struct config_exception skipped;
    struct config_exception quarantined;
    struct config_bound minimum;
    struct span at;
};
enum config_must { CONFIG_MUST_PASSED, CONFIG_MUST_NOTHING };

struct config_coverage_policy {
    struct config_records reports; /* struct config_required_report */
    struct config_thresholds lines;
    struct config_thresholds branches;
    struct config_thresholds functions;
    struct config_records components; /* struct config_component_thresholds */
    struct text ratchet;              /* "production", or a revision */
    struct text baseline;             /* a path; %commit stands for the commit compared with */
    struct config_bound minimum_files;
    struct config_bound minimum_lines;
    struct span ratchet_at;
    struct span at;
};

enum config_drift { CONFIG_DRIFT_NONE, CONFIG_DRIFT_BREAKING, CONFIG_DRIFT_ANY };
struct config_recording_policy {
    struct config_bound max_age_ms;
    struct config_bound untouched_endpoints;
    struct config_bound untouched_events;
    struct config_bound dead_masks;
    int drift;    /* enum config_drift: which refuses */
    int revision; /* that was recorded: 0 any, 1 the one in production */
    struct span at;
};

struct config_latency_policy {
    struct config_percent tolerance; /* above 100 is fine here */
    struct config_bound floor_ms;
    int below_20_samples; /* 0 advise, 1 block */
    struct span at;
};

struct config_evidence_policy {
    struct config_bound max_age_ms;
    struct config_bound shards; /* not written, or `auto`: as many as the runs say */
    int same_tree;              /* of another commit: 0 refused, 1 accepted */
    int revision;               /* of what staging serves: 0 required, 1 none is fine */
    int artefact;               /* 0 optional, 1 required */
    int attempts;               /* 0 all of them count, 1 the last one alone */
    struct config_texts without_revision; /* services that serve none */
    struct span at;
};

struct config_signing {
    struct config_secret_source key;
    struct text key_path; /* of {file: …}; its mode is checked when it is used */
    struct config_texts command;
    struct text public_key; /* of the command: a path */
    struct config_secret_source override_key;
    struct text override_key_path;
    struct span at;
};

struct config_gate {
    struct text policy_from; /* "production", "candidate", or a revision; empty: not written */
    struct span policy_from_at;
    struct text extends; /* the path of a central policy; empty: none */
    struct text extends_sha256;
    struct span extends_at;
    struct config_scenario_policy scenarios;
    struct config_coverage_policy coverage;
    struct config_recording_policy recordings;
    struct config_latency_policy latency;
    struct config_bound change_commits;
    struct config_bound change_lines;
    struct config_evidence_policy evidence;
    struct config_signing sign;
};

config_read_function config_read_signing; /* struct config_signing */

#endif
