/* SPDX-License-Identifier: MIT */
/* Any bytes as a .feature file: parsed, compiled, looked through, printed; nothing may go wrong
 * and every place must lie inside of the file. */
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "gherkin/parse.h"
#include "gherkin/pickle.h"
#include "gherkin/print.h"
#include "gherkin/suspicion.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(struct span span)
{
    if (span.source && (span.start > span.end || span.end > span.source->bytes.size)) {
        BUG("a place outside of the file: %zu to %zu", span.start, span.end);
    }
}

static void look_at(const struct pickles *pickles, struct buffer *out)
{
    for (size_t i = 0; i < pickles->count; i++) {
        const struct pickle *pickle = &pickles->list[i];
        check_span(pickle_span(pickle));
        for (size_t j = 0; j < pickle->step_count; j++) {
            check_span(pickle_step(pickle, j).span);
        }
        for (size_t j = 0; j < pickle->tags->count; j++) {
            check_span(pickle_tag_span(pickle, j));
        }
        if (!pickle_is_at_line(pickle, pickle_line(pickle))) {
            BUG("pickle %zu is not at its own line", i);
        }
        pickle_print_name(out, pickle);
        gherkin_print_pickle(out, pickle, TEXT("a.feature"), 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source source;
    source_init(&source, TEXT("a.feature"), text_make((const char *)data, size));
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct problems problems CLEANUP(problems_release);
    problems_init(&problems);
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 16 << 20);
    const struct document *document;
    struct pickles pickles;
    if (gherkin_parse(&source, &arena, &document, &problems)) {
        suspicions_find(document, PROBLEM_WARNING, &problems);
        gherkin_print_document(&out, document, TEXT("a.feature"), 0);
        if (pickles_compile(document, &arena, &pickles, &problems)) {
            look_at(&pickles, &out);
        }
    }
    gherkin_print_tokens(&out, &source);
    for (size_t i = 0; i < problems.count; i++) {
        check_span(problems.list[i].at);
        gherkin_print_parse_error(&out, &problems.list[i], TEXT("a.feature"));
    }
    return 0;
}
