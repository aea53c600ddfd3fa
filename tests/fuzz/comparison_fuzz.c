/* SPDX-License-Identifier: MIT */
/* A comparison, a line end, a text that is also read as JSON: parsing and checking end, for every
 * nature, and what is absent satisfies nothing but `does not exist`. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/attribute.h"
#include "diff/comparison.h"
#include "format/json.h"

#define NOW_NS UINT64_C(1795428000000000000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool expand(void *context, struct text text, bool as_json, struct text *ret_text)
{
    (void)context;
    (void)as_json;
    *ret_text = text;
    return true;
}

static bool value(void *context, struct text variable, struct text *ret_text, bool *ret_is_json)
{
    (void)context;
    *ret_text = variable.size % 2 ? TEXT("7") : TEXT("\"lobby\"");
    *ret_is_json = variable.size % 2 == 0;
    return true;
}

static void check(const struct comparison *comparison, struct subject subject,
                  struct arena *arena)
{
    struct comparison_resolver resolver = { .expand = expand,
                                            .value = value,
                                            .now_ns = NOW_NS };
    struct comparison_result result = { 0 };
    if (!comparison_check(comparison, &subject, &resolver, arena, &result)) {
        return;
    }
    bool wants_absence = comparison->relation == RELATION_EXISTS && comparison->is_negated;
    if (subject.is_absent && result.holds != wants_absence) {
        abort();
    }
}

static void check_all(const struct comparison *comparison, struct text text,
                      struct arena *arena)
{
    const struct json_value *json = NULL;
    for (int nature = NATURE_STATUS; nature <= NATURE_NUMBER; nature++) {
        struct subject subject = { .nature = (enum subject_nature)nature,
                                   .text = text,
                                   .number = 201 };
        check(comparison, subject, arena);
        subject.is_absent = true;
        check(comparison, subject, arena);
    }
    if (json_parse_text(text, arena, &json)) {
        check(comparison, (struct subject){ .nature = NATURE_JSON, .json = json }, arena);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena CLEANUP(arena_release);
    struct problems problems CLEANUP(problems_release);
    struct text all = text_make((const char *)data, size);
    size_t end = text_find_byte(all, '\n', 0);
    struct comparison comparison;
    arena_init(&arena);
    problems_init(&problems);
    if (!comparison_parse(&arena, text_slice(all, 0, end), span_none(), &comparison,
                          &problems)) {
        if (problems.count == 0) {
            abort();
        }
        return 0;
    }
    for (int nature = NATURE_STATUS; nature <= NATURE_VARIABLE; nature++) {
        (void)!comparison_check_nature(&comparison, (enum subject_nature)nature, span_none(),
                                       &problems);
    }
    check_all(&comparison, text_from(all, end + 1), &arena);
    return 0;
}
