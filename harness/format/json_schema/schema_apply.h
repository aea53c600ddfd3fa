/* SPDX-License-Identifier: MIT */
/* Inside json_schema only: one validation under way. */
#ifndef BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_APPLY_H
#define BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_APPLY_H

#include "format/json_schema/schema.h"

struct evaluation {
    const struct json_schema *schema;
    const struct json_value *instance; /* the root */
    struct arena *arena;
    struct json_violations *violations;
    size_t silent; /* above 0: only the verdict is wanted */
    size_t depth;
    size_t work;
    bool is_over; /* a limit was passed: nothing is valid any more */
};

/* A schema applied to a value. */
struct application {
    struct evaluation *evaluation;
    const struct schema_node *node;
    const struct json_value *instance;
    bool *marks; /* for each child of instance: some schema looked at it; NULL for none */
};

/* marks: of the caller's application to the same instance, added to when valid; or NULL. */
bool schema_apply(struct evaluation *evaluation, const struct schema_node *node,
                  const struct json_value *instance, bool *marks);

/* The same, telling no violations. */
bool schema_fits(struct evaluation *evaluation, const struct schema_node *node,
                 const struct json_value *instance, bool *marks);

/* Counts work; false when there was too much. */
bool schema_work(struct evaluation *evaluation, size_t amount);

/* The node's keyword of this name, or NULL. */
const struct schema_keyword *schema_sibling(const struct application *application,
                                            const char *name);

/* Notes a violation of the keyword by the instance, and is false. found: NULL describes it. */
bool schema_violated(const struct application *application,
                     const struct schema_keyword *keyword, const char *found,
                     const char *expected, ...) PRINTF_LIKE(4, 5);

/* A value in a few words. */
struct text schema_describe(struct arena *arena, const struct json_value *value);

#endif
