/* SPDX-License-Identifier: MIT */
/*
 * JSON that was cut or is broken, scripts with objects in them: "key": "value", key: 'value',
 * key = "value". Nothing of the kind may pass because the rest of the text cannot be parsed.
 */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "redact/redaction/bytes.h"
#include "redact/redaction/splice.h"

/* The name in front of the ':' or '=' at `at`; empty where none stands. */
static struct text name_before(struct text text, size_t at)
{
    while (at > 0 && byte_is_one_of(text.at[at - 1], " \"'\\"))
        at--;
    size_t start = at;
    while (start > 0 && byte_is_token(text.at[start - 1]))
        start--;
    return text_slice(text, start, at);
}

/* Where a string ends whose opening quote stands before `at`: at its quote, or with the line. */
static size_t string_end(struct text text, size_t at, char quote)
{
    while (at < text.size && text.at[at] != quote && text.at[at] != '\n') {
        bool is_escape = text.at[at] == '\\' && at + 1 < text.size && text.at[at + 1] != quote;
        at += is_escape ? 2 : 1;
    }
    return at < text.size ? at : text.size;
}

/* The value behind it: what stands between quotes, or digits. False: something else. */
static bool value_after(struct text text, size_t at, size_t *ret_start, size_t *ret_end)
{
    while (at < text.size && byte_is_one_of(text.at[at], " \t\r\n\\"))
        at++; /* also the backslashes of a string inside a string */
    if (at < text.size && (text.at[at] == '"' || text.at[at] == '\'')) {
        *ret_start = at + 1;
        *ret_end = string_end(text, at + 1, text.at[at]);
        return true;
    }
    size_t end = at;
    while (end < text.size && byte_is_digit(text.at[end]))
        end++;
    *ret_start = at;
    *ret_end = end;
    return end > at;
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
    bool is_number = byte_is_digit(value.at[0]) && start > 0 &&
                     !byte_is_one_of(splice->original.at[start - 1], "\"'");
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
