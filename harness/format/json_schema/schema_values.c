/* SPDX-License-Identifier: MIT */
/* Keywords about one value: its type, numbers, strings. */
#include "format/json_schema/schema_keywords.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "format/json/json_number.h"
#include "format/json_schema/schema_format.h"
#include "format/json_schema/schema_number.h"
#include "format/json_writer.h"
#include "format/regex.h"

enum { SHOWN_LIMIT_BYTES = 400 };

static bool is_of_type(const struct json_value *instance, struct text type)
{
    if (text_is(type, "integer")) {
        return json_is(instance, JSON_NUMBER) && json_number_is_integer(json_text(instance));
    }
    return text_is(type, json_type_name(instance->type));
}

/* JSON on one line; of long JSON its kind. */
static struct text print(struct arena *arena, const struct json_value *value)
{
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, SHOWN_LIMIT_BYTES);
    json_print(&out, value);
    return out.is_over_limit ? schema_describe(arena, value)
                             : arena_text(arena, buffer_text(&out));
}

bool schema_check_type(const struct application *application,
                       const struct schema_keyword *keyword)
{
    const struct json_value *wanted = keyword->value;
    struct arena *arena = application->evaluation->arena;
    if (json_is(wanted, JSON_STRING)) {
        return is_of_type(application->instance, json_text(wanted)) ||
               schema_violated(application, keyword, NULL, "type %.*s",
                               TEXT_ARG(json_text(wanted)));
    }
    for (uint32_t i = 0; i < wanted->count; i++) {
        if (is_of_type(application->instance, json_text(json_item(wanted, i)))) {
            return true;
        }
    }
    return schema_violated(application, keyword, NULL, "a type of %.*s",
                           TEXT_ARG(print(arena, wanted)));
}

bool schema_check_const(const struct application *application,
                        const struct schema_keyword *keyword)
{
    return json_equal(application->instance, keyword->value) ||
           schema_violated(application, keyword, NULL, "%.*s",
                           TEXT_ARG(print(application->evaluation->arena, keyword->value)));
}

bool schema_check_enum(const struct application *application,
                       const struct schema_keyword *keyword)
{
    for (uint32_t i = 0; i < keyword->value->count; i++) {
        if (json_equal(application->instance, json_item(keyword->value, i))) {
            return true;
        }
    }
    return schema_violated(application, keyword, NULL, "one of %.*s",
                           TEXT_ARG(print(application->evaluation->arena, keyword->value)));
}

/* --- numbers --- */

/* Below 0, 0, above 0; 0 as well for what is no number, which every bound lets pass. */
static int order(const struct application *application, const struct schema_keyword *keyword)
{
    return json_number_compare(json_text(application->instance), json_text(keyword->value));
}

static bool is_number(const struct application *application)
{
    return json_is(application->instance, JSON_NUMBER);
}

bool schema_check_minimum(const struct application *application,
                          const struct schema_keyword *keyword)
{
    return !is_number(application) || order(application, keyword) >= 0 ||
           schema_violated(application, keyword, NULL, "at least %.*s",
                           TEXT_ARG(json_text(keyword->value)));
}

bool schema_check_maximum(const struct application *application,
                          const struct schema_keyword *keyword)
{
    return !is_number(application) || order(application, keyword) <= 0 ||
           schema_violated(application, keyword, NULL, "at most %.*s",
                           TEXT_ARG(json_text(keyword->value)));
}

bool schema_check_exclusive_minimum(const struct application *application,
                                    const struct schema_keyword *keyword)
{
    return !is_number(application) || order(application, keyword) > 0 ||
           schema_violated(application, keyword, NULL, "greater than %.*s",
                           TEXT_ARG(json_text(keyword->value)));
}

bool schema_check_exclusive_maximum(const struct application *application,
                                    const struct schema_keyword *keyword)
{
    return !is_number(application) || order(application, keyword) < 0 ||
           schema_violated(application, keyword, NULL, "less than %.*s",
                           TEXT_ARG(json_text(keyword->value)));
}

bool schema_check_multiple_of(const struct application *application,
                              const struct schema_keyword *keyword)
{
    return !is_number(application) ||
           schema_is_multiple(json_text(application->instance), json_text(keyword->value)) ||
           schema_violated(application, keyword, NULL, "a multiple of %.*s",
                           TEXT_ARG(json_text(keyword->value)));
}

/* --- strings --- */

static bool is_string(const struct application *application)
{
    return json_is(application->instance, JSON_STRING);
}

bool schema_check_min_length(const struct application *application,
                             const struct schema_keyword *keyword)
{
    return !is_string(application) ||
           utf8_count(json_text(application->instance)) >= schema_count(keyword->value) ||
           schema_violated(application, keyword, NULL, "at least %.*s characters",
                           TEXT_ARG(json_text(keyword->value)));
}

bool schema_check_max_length(const struct application *application,
                             const struct schema_keyword *keyword)
{
    return !is_string(application) ||
           utf8_count(json_text(application->instance)) <= schema_count(keyword->value) ||
           schema_violated(application, keyword, NULL, "at most %.*s characters",
                           TEXT_ARG(json_text(keyword->value)));
}

bool schema_check_pattern(const struct application *application,
                          const struct schema_keyword *keyword)
{
    if (!is_string(application)) {
        return true;
    }
    enum regex_result result =
        regex_match(keyword->regexes[0], json_text(application->instance), 0, NULL, 0);
    return result == REGEX_MATCHED ||
           schema_violated(application, keyword,
                           result == REGEX_LIMIT ? "a text that is too costly for it" : NULL,
                           "a match of /%.*s/", TEXT_ARG(json_text(keyword->value)));
}

bool schema_check_format(const struct application *application,
                         const struct schema_keyword *keyword)
{
    return !is_string(application) ||
           schema_format_fits(json_text(keyword->value), json_text(application->instance)) ||
           schema_violated(application, keyword, NULL, "the format %.*s",
                           TEXT_ARG(json_text(keyword->value)));
}
