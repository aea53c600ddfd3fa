/* SPDX-License-Identifier: MIT */
#include "base/problem.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/escape.h"
#include "base/utf8.h"

enum { EXCERPT_COLUMNS = 120, EXCERPT_BEFORE = 60, PLACE_LIMIT_BYTES = 4096 };

void problems_init(struct problems *problems)
{
    *problems = (struct problems){ 0 };
    arena_init(&problems->arena);
}

void problems_release(struct problems *problems)
{
    arena_release(&problems->arena);
    free(problems->list);
    *problems = (struct problems){ 0 };
}

void problems_clear(struct problems *problems)
{
    arena_clear(&problems->arena);
    problems->count = 0;
    problems->dropped = 0;
}

static struct problem *add(struct problems *problems, enum problem_kind kind, struct span at)
{
    if (problems->count == PROBLEMS_LIMIT) {
        problems->dropped++;
        return NULL;
    }
    GROW(problems->list, problems->count, problems->capacity);
    struct problem *problem = &problems->list[problems->count++];
    *problem = (struct problem){ .kind = kind, .at = at };
    return problem;
}

void problems_add(struct problems *problems, enum problem_kind kind, struct span at,
                  const char *hint, const char *format, ...)
{
    struct problem *problem = add(problems, kind, at);
    if (!problem) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    problem->message = arena_format_list(&problems->arena, format, arguments);
    va_end(arguments);
    problem->hint = arena_text(&problems->arena, text_of(hint));
}

void problems_add_related(struct problems *problems, enum problem_kind kind, struct span at,
                          struct span related, const char *note, const char *format, ...)
{
    struct problem *problem = add(problems, kind, at);
    if (!problem) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    problem->message = arena_format_list(&problems->arena, format, arguments);
    va_end(arguments);
    problem->related = related;
    problem->related_note = arena_text(&problems->arena, text_of(note));
}

void problems_hint(struct problems *problems, const char *format, ...)
{
    if (problems->count == 0 || problems->dropped > 0) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    problems->list[problems->count - 1].hint =
        arena_format_list(&problems->arena, format, arguments);
    va_end(arguments);
}

void problems_adopt(struct problems *problems, const struct problems *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct problem *problem = &found->list[i];
        CLEANUP(buffer_release) struct buffer place;
        buffer_init(&place, PLACE_LIMIT_BYTES);
        if (problem->at.source) {
            span_print(&place, problem->at);
            buffer_add_string(&place, ": ");
        }
        problems_add(problems, problem->kind, span_none(), NULL, "%.*s%.*s",
                     TEXT_ARG(buffer_text(&place)), TEXT_ARG(problem->message));
        if (problem->hint.size > 0) {
            problems_hint(problems, "%.*s", TEXT_ARG(problem->hint));
        }
    }
}

bool problems_has_error(const struct problems *problems)
{
    return problems_exit_code(problems) != EXIT_CODE_YES;
}

enum exit_code problems_exit_code(const struct problems *problems)
{
    static const enum exit_code codes[] = {
        [PROBLEM_WARNING] = EXIT_CODE_YES,
        [PROBLEM_USAGE] = EXIT_CODE_USAGE,
        [PROBLEM_INPUT] = EXIT_CODE_USAGE,
        [PROBLEM_NOTHING] = EXIT_CODE_NOTHING,
        [PROBLEM_ENVIRONMENT] = EXIT_CODE_ENVIRONMENT,
    };
    enum exit_code worst = EXIT_CODE_YES;
    for (size_t i = 0; i < problems->count; i++) {
        worst = exit_code_worse(worst, codes[problems->list[i].kind]);
    }
    return worst;
}

static void add_coloured(struct buffer *out, const char *sgr, const char *words,
                         bool with_colour)
{
    if (with_colour) {
        buffer_add_format(out, "\033[%sm%s\033[0m", sgr, words);
    } else {
        buffer_add_string(out, words);
    }
}

void span_print_excerpt(struct buffer *out, struct span span, bool with_colour)
{
    span = span_as_written(span);
    if (!span.source || (span.source->bytes.size == 0 && !span.source->parent)) {
        return;
    }
    struct text line = source_line_at(span.source, span.start);
    size_t column = source_position(span.source, span.start).column - 1;
    size_t width = utf8_count(text_slice(span.source->bytes, span.start,
                                         text_find_byte(span.source->bytes, '\n', span.start)));
    size_t spanned = utf8_count(span_text(span));
    width = spanned < width ? spanned : width;
    size_t cut = column > EXCERPT_COLUMNS - 20 ? column - EXCERPT_BEFORE : 0;
    struct text shown = text_from(line, utf8_offset(line, cut));
    shown = text_slice(shown, 0, utf8_offset(shown, EXCERPT_COLUMNS));
    size_t before_size = utf8_offset(shown, column - cut);
    buffer_add_string(out, "  ");
    size_t escaped_from = out->size;
    escape_control(out, text_slice(shown, 0, before_size));
    size_t caret_column = utf8_count(text_from(buffer_text(out), escaped_from));
    escape_control(out, text_from(shown, before_size));
    buffer_add_string(out, "\n  ");
    buffer_add_repeated(out, ' ', caret_column);
    size_t room = EXCERPT_COLUMNS - (column - cut);
    width = width < 1 ? 1 : width > room ? room : width;
    if (with_colour) {
        buffer_add_string(out, "\033[31m");
    }
    buffer_add_repeated(out, '^', width);
    buffer_add_string(out, with_colour ? "\033[0m\n" : "\n");
}

void problem_print(struct buffer *out, const struct problem *problem, bool with_colour)
{
    if (problem->at.source) {
        span_print(out, problem->at);
    } else {
        buffer_add_string(out, "bddrun");
    }
    bool is_warning = problem->kind == PROBLEM_WARNING;
    buffer_add_string(out, ": ");
    add_coloured(out, is_warning ? "33" : "31", is_warning ? "warning" : "error", with_colour);
    buffer_add_string(out, ": ");
    escape_control(out, problem->message);
    buffer_add_byte(out, '\n');
    span_print_excerpt(out, problem->at, with_colour);
    if (problem->related.source) {
        span_print(out, problem->related);
        buffer_add_format(out, ": %.*s\n", TEXT_ARG(problem->related_note));
        span_print_excerpt(out, problem->related, with_colour);
    }
    if (problem->hint.size) {
        buffer_add_string(out, "  hint: ");
        escape_control(out, problem->hint);
        buffer_add_byte(out, '\n');
    }
}
