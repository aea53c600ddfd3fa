/* SPDX-License-Identifier: MIT */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "redact/redaction/splice.h"
#include "redact/secrets.h"

/* The secrets that are known, outside tokens. */
static struct text without_known(struct redaction *redaction, struct arena *arena,
                                 struct text value)
{
    size_t start = 0;
    size_t end = 0;
    if (!redaction->known || !secrets_find(redaction->known, value, 0, &start, &end))
        return value;
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, value);
    do {
        struct text secret = text_slice(value, start, end);
        splice_replace(&splice, start, end,
                       redaction_replace(redaction, arena, "known", TEXT_EMPTY, secret));
    } while (secrets_find(redaction->known, value, end, &start, &end));
    return splice_end(&splice, arena);
}

struct text redaction_plain(struct redaction *redaction, struct arena *arena, struct text value)
{
    struct text known = without_known(redaction, arena, value);
    struct look look;
    if (!redaction_look(redaction, known, 0, &look))
        return known;
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, known);
    do {
        struct text secret = text_slice(known, look.start, look.end);
        splice_replace(&splice, look.start, look.end,
                       redaction_replace(redaction, arena, look.kind, TEXT_EMPTY, secret));
    } while (redaction_look(redaction, known, look.end, &look));
    return splice_end(&splice, arena);
}

/* As shown by reports and by other tools: already without the secret. */
static bool is_masked(struct text value)
{
    struct redaction_token token;
    return value.size == 0 || text_is(value, SECRETS_MASK) ||
           redaction_token_parse(value, &token);
}

struct text redaction_named(struct redaction *redaction, struct arena *arena,
                            enum redaction_place place, const struct naming *naming,
                            struct text value)
{
    if (is_masked(value))
        return value;
    const char *kind = redaction_kind(redaction, place, naming, value);
    if (kind)
        return redaction_replace(redaction, arena, kind, naming->name, value);
    struct text json;
    char first = value.at[0];
    if ((first == '{' || first == '[') && redaction->nesting < REDACTION_NESTING_LIMIT &&
        redaction_json(redaction, arena, naming, value, &json))
        return json;
    if (text_find(value, TEXT("://"), 0) < 12 && text_find_byte(value, ' ', 0) == value.size)
        return redaction_url(redaction, arena, value);
    return redaction_plain(redaction, arena, value);
}

struct text redaction_value(struct redaction *redaction, struct arena *arena, struct text name,
                            struct text value)
{
    const struct naming naming = { .name = name };
    return redaction_named(redaction, arena, REDACTION_PARAMETER, &naming, value);
}
