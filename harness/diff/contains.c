/* SPDX-License-Identifier: MIT */
#include "diff/contains.h"

#include "format/json.h"

/* Every member of wanted is in actual and fits; anything but objects must be equal. */
static bool fits_partially(const struct json_value *actual, const struct json_value *wanted)
{
    if (!json_is(actual, JSON_OBJECT) || !json_is(wanted, JSON_OBJECT)) {
        return json_equal(actual, wanted);
    }
    for (uint32_t i = 0; i < wanted->count; i++) {
        const struct json_value *member = &wanted->children[i];
        const struct json_value *found = json_member(actual, json_key(member));
        if (!found || !fits_partially(found, member)) {
            return false;
        }
    }
    return true;
}

static bool fits(const struct json_value *actual, const struct comparison_value *wanted,
                 struct arena *arena)
{
    struct subject subject = { .nature = NATURE_JSON, .json = actual };
    return comparison_value_equals(&subject, wanted, arena) ||
           (wanted->json && fits_partially(actual, wanted->json));
}

bool contains_value(const struct json_value *actual, const struct comparison_value *wanted,
                    const struct comparison_resolver *resolver, struct arena *arena)
{
    (void)resolver;
    if (!json_is(actual, JSON_ARRAY)) {
        return json_is(actual, JSON_OBJECT) && fits(actual, wanted, arena);
    }
    for (uint32_t i = 0; i < actual->count; i++) {
        if (fits(&actual->children[i], wanted, arena)) {
            return true;
        }
    }
    return false;
}
