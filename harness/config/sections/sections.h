/* SPDX-License-Identifier: MIT */
/*
 * The sections of bddrun.yaml that no other folder owns: what running needs, read into the types
 * named here, and the policy.
 */
#ifndef BDDRUN_CONFIG_SECTIONS_SECTIONS_H
#define BDDRUN_CONFIG_SECTIONS_SECTIONS_H

#include "config/section.h"

struct config_limits;

extern const struct config_section section_version;             /* uint64_t, 1 */
extern const struct config_section section_scenarios;           /* struct text, a path */
extern const struct config_section section_output;              /* struct text, a path */
extern const struct config_section section_reports;             /* struct config_texts */
extern const struct config_section section_variables;           /* struct config_pairs */
extern const struct config_section section_env;                 /* struct config_texts */
extern const struct config_section section_secrets;             /* struct config_secret list */
extern const struct config_section section_commands;            /* struct config_command list */
extern const struct config_section section_default_environment; /* struct text */
extern const struct config_section section_environments; /* struct config_environment list */

extern const struct config_section section_gate; /* struct config_gate (config/policy.h) */

/* The limits where nobody set any. */
extern const struct config_limits config_default_limits;

#endif
