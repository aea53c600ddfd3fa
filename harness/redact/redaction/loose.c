/* SPDX-License-Identifier: MIT */
/*
 * JSON that was cut or is broken, scripts with objects in them: "key": "value", key: 'value',
 * key = "value". Nothing of the kind may pass because the rest of the text cannot be parsed.
 */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "redact/redaction/splice.h"

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
}

static size_t skip_blanks(struct text text, size_t at)
{
    while (at < text.size && (text.at[at] == ' ' || text.at[at] == '\t' ||
                              text.at[at] == '\n' || text.at[at] == '\r'))
        at++;
    return at;
}

/* The name in front of the ':' or '=' at `at`; empty where none stands. */
static struct text name_before(struct text text, size_t at)
{
    while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '"' ||
                      text.at[at - 1] == '\'' || text.at[at - 1] == '\\'))
        at--;
    size_t start = at;
    while (start > 0 && is_name_byte(text.at[start - 1]))
        start--;
    return text_slice(text, start, at);
}

/* The value behind it: what stands between quotes, or digits. False: something else. */
static bool value_after(struct text text, size_t at, size_t *ret_start, size_t *ret_end)
{
    size_t start = skip_blanks(text, at);
    while (start < text.size && text.at[start] == '\\')
        start++; /* a string inside a string */
    if (start >= text.size)
        return false;
    char quote = text.at[start];
    if (quote == '"' || quote == '\'') {
        size_t end = start + 1;
        while (end < text.size && text.at[end] != quote && text.at[end] != '\n')
            end += text.at[end] == '\\' && end + 1 < text.size && text.at[end + 1] != quote ? 2
                                                                                            : 1;
        *ret_start = start + 1;
        *ret_end = end < text.size ? end : text.size;
        return true;
    }
    size_t end = start;
    while (end < text.size && text.at[end] >= '0' && text.at[end] <= '9')
        end++;
    *ret_start = start;
    *ret_end = end;
    return end > start;
}

static void redact_value(struct redaction *redaction, struct arena *arena,
                         struct splice *splice, struct text name, size_t start, size_t end)
{
    const struct naming naming = { .name = name };
    struct text value = text_slice(splice->original, start, end);
    struct redaction_token token;
    const char *kind = value.size > 0 && !redaction_token_parse(value, &token)
                           ? redaction_kind(redaction, REDACTION_MEMBER, &naming, value)
                           : NULL;
    if (!kind)
        return;
    bool is_number = value.at[0] >= '0' && value.at[0] <= '9' && start > 0 &&
                     splice->original.at[start - 1] != '"' &&
                     splice->original.at[start - 1] != '\'';
    if (is_number)
        kind = arena_format(arena, "%s-number", kind).at;
    struct text by = redaction_replace(redaction, arena, kind, name, value);
    splice_replace(splice, start, end,
                   is_number ? arena_format(arena, "\"%.*s\"", TEXT_ARG(by)) : by);
}

struct text redaction_loose(struct redaction *redaction, struct arena *arena, struct text text)
{
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, text);
    size_t start = 0;
    size_t end = 0;
    for (size_t at = 0; at < text.size; at++) {
        struct redaction_token token;
        if (text.at[at] == '\xe2' && redaction_token_at(text, at, &token))
            at += token.size - 1;
        if (text.at[at] != ':' && text.at[at] != '=')
            continue;
        struct text name = name_before(text, at);
        if (name.size == 0 || !value_after(text, at + 1, &start, &end))
            continue;
        redact_value(redaction, arena, &splice, name, start, end);
        at = end - 1;
    }
    return redaction_plain(redaction, arena, splice_end(&splice, arena));
}
