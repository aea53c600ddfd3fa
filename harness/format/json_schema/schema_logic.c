/* SPDX-License-Identifier: MIT */
/* Keywords that apply other schemas to the same value. */
#include "format/json_schema/schema_keywords.h"

static bool apply_here(const struct application *application, const struct schema_node *node)
{
    return schema_apply(application->evaluation, node, application->instance,
                        application->marks);
}

static bool fits_here(const struct application *application, const struct schema_node *node)
{
    return schema_fits(application->evaluation, node, application->instance,
                       application->marks);
}

bool schema_check_reference(const struct application *application,
                            const struct schema_keyword *keyword)
{
    return apply_here(application, keyword->nodes[0]);
}

bool schema_check_all_of(const struct application *application,
                         const struct schema_keyword *keyword)
{
    bool is_valid = true;
    for (uint32_t i = 0; i < keyword->value->count; i++) {
        is_valid = apply_here(application, keyword->nodes[i]) && is_valid;
    }
    return is_valid;
}

/* All are tried, whatever the first says: each that fits has looked at children. */
static uint32_t count_fitting(const struct application *application,
                              const struct schema_keyword *keyword)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < keyword->value->count; i++) {
        count += fits_here(application, keyword->nodes[i]);
    }
    return count;
}

bool schema_check_any_of(const struct application *application,
                         const struct schema_keyword *keyword)
{
    return count_fitting(application, keyword) > 0 ||
           schema_violated(application, keyword, NULL,
                           "what fits at least one of the %u schemas of 'anyOf'",
                           keyword->value->count);
}

bool schema_check_one_of(const struct application *application,
                         const struct schema_keyword *keyword)
{
    uint32_t count = count_fitting(application, keyword);
    struct text found =
        count ? arena_format(application->evaluation->arena, "what fits %u of them", count)
              : schema_describe(application->evaluation->arena, application->instance);
    return count == 1 || schema_violated(application, keyword, found.at,
                                         "what fits exactly one of the %u schemas of 'oneOf'",
                                         keyword->value->count);
}

bool schema_check_not(const struct application *application,
                      const struct schema_keyword *keyword)
{
    return !schema_fits(application->evaluation, keyword->nodes[0], application->instance,
                        NULL) ||
           schema_violated(application, keyword, NULL, "what does not fit the schema of 'not'");
}

bool schema_check_if(const struct application *application,
                     const struct schema_keyword *keyword)
{
    bool fits = fits_here(application, keyword->nodes[0]);
    const struct schema_keyword *next = schema_sibling(application, fits ? "then" : "else");
    return !next || apply_here(application, next->nodes[0]);
}

bool schema_check_dependent_schemas(const struct application *application,
                                    const struct schema_keyword *keyword)
{
    bool is_valid = true;
    for (uint32_t i = 0; i < keyword->value->count; i++) {
        struct text name = json_key(&keyword->value->children[i]);
        if (json_member(application->instance, name)) {
            is_valid = apply_here(application, keyword->nodes[i]) && is_valid;
        }
    }
    return is_valid;
}
