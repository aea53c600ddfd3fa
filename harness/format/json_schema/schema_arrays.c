/* SPDX-License-Identifier: MIT */
/* Keywords about arrays. */
#include "format/json_schema/schema_keywords.h"
#include "format/json_schema/schema_number.h"

static bool is_array(const struct application *application)
{
    return json_is(application->instance, JSON_ARRAY);
}

bool schema_check_min_items(const struct application *application,
                            const struct schema_keyword *keyword)
{
    return !is_array(application) ||
           application->instance->count >= schema_count(keyword->value) ||
           schema_violated(application, keyword, NULL, "at least %.*s items",
                           TEXT_ARG(json_text(keyword->value)));
}

bool schema_check_max_items(const struct application *application,
                            const struct schema_keyword *keyword)
{
    return !is_array(application) ||
           application->instance->count <= schema_count(keyword->value) ||
           schema_violated(application, keyword, NULL, "at most %.*s items",
                           TEXT_ARG(json_text(keyword->value)));
}

bool schema_check_unique_items(const struct application *application,
                               const struct schema_keyword *keyword)
{
    const struct json_value *array = application->instance;
    if (!is_array(application) || json_is(keyword->value, JSON_FALSE)) {
        return true;
    }
    if (!schema_work(application->evaluation, array->count)) {
        return schema_violated(application, keyword, "more items than can be compared",
                               "no item twice");
    }
    size_t first;
    size_t second;
    if (!json_find_duplicate(array, &first, &second)) {
        return true;
    }
    struct text found = arena_format(application->evaluation->arena,
                                     "items %zu and %zu are equal", first, second);
    return schema_violated(application, keyword, found.at, "no item twice");
}

static bool apply_to_item(const struct application *application, const struct schema_node *node,
                          uint32_t index)
{
    application->marks[index] = true;
    return schema_apply(application->evaluation, node, json_item(application->instance, index),
                        NULL);
}

bool schema_check_prefix_items(const struct application *application,
                               const struct schema_keyword *keyword)
{
    bool is_valid = true;
    uint32_t count = is_array(application) ? application->instance->count : 0;
    for (uint32_t i = 0; i < count && i < keyword->value->count; i++) {
        is_valid = apply_to_item(application, keyword->nodes[i], i) && is_valid;
    }
    return is_valid;
}

bool schema_check_items(const struct application *application,
                        const struct schema_keyword *keyword)
{
    const struct schema_keyword *prefix = schema_sibling(application, "prefixItems");
    bool is_valid = true;
    uint32_t count = is_array(application) ? application->instance->count : 0;
    for (uint32_t i = prefix ? prefix->value->count : 0; i < count; i++) {
        is_valid = apply_to_item(application, keyword->nodes[0], i) && is_valid;
    }
    return is_valid;
}

bool schema_check_contains(const struct application *application,
                           const struct schema_keyword *keyword)
{
    const struct schema_keyword *least = schema_sibling(application, "minContains");
    const struct schema_keyword *most = schema_sibling(application, "maxContains");
    if (!is_array(application)) {
        return true;
    }
    uint64_t found = 0;
    for (uint32_t i = 0; i < application->instance->count; i++) {
        if (schema_fits(application->evaluation, keyword->nodes[0],
                        json_item(application->instance, i), NULL)) {
            application->marks[i] = true;
            found++;
        }
    }
    uint64_t wanted = least ? schema_count(least->value) : 1;
    struct text count = arena_format(application->evaluation->arena, "%llu such items",
                                     (unsigned long long)found);
    if (found < wanted) {
        return schema_violated(application, least ? least : keyword, count.at,
                               "at least %llu item%s as 'contains' says",
                               (unsigned long long)wanted, wanted == 1 ? "" : "s");
    }
    return !most || found <= schema_count(most->value) ||
           schema_violated(application, most, count.at, "at most %.*s items as 'contains' says",
                           TEXT_ARG(json_text(most->value)));
}

bool schema_check_unevaluated_items(const struct application *application,
                                    const struct schema_keyword *keyword)
{
    bool is_valid = true;
    uint32_t count = is_array(application) ? application->instance->count : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!application->marks[i]) {
            is_valid = apply_to_item(application, keyword->nodes[0], i) && is_valid;
        }
    }
    return is_valid;
}
