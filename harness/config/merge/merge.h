/* SPDX-License-Identifier: MIT */
/*
 * The parts of settings_make: each fills its members of the settings from the configuration, the
 * process environment and the request, in this order, the later one winning. A contradiction is a
 * problem and clears is_fine.
 */
#ifndef BDDRUN_CONFIG_MERGE_MERGE_H
#define BDDRUN_CONFIG_MERGE_MERGE_H

#include "config/settings.h"

struct merge {
    struct config *config;
    struct arena *arena;
    const struct settings_request *request;
    struct config_reader reader;
    struct config_settings *settings;
    struct problems *problems;
    bool is_fine;
};

void merge_secrets(struct merge *merge); /* before the variables */
void merge_variables(struct merge *merge);
void merge_environment(struct merge *merge); /* and the base URL, jobs and limits */

/* Adds a problem of kind PROBLEM_USAGE; hint may be NULL. */
void merge_refuse(struct merge *merge, const char *hint, const char *format, ...)
    PRINTF_LIKE(3, 4);

#endif
