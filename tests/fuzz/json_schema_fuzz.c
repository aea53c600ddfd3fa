/* SPDX-License-Identifier: MIT */
/* A schema, and after the first line that is empty a value: refused at a place inside of the
 * schema, or a verdict that goes with its violations. */
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "format/json_schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        struct span at = problems->list[i].at;
        if (!at.source || at.start > at.end || at.end > at.source->bytes.size) {
            BUG("a place outside of the schema");
        }
    }
}

static void validate(const struct json_schema *schema, struct text bytes)
{
    struct arena arena CLEANUP(arena_release);
    const struct json_value *value;
    arena_init(&arena);
    if (json_parse_text(bytes, &arena, &value)) {
        struct json_violations *violations = ARENA_NEW(&arena, struct json_violations);
        bool is_valid = json_schema_validate(schema, value, &arena, violations);
        if (is_valid != (violations->count == 0)) {
            BUG("the verdict and %zu violations", violations->count);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = text_make((const char *)data, size);
    size_t cut = text_find(bytes, TEXT("\n\n"), 0);
    struct problems problems CLEANUP(problems_release);
    struct json_schema *schema CLEANUP(json_schema_release) = NULL;
    struct source source;
    problems_init(&problems);
    source_init(&source, TEXT("schema.json"), text_slice(bytes, 0, cut));
    if (json_schema_compile(&source, &schema, &problems)) {
        validate(schema, text_from(bytes, cut + 1));
    } else if (problems.count == 0) {
        BUG("refused without a problem");
    }
    check_problems(&problems);
    return 0;
}
