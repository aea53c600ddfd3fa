/* SPDX-License-Identifier: MIT */
/*
 * The search for bddrun.yaml upward from the scenarios to the root of the repository (the folder
 * that holds .git). The file may name programs to run, so outside of a repository only the folder
 * of the scenarios, and what lies between it and the working directory, is trusted.
 */
#ifndef BDDRUN_CONFIG_DISCOVERY_H
#define BDDRUN_CONFIG_DISCOVERY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

/* first_path as the user gave it: a folder, a file with or without `:line`, `@list`, `-` or
 * nothing (the working directory). The path found is relative where it lies below the working
 * directory; in the arena. */
bool config_discover(struct arena *arena, struct text first_path, struct text *ret_path);

#endif
