/* SPDX-License-Identifier: MIT */
/*
 * The JSON Schema files that steps name, read and compiled before anything runs: a mistake in one
 * is told at once, and workers inherit the compiled ones.
 *
 * Process rule: filled before the first fork, then only read.
 */
#ifndef BDDRUN_WORLD_SCHEMAS_H
#define BDDRUN_WORLD_SCHEMAS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"

struct json_schema;
struct schema_entry;

struct schemas {
    struct arena arena;
    struct schema_entry *first;
};

void schemas_init(struct schemas *schemas);
void schemas_release(
    struct schemas *schemas); /* problems that point into a file must be gone */

/* The schema of this name, or NULL. */
const struct json_schema *schemas_find(const struct schemas *schemas, struct text name);

/* Reads and compiles the file below the folder, unless that was done before. False with problems:
 * at `at` where it cannot be read, else in the file; told once. */
bool schemas_add(struct schemas *schemas, struct text folder, struct text name, struct span at,
                 struct problems *problems);

#endif
