/* SPDX-License-Identifier: MIT */
/* An expectation, a line with only "---", a document: what compiles also passes the check before
 * the run, and matching tells the same with and without its mismatches. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/attribute.h"
#include "diff/expectation.h"

#define NOW_NS UINT64_C(1795428000000000000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void match(const struct expectation *expectation, struct text json,
                  enum expectation_mode mode, struct arena *arena)
{
    const struct json_value *actual = NULL;
    struct mismatches mismatches;
    if (!json_parse_text(json, arena, &actual)) {
        return;
    }
    bool fits = expectation_match(expectation, actual, mode, NOW_NS, arena, &mismatches);
    if (fits != (mismatches.count == 0) ||
        fits != expectation_accepts(expectation, actual, mode, NOW_NS)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena CLEANUP(arena_release);
    struct problems problems CLEANUP(problems_release);
    struct expectation *expectation CLEANUP(expectation_release) = NULL;
    struct text all = text_make((const char *)data, size);
    size_t end = text_find(all, TEXT("\n---\n"), 0);
    struct source source;
    arena_init(&arena);
    problems_init(&problems);
    source_init(&source, TEXT("fuzz"), text_slice(all, 0, end));
    bool is_compiled = expectation_compile(&source, &expectation, &problems);
    if (is_compiled == problems_has_error(&problems)) {
        abort();
    }
    if (!expectation_check(&source, &problems) && is_compiled) {
        abort();
    }
    if (is_compiled) {
        match(expectation, text_from(all, end + 5), EXPECTATION_IS, &arena);
        match(expectation, text_from(all, end + 5), EXPECTATION_MATCHES, &arena);
    }
    return 0;
}
