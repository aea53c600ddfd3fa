/* SPDX-License-Identifier: MIT */
#include "diff/contains.h"

#include "diff/expectation.h"
#include "format/json.h"

static bool fits(const struct json_value *actual, const struct comparison_value *wanted,
                 const struct expectation *partial, uint64_t now_ns, struct arena *arena)
{
    struct subject subject = { .nature = NATURE_JSON, .json = actual };
    return comparison_value_equals(&subject, wanted, arena) ||
           (partial && expectation_accepts(partial, actual, EXPECTATION_MATCHES, now_ns));
}

/* An object literal describes partially; NULL for any other. */
static struct expectation *partial_of(const struct comparison_value *wanted,
                                      struct source *source)
{
    struct expectation *partial = NULL;
    struct problems problems;
    problems_init(&problems);
    source_init(source, TEXT("comparison"), wanted->text);
    if (!json_is(wanted->json, JSON_OBJECT) ||
        !expectation_compile(source, &partial, &problems)) {
        partial = NULL;
    }
    problems_release(&problems);
    return partial;
}

bool contains_value(const struct json_value *actual, const struct comparison_value *wanted,
                    const struct comparison_resolver *resolver, struct arena *arena)
{
    struct source source;
    CLEANUP(expectation_release) struct expectation *partial = partial_of(wanted, &source);
    if (!json_is(actual, JSON_ARRAY)) {
        return json_is(actual, JSON_OBJECT) &&
               fits(actual, wanted, partial, resolver->now_ns, arena);
    }
    for (uint32_t i = 0; i < actual->count; i++) {
        if (fits(&actual->children[i], wanted, partial, resolver->now_ns, arena)) {
            return true;
        }
    }
    return false;
}
