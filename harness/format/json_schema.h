/* SPDX-License-Identifier: MIT */
/*
 * JSON Schema, draft 2020-12: a schema document compiled once, and JSON values validated against
 * it. All of the core, applicator, validation and unevaluated vocabularies within one document:
 * `$ref` and `$dynamicRef` to `#`, `#/…` and anchors, `$id` only at the root. `format` is an
 * assertion. Nothing that would change a verdict is ignored: another dialect, a remote reference, a
 * nested `$id`, an unknown keyword (but for names that start with "x-") or format is refused.
 * The work of one validation is bounded, so that no schema can hang.
 */
#ifndef BDDRUN_FORMAT_JSON_SCHEMA_H
#define BDDRUN_FORMAT_JSON_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "format/json.h"

struct json_schema; /* heap; free with json_schema_free */

enum {
    JSON_SCHEMA_VIOLATIONS_LIMIT = 100,
    JSON_SCHEMA_DEPTH_LIMIT = 1500, /* of schemas inside of schemas, references included */
    JSON_SCHEMA_WORK_LIMIT =
        20000000 /* schemas applied, and items looked at, in one validation */
};

/* A value that is not as the schema wants it. Texts are in the arena given. */
struct json_violation {
    struct text instance_path; /* normalised JSONPath: $['players'][0] */
    struct text schema_path;   /* JSON Pointer into the schema: #/$defs/seat/minimum */
    struct text expected;      /* "at least 1" */
    struct text found;         /* "0" */
};

struct json_violations {
    struct json_violation list[JSON_SCHEMA_VIOLATIONS_LIMIT];
    size_t count;
    size_t dropped; /* beyond the limit */
};

/* source: the schema file, borrowed as long as the schema lives. False with problems of kind
 * PROBLEM_INPUT at their places in it: not JSON, a keyword of the wrong form, or one refused. */
bool json_schema_compile(const struct source *source, struct json_schema **ret_schema,
                         struct problems *problems) MUST_CHECK;
void json_schema_free(struct json_schema *schema);     /* NULL is allowed */
void json_schema_release(struct json_schema **schema); /* for CLEANUP */

/* True when value (the root of its document) is valid; otherwise *ret_violations has every
 * violation. It is set in both cases. */
bool json_schema_validate(const struct json_schema *schema, const struct json_value *value,
                          struct arena *arena,
                          struct json_violations *ret_violations) MUST_CHECK;

#endif
