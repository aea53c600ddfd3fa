/* SPDX-License-Identifier: MIT */
/* A line that is a step's text, an expression and a tag expression: whatever it says, matching,
 * compiling, suggesting and parsing end, and a canonical form is its own form. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "format/regex.h"
#include "match/expression.h"
#include "match/parameter_type.h"
#include "match/step_choice.h"
#include "match/tag_expression.h"
#include "steps/vocabulary.h"

enum { OUT_LIMIT_BYTES = 1 << 20, REGISTRY_USES = 5000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Compiling the patterns takes much longer than an input: they are kept for a while. */
static struct parameter_types *types;
static struct registry *registry;

static void try_tag_expression(struct text text, struct arena *arena)
{
    const struct tag_expression *expression = NULL;
    struct tag_expression_error error;
    struct buffer once CLEANUP(buffer_release);
    struct buffer twice CLEANUP(buffer_release);
    buffer_init(&once, OUT_LIMIT_BYTES);
    buffer_init(&twice, OUT_LIMIT_BYTES);
    if (!tag_expression_parse(text, arena, &expression, &error)) {
        tag_expression_error_print(&once, text, &error);
        return;
    }
    tag_expression_print(&once, expression);
    if (tag_expression_parse(buffer_text(&once), arena, &expression, &error)) {
        tag_expression_print(&twice, expression);
        if (!text_equal(buffer_text(&once), buffer_text(&twice))) {
            abort();
        }
    }
}

static void try_expression(struct text text, struct arena *arena)
{
    struct expression expression;
    struct expression_error error;
    struct regex *regex CLEANUP(regex_release) = NULL;
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, OUT_LIMIT_BYTES);
    if (!expression_compile(text, types, arena, &expression, &error)) {
        expression_error_print(&out, &error);
    } else if (regex_compile(expression_pattern(&expression, arena), 0, &regex, NULL)) {
        (void)!regex_match(regex, text, 0, NULL, 0);
    }
}

static void renew_registry(void)
{
    static unsigned uses;
    if (uses++ % REGISTRY_USES == 0) {
        registry_free(registry);
        parameter_types_free(types);
        types = vocabulary_types_new();
        registry = vocabulary_registry_new(types);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena CLEANUP(arena_release);
    struct text text = text_make((const char *)data, size);
    struct step_choice choice;
    renew_registry();
    arena_init(&arena);
    step_choose(registry, text, size % 2 == 0, size % 3 == 0, &arena, &choice);
    try_expression(text, &arena);
    try_tag_expression(text, &arena);
    return 0;
}
