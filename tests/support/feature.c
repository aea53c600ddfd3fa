/* SPDX-License-Identifier: MIT */
#include "support/feature.h"

#include "base/buffer.h"

void feature_init(struct feature_fixture *fixture, struct text text)
{
    *fixture = (struct feature_fixture){ .document = NULL };
    source_init(&fixture->source, TEXT("a.feature"), text);
    arena_init(&fixture->arena);
    problems_init(&fixture->problems);
    fixture->is_compiled = gherkin_parse(&fixture->source, &fixture->arena, &fixture->document,
                                         &fixture->problems) &&
                           pickles_compile(fixture->document, &fixture->arena,
                                           &fixture->pickles, &fixture->problems);
}

void feature_release(struct feature_fixture *fixture)
{
    problems_release(&fixture->problems);
    arena_release(&fixture->arena);
    source_release(&fixture->source);
}

const char *feature_problems(struct feature_fixture *fixture)
{
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, BUFFER_NO_LIMIT); /* bounded by PROBLEMS_LIMIT */
    for (size_t i = 0; i < fixture->problems.count; i++) {
        const struct problem *problem = &fixture->problems.list[i];
        struct position position = source_position(problem->at.source, problem->at.start);
        buffer_add_format(&out, "%zu:%zu %.*s\n", position.line, position.column,
                          TEXT_ARG(problem->message));
    }
    return arena_string(&fixture->arena, buffer_text(&out));
}
