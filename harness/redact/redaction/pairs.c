/* SPDX-License-Identifier: MIT */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "format/percent.h"
#include "redact/redaction/bytes.h"
#include "redact/redaction/splice.h"

/* Of a query or a form: '+' is a blank (WHATWG URL, section 5.1). */
static struct text decoded(struct arena *arena, struct text coded)
{
    size_t size = coded.size;
    if (text_find_byte(coded, '+', 0) == size && text_find_byte(coded, '%', 0) == size)
        return coded;
    char *blanks = arena_string(arena, coded);
    for (size_t i = 0; i < size; i++)
        if (blanks[i] == '+')
            blanks[i] = ' ';
    return percent_decode(arena, text_make(blanks, size));
}

static void redact_pair(struct redaction *redaction, struct arena *arena, struct text pair,
                        struct splice *splice, size_t start)
{
    size_t equals = text_find_byte(pair, '=', 0);
    if (equals == pair.size) {
        struct text whole = decoded(arena, pair);
        struct text redacted = redaction_plain(redaction, arena, whole);
        if (!text_equal(whole, redacted))
            splice_replace(splice, start, start + pair.size, percent_encode(arena, redacted));
        return;
    }
    const struct naming naming = { .name = decoded(arena, text_slice(pair, 0, equals)) };
    struct text value = decoded(arena, text_from(pair, equals + 1));
    struct text redacted =
        redaction_named(redaction, arena, REDACTION_PARAMETER, &naming, value);
    if (!text_equal(value, redacted))
        splice_replace(splice, start + equals + 1, start + pair.size,
                       percent_encode(arena, redacted));
}

struct text redaction_pairs(struct redaction *redaction, struct arena *arena, struct text pairs)
{
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, pairs);
    struct text rest = pairs;
    struct text pair;
    size_t start = 0;
    while (text_take_until(&rest, '&', &pair)) {
        redact_pair(redaction, arena, pair, &splice, start);
        start += pair.size + 1;
    }
    return splice_end(&splice, arena);
}

/* Names and attributes are part of the contract; values are not (RFC 6265, sections 4.1, 4.2). */
struct text redaction_cookies(struct redaction *redaction, struct arena *arena,
                              struct text value, bool is_set)
{
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, value);
    struct text rest = value;
    struct text part;
    while (text_take_until(&rest, ';', &part)) {
        size_t equals = text_find_byte(part, '=', 0);
        size_t from = equals < part.size ? equals + 1 : 0;
        struct text cookie = text_trim(text_from(part, from));
        struct redaction_token token;
        if (cookie.size > 0 && !redaction_token_parse(cookie, &token)) {
            struct text name = text_trim(text_slice(part, 0, equals < part.size ? equals : 0));
            size_t at = (size_t)(cookie.at - value.at);
            splice_replace(&splice, at, at + cookie.size,
                           redaction_replace(redaction, arena, "cookie", name, cookie));
        }
        if (is_set)
            break;
    }
    return splice_end(&splice, arena);
}

/* A part of a path that looks random, behind one with a sensitive name: /password-reset/… */
static void redact_path(struct redaction *redaction, struct arena *arena, struct text url,
                        size_t start, size_t end, struct splice *splice)
{
    struct text previous = TEXT_EMPTY;
    for (size_t at = start; at < end;) {
        size_t stop = text_find_byte(url, '/', at);
        stop = stop < end ? stop : end;
        struct text part = text_slice(url, at, stop);
        struct redaction_token token;
        const char *kind =
            redaction_looks_random(part, 20) && !redaction_token_parse(part, &token)
                ? redaction_kind_built_in(REDACTION_MEMBER, previous, part)
                : NULL;
        struct text redacted = kind ? redaction_replace(redaction, arena, kind, previous, part)
                                    : redaction_plain(redaction, arena, part);
        if (!text_equal(part, redacted))
            splice_replace(splice, at, stop, percent_encode(arena, redacted));
        previous = part;
        at = stop + 1;
    }
}

/* What stands before the '@' of the authority, which ends at `path`. */
static void redact_user(struct redaction *redaction, struct arena *arena, struct splice *splice,
                        size_t authority, size_t path)
{
    struct text url = splice->original;
    size_t at = path;
    while (at > authority && url.at[at - 1] != '@')
        at--;
    if (at <= authority + 1)
        return;
    struct text user = text_slice(url, authority, at - 1);
    struct redaction_token token;
    if (redaction_token_parse(user, &token))
        return;
    struct text by = redaction_replace(redaction, arena, "password", TEXT_EMPTY, user);
    splice_replace(splice, authority, at - 1, percent_encode(arena, by));
}

struct text redaction_url(struct redaction *redaction, struct arena *arena, struct text url)
{
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, url);
    size_t slashes = text_find(url, TEXT("://"), 0);
    size_t authority = slashes == url.size ? 0 : slashes + 3;
    size_t path = authority;
    while (path < url.size && !byte_is_one_of(url.at[path], "/?#"))
        path++;
    if (authority > 0)
        redact_user(redaction, arena, &splice, authority, path);
    size_t fragment = text_find_byte(url, '#', path);
    size_t question = text_find_byte(text_slice(url, 0, fragment), '?', path);
    bool is_rooted = path < question && url.at[path] == '/';
    redact_path(redaction, arena, url, path + is_rooted, question, &splice);
    if (question < fragment)
        splice_update(
            &splice, question + 1, fragment,
            redaction_pairs(redaction, arena, text_slice(url, question + 1, fragment)));
    if (fragment < url.size)
        splice_update(&splice, fragment + 1, url.size,
                      redaction_pairs(redaction, arena, text_from(url, fragment + 1)));
    return splice_end(&splice, arena);
}
