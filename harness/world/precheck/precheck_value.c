/* SPDX-License-Identifier: MIT */
#include "world/precheck/precheck_value.h"

#include <string.h>

#include "format/json.h"
#include "format/json_path.h"
#include "format/xml.h"
#include "world/precheck.h"
#include "world/quoted.h"
#include "world/value.h"

static bool check_json_path(struct text path, struct span at, struct problems *problems)
{
    CLEANUP(json_path_release) struct json_path *compiled = NULL;
    return json_path_compile(path, at, &compiled, problems);
}

static bool check_xpath(struct precheck *precheck, struct text path, struct span at,
                        struct problems *problems)
{
    struct text error = TEXT_EMPTY;
    if (xml_xpath_check(path, &precheck->arena, &error)) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, at, "write an XPath such as //h1 or //a/@href",
                 "cannot read the XPath '%.*s': %.*s", TEXT_ARG(path), TEXT_ARG(error));
    return false;
}

static bool check_path(struct precheck *precheck, const struct value *value, struct span at,
                       struct problems *problems)
{
    struct text path = quoted_content(&precheck->arena, value->name);
    bool is_json = value->noun == NOUN_JSON || value->noun == NOUN_JSON_COUNT ||
                   value->noun == NOUN_MESSAGE_JSON;
    bool is_markup = value->noun == NOUN_HTML || value->noun == NOUN_XML;
    if (value->name.size == 0 || text_contains(path, TEXT("${"))) {
        return true;
    }
    if (is_json) {
        return check_json_path(path, at, problems);
    }
    return !is_markup || check_xpath(precheck, path, at, problems);
}

bool precheck_comparison(struct precheck *precheck, struct text comparison,
                         enum subject_nature nature, struct span at, struct problems *problems)
{
    struct comparison parsed;
    return comparison_parse(&precheck->arena, comparison, at, &parsed, problems) &&
           comparison_check_nature(&parsed, nature, at, problems);
}

/* A variable may hold text or JSON; a cookie's flag is a boolean. */
static enum subject_nature nature_of(const struct value *value)
{
    return value->noun == NOUN_VARIABLE ? NATURE_VARIABLE : value_nature(value);
}

bool precheck_value(struct precheck *precheck, struct text value, bool has_whose,
                    struct text comparison, struct span value_at, struct span comparison_at,
                    struct problems *problems)
{
    struct value parsed;
    if (!value_parse(value, value_at, has_whose, &parsed, problems)) {
        return false;
    }
    bool is_ok = check_path(precheck, &parsed, value_at, problems);
    return (comparison.size == 0 ||
            precheck_comparison(precheck, comparison, nature_of(&parsed), comparison_at,
                                problems)) &&
           is_ok;
}

/* `${x}` has at least four characters. The offset of its last one. */
static size_t fill_hole(char *hole, size_t size)
{
    memset(hole, ' ', size);
    memcpy(hole, "null", size < 4 ? size : 4);
    return size - 1;
}

struct text precheck_without_holes(struct arena *arena, struct text json)
{
    if (!text_contains(json, TEXT("${"))) {
        return json;
    }
    char *copy = arena_string(arena, json);
    bool is_in_string = false;
    for (size_t i = 0; i < json.size; i++) {
        if (is_in_string && copy[i] == '\\') {
            i++;
        } else if (copy[i] == '"') {
            is_in_string = !is_in_string;
        } else if (!is_in_string && text_starts_with(text_from(json, i), TEXT("${"))) {
            i += fill_hole(copy + i, text_find_byte(text_from(json, i), '}', 0) + 1);
        }
    }
    return text_make(copy, json.size);
}

bool precheck_json(struct precheck *precheck, struct text json, struct span at,
                   struct problems *problems)
{
    struct source *source = ARENA_NEW(&precheck->arena, struct source);
    const struct json_value *ignored;
    struct text whole = precheck_without_holes(&precheck->arena, json);
    if (at.source) {
        source_embed(source, whole, at.source, at.start, 0);
    } else {
        source_init(source, TEXT("JSON"), whole);
    }
    return json_parse(source, (struct json_limits){ 0 }, &precheck->arena, &ignored, problems);
}
