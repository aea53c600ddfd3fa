/* SPDX-License-Identifier: MIT */
#include "diff/expectation.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "diff/expectation/compiler.h"
#include "diff/expectation/matcher.h"
#include "format/json_holes.h"

void expectation_free(struct expectation *expectation)
{
    if (!expectation) {
        return;
    }
    for (struct expected_regex *r = expectation->regexes; r; r = r->next) {
        regex_free(r->regex);
    }
    arena_release(&expectation->arena);
    free(expectation);
}

void expectation_release(struct expectation **expectation)
{
    expectation_free(*expectation);
    *expectation = NULL;
}

/* parsed: what to parse, the source itself or its masked copy with the same places. */
static bool compile(const struct source *source, const struct source *parsed, bool has_holes,
                    struct expectation *expectation, struct problems *problems)
{
    const struct json_value *root = NULL;
    if (!json_parse(parsed, (struct json_limits){ 0 }, &expectation->arena, &root, problems)) {
        return false;
    }
    expectation->source = source;
    struct expected_compiler compiler = { expectation, problems, has_holes };
    return expected_compile(&compiler, root, &expectation->root);
}

static struct expectation *expectation_new(void)
{
    struct expectation *expectation = alloc_or_die(1, sizeof *expectation);
    arena_init(&expectation->arena);
    return expectation;
}

bool expectation_compile(const struct source *source, struct expectation **ret_expectation,
                         struct problems *problems)
{
    struct expectation *expectation = expectation_new();
    if (!compile(source, source, false, expectation, problems)) {
        expectation_free(expectation);
        return false;
    }
    *ret_expectation = expectation;
    return true;
}

bool expectation_check(const struct source *source, struct problems *problems)
{
    struct expectation *expectation = expectation_new();
    struct source masked = *source;
    masked.bytes = json_holes_mask(&expectation->arena, source->bytes);
    size_t problem_count = problems->count;
    bool is_right = compile(source, &masked, true, expectation, problems);
    for (size_t i = problem_count; i < problems->count; i++) {
        problems->list[i].at.source = source;
    }
    expectation_free(expectation);
    return is_right;
}

bool expectation_match(const struct expectation *expectation, const struct json_value *actual,
                       enum expectation_mode mode, uint64_t now_ns, struct arena *arena,
                       struct mismatches *ret_mismatches)
{
    *ret_mismatches = (struct mismatches){ 0 };
    struct expected_matcher matcher = { expectation, mode, now_ns, arena, ret_mismatches };
    return expected_match(&matcher, &expectation->root, actual, NULL);
}

bool expectation_accepts(const struct expectation *expectation, const struct json_value *actual,
                         enum expectation_mode mode, uint64_t now_ns)
{
    struct expected_matcher matcher = { expectation, mode, now_ns, NULL, NULL };
    return expected_match(&matcher, &expectation->root, actual, NULL);
}
