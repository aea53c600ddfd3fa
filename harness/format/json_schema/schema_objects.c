/* SPDX-License-Identifier: MIT */
/* Keywords about objects. */
#include "format/json_schema/schema_keywords.h"

#include "format/json_schema/schema_number.h"
#include "format/regex.h"

static bool is_object(const struct application *application)
{
    return json_is(application->instance, JSON_OBJECT);
}

/* A key that repeats counts once: the last one is the member. */
static uint64_t count_members(const struct json_value *object)
{
    uint64_t count = object->count;
    for (uint32_t i = 0; object->has_repeated_keys && i < object->count; i++) {
        count -= object->children[i].is_repeated;
    }
    return count;
}

bool schema_check_min_properties(const struct application *application,
                                 const struct schema_keyword *keyword)
{
    return !is_object(application) ||
           count_members(application->instance) >= schema_count(keyword->value) ||
           schema_violated(application, keyword, NULL, "at least %.*s members",
                           TEXT_ARG(json_text(keyword->value)));
}

bool schema_check_max_properties(const struct application *application,
                                 const struct schema_keyword *keyword)
{
    return !is_object(application) ||
           count_members(application->instance) <= schema_count(keyword->value) ||
           schema_violated(application, keyword, NULL, "at most %.*s members",
                           TEXT_ARG(json_text(keyword->value)));
}

static bool check_names(const struct application *application,
                        const struct schema_keyword *keyword, const struct json_value *names,
                        struct text because)
{
    bool is_valid = true;
    for (uint32_t i = 0; i < names->count; i++) {
        struct text name = json_text(json_item(names, i));
        if (!json_member(application->instance, name)) {
            const char *why = because.size ? ", as there is a member " : "";
            is_valid =
                schema_violated(application, keyword, "no such member", "a member '%.*s'%s%.*s",
                                TEXT_ARG(name), why, TEXT_ARG(because));
        }
    }
    return is_valid;
}

bool schema_check_required(const struct application *application,
                           const struct schema_keyword *keyword)
{
    return !is_object(application) ||
           check_names(application, keyword, keyword->value, TEXT_EMPTY);
}

bool schema_check_dependent_required(const struct application *application,
                                     const struct schema_keyword *keyword)
{
    bool is_valid = true;
    for (uint32_t i = 0; is_object(application) && i < keyword->value->count; i++) {
        const struct json_value *names = &keyword->value->children[i];
        if (json_member(application->instance, json_key(names))) {
            struct text because = arena_format(application->evaluation->arena, "'%.*s'",
                                               TEXT_ARG(json_key(names)));
            is_valid = check_names(application, keyword, names, because) && is_valid;
        }
    }
    return is_valid;
}

bool schema_check_property_names(const struct application *application,
                                 const struct schema_keyword *keyword)
{
    bool is_valid = true;
    for (uint32_t i = 0; is_object(application) && i < application->instance->count; i++) {
        struct text name = json_key(&application->instance->children[i]);
        struct json_value *key = ARENA_NEW(application->evaluation->arena, struct json_value);
        *key = (struct json_value){ .type = JSON_STRING,
                                    .at = name.at,
                                    .count = (uint32_t)name.size };
        if (!schema_fits(application->evaluation, keyword->nodes[0], key, NULL)) {
            struct text found = schema_describe(application->evaluation->arena, key);
            is_valid = schema_violated(application, keyword, found.at,
                                       "only names that fit 'propertyNames'");
        }
    }
    return is_valid;
}

static bool apply_to_member(const struct application *application,
                            const struct schema_node *node, const struct json_value *member)
{
    application->marks[member - application->instance->children] = true;
    return schema_apply(application->evaluation, node, member, NULL);
}

bool schema_check_properties(const struct application *application,
                             const struct schema_keyword *keyword)
{
    bool is_valid = true;
    for (uint32_t i = 0; is_object(application) && i < keyword->value->count; i++) {
        const struct json_value *member =
            json_member(application->instance, json_key(&keyword->value->children[i]));
        if (member) {
            is_valid = apply_to_member(application, keyword->nodes[i], member) && is_valid;
        }
    }
    return is_valid;
}

bool schema_check_pattern_properties(const struct application *application,
                                     const struct schema_keyword *keyword)
{
    bool is_valid = true;
    uint32_t count = is_object(application) ? application->instance->count : 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct json_value *member = &application->instance->children[i];
        for (uint32_t j = 0; j < keyword->value->count; j++) {
            enum regex_result result =
                regex_match(keyword->regexes[j], json_key(member), 0, NULL, 0);
            if (result == REGEX_LIMIT) {
                is_valid = schema_violated(application, keyword,
                                           "a name that is too costly for the pattern",
                                           "names that can be matched");
            } else if (result == REGEX_MATCHED) {
                is_valid = apply_to_member(application, keyword->nodes[j], member) && is_valid;
            }
        }
    }
    return is_valid;
}

static bool apply_to_rest(const struct application *application,
                          const struct schema_keyword *keyword)
{
    bool is_valid = true;
    uint32_t count = is_object(application) ? application->instance->count : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!application->marks[i]) {
            is_valid = apply_to_member(application, keyword->nodes[0],
                                       &application->instance->children[i]) &&
                       is_valid;
        }
    }
    return is_valid;
}

/* Of the keywords before it in the table only 'properties' and 'patternProperties' mark members. */
bool schema_check_additional_properties(const struct application *application,
                                        const struct schema_keyword *keyword)
{
    return apply_to_rest(application, keyword);
}

bool schema_check_unevaluated_properties(const struct application *application,
                                         const struct schema_keyword *keyword)
{
    return apply_to_rest(application, keyword);
}
