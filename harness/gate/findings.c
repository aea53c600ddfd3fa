/* SPDX-License-Identifier: MIT */
#include "gate/findings.h"

#include <stdarg.h>

void findings_init(struct findings *findings, struct arena *arena)
{
    *findings = (struct findings){ .arena = arena };
}

static struct verdict_rule *newest(struct findings *findings)
{
    if (findings->count == 0) {
        BUG("there is no finding yet");
    }
    return &findings->list[findings->count - 1];
}

void findings_add(struct findings *findings, enum verdict_result result, const char *name,
                  const char *format, ...)
{
    if (findings->count == findings->capacity) {
        size_t capacity = findings->capacity ? findings->capacity * 2 : 64;
        struct verdict_rule *list = ARENA_ARRAY(findings->arena, capacity, struct verdict_rule);
        for (size_t i = 0; i < findings->count; i++) {
            list[i] = findings->list[i];
        }
        findings->list = list;
        findings->capacity = capacity;
    }
    va_list arguments;
    va_start(arguments, format);
    struct text reason = arena_format_list(findings->arena, format, arguments);
    va_end(arguments);
    findings->list[findings->count++] = (struct verdict_rule){
        .name = arena_text(findings->arena, text_of(name)), .result = result, .reason = reason
    };
}

void findings_hint(struct findings *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    newest(findings)->hint = arena_format_list(findings->arena, format, arguments);
    va_end(arguments);
}

void findings_measured(struct findings *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    newest(findings)->measured = arena_format_list(findings->arena, format, arguments);
    va_end(arguments);
}

void findings_required(struct findings *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    newest(findings)->required = arena_format_list(findings->arena, format, arguments);
    va_end(arguments);
}

void findings_place(struct findings *findings, struct text file, uint64_t line)
{
    struct verdict_rule *rule = newest(findings);
    rule->file = arena_text(findings->arena, file);
    rule->line = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
}

void findings_at(struct findings *findings, struct span span)
{
    if (!span.source) {
        return;
    }
    struct position position = source_position(span.source, span.start);
    findings_place(findings, source_shown(span.source)->name, position.line);
    newest(findings)->column = (uint32_t)position.column;
}

const char *findings_name(struct findings *findings, const char *start, struct text name)
{
    return arena_format(findings->arena, "%s%.*s", start, TEXT_ARG(name)).at;
}
