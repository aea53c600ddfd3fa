/* SPDX-License-Identifier: MIT */
#include "redact/redaction.h"

#include "base/attribute.h"
#include "redact/redaction/parts.h"
#include "redact/redaction/splice.h"

/* What an import keeps without being told: how the answer is to be read, cached, shown. */
static const char *const structural[] = {
    "accept",
    "accept-",
    "access-control-",
    "age",
    "allow",
    "alt-svc",
    "cache-control",
    "connection",
    "content-",
    "date",
    "expires",
    "host",
    "keep-alive",
    "last-modified",
    "pragma",
    "range",
    "retry-after",
    "sec-fetch-",
    "sec-websocket-ext",
    "sec-websocket-version",
    "server-timing",
    "strict-transport",
    "te",
    "trailer",
    "transfer-",
    "upgrade",
    "vary",
    "via",
    "warning",
    "x-content-type",
    "x-frame-",
    "x-xss-",
};
static const char *const urls[] = { "location", "content-location", "referer", "origin" };

static bool is_one(struct text name, const char *const *list, size_t count, bool is_start)
{
    for (size_t i = 0; i < count; i++) {
        struct text known = text_of(list[i]);
        bool may_be_longer = is_start && known.at[known.size - 1] == '-';
        struct text start = may_be_longer ? text_slice(name, 0, known.size) : name;
        if (text_equal_ignoring_case(start, known))
            return true;
    }
    return false;
}

static struct text joined(struct arena *arena, struct text start, struct text end)
{
    return arena_format(arena, "%.*s%.*s", TEXT_ARG(start), TEXT_ARG(end));
}

/* The scheme is kept: it is part of the contract (RFC 9110, section 11). */
static struct text redact_authorization(struct redaction *redaction, struct arena *arena,
                                        struct text name, struct text value)
{
    static const char *const schemes[] = { "bearer", "basic", "digest", "negotiate", "ntlm" };
    size_t space = text_find_byte(value, ' ', 0);
    size_t start = space < value.size ? space + 1 : 0;
    const char *kind = "authorization";
    for (size_t i = 0; i < ARRAY_SIZE(schemes); i++)
        if (text_equal_ignoring_case(text_slice(value, 0, space), text_of(schemes[i])))
            kind = schemes[i];
    struct text credentials = text_from(value, start);
    struct redaction_token token;
    if (credentials.size == 0 || text_is(credentials, "***") ||
        redaction_token_parse(credentials, &token))
        return value;
    return joined(arena, text_slice(value, 0, start),
                  redaction_replace(redaction, arena, kind, name, credentials));
}

/* The names of sub-protocols, among which some clients hide a token. */
static struct text redact_protocols(struct redaction *redaction, struct arena *arena,
                                    struct text name, struct text value)
{
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, value);
    struct text rest = value;
    struct text part;
    while (text_take_until(&rest, ',', &part)) {
        struct text item = text_trim(part);
        size_t start = (size_t)(item.at - value.at);
        struct redaction_token token;
        bool is_token = redaction_token_parse(item, &token);
        struct text redacted = !is_token && redaction_looks_random(item, 20)
                                   ? redaction_replace(redaction, arena, "token", name, item)
                                   : redaction_plain(redaction, arena, item);
        splice_update(&splice, start, start + item.size, redacted);
    }
    return splice_end(&splice, arena);
}

static bool is_named(struct text name, const char *wanted)
{
    return text_equal_ignoring_case(name, text_of(wanted));
}

static struct text redact_nonce(struct redaction *redaction, struct arena *arena,
                                struct text name, struct text value)
{
    struct redaction_token token;
    return value.size == 0 || redaction_token_parse(value, &token)
               ? value
               : redaction_replace(redaction, arena, "nonce", name, value);
}

static struct text redact_cookie(struct redaction *redaction, struct arena *arena,
                                 struct text name, struct text value)
{
    return redaction_cookies(redaction, arena, value, is_named(name, "Set-Cookie"));
}

/* Headers with a form of their own. */
struct own_form {
    const char *name;
    struct text (*redact)(struct redaction *redaction, struct arena *arena, struct text name,
                          struct text value);
};
static const struct own_form own_forms[] = {
    { "Cookie", redact_cookie },
    { "Set-Cookie", redact_cookie },
    { "Authorization", redact_authorization },
    { "Proxy-Authorization", redact_authorization },
    { "Sec-WebSocket-Protocol", redact_protocols },
    { "Sec-WebSocket-Key", redact_nonce },
    { "Sec-WebSocket-Accept", redact_nonce },
};

struct text redaction_header(struct redaction *redaction, struct arena *arena, struct text name,
                             struct text value)
{
    for (size_t i = 0; i < ARRAY_SIZE(own_forms); i++)
        if (is_named(name, own_forms[i].name))
            return own_forms[i].redact(redaction, arena, name, value);
    if (is_one(name, urls, ARRAY_SIZE(urls), false))
        return redaction_url(redaction, arena, value);
    if (is_one(name, structural, ARRAY_SIZE(structural), true))
        return redaction_plain(redaction, arena, value);
    const struct naming naming = { .name = name };
    return redaction_named(redaction, arena, REDACTION_HEADER, &naming, value);
}
