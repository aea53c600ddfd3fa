/* SPDX-License-Identifier: MIT */
#include "format/redaction_token.h"

/* The two spellings: as it is, and percent-encoded by format/percent. */
struct spelling {
    struct text start;
    struct text colon;
    struct text end;
};
static const struct spelling spellings[] = {
    { TEXT_STATIC(REDACTION_TOKEN_START), TEXT_STATIC(":"), TEXT_STATIC(REDACTION_TOKEN_END) },
    { TEXT_STATIC("%E2%80%B9redacted%3A"), TEXT_STATIC("%3A"), TEXT_STATIC("%E2%80%BA") },
};

/* What every run gets anew: nothing but its identity can be the same. */
static const char *const minted[] = { "cookie",    "session", "token", "jwt",   "bearer",
                                      "signature", "csrf",    "otp",   "nonce", "known" };

static bool is_hex(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
}

static bool is_kind(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-';
}

/* Takes the longest run that `allows` off the text at *at, then `end`. */
static bool take(struct text whole, size_t *at, bool (*allows)(char byte), struct text end,
                 struct text *ret_part)
{
    size_t stop = *at;
    while (stop < whole.size && allows(whole.at[stop]))
        stop++;
    if (!text_starts_with(text_from(whole, stop), end))
        return false;
    *ret_part = text_slice(whole, *at, stop);
    *at = stop + end.size;
    return true;
}

static bool token_spelt(struct text whole, size_t start, const struct spelling *spelling,
                        struct redaction_token *ret_token)
{
    struct redaction_token token;
    size_t at = start + spelling->start.size;
    if (!text_starts_with(text_from(whole, start), spelling->start) ||
        !take(whole, &at, is_kind, spelling->colon, &token.kind) ||
        !take(whole, &at, is_hex, spelling->colon, &token.key_id) ||
        !take(whole, &at, is_hex, spelling->end, &token.digest))
        return false;
    if (token.kind.size == 0 || token.kind.size > REDACTION_KIND_LIMIT ||
        token.key_id.size != REDACTION_KEY_ID_SIZE ||
        token.digest.size != REDACTION_DIGEST_SIZE)
        return false;
    token.size = at - start;
    *ret_token = token;
    return true;
}

bool redaction_token_at(struct text whole, size_t at, struct redaction_token *ret_token)
{
    for (size_t i = 0; i < ARRAY_SIZE(spellings); i++)
        if (token_spelt(whole, at, &spellings[i], ret_token))
            return true;
    return false;
}

bool redaction_token_parse(struct text whole, struct redaction_token *ret_token)
{
    struct redaction_token token;
    if (!redaction_token_at(whole, 0, &token) || token.size != whole.size)
        return false;
    *ret_token = token;
    return true;
}

size_t redaction_token_find(struct text whole, size_t from)
{
    struct redaction_token token;
    for (size_t at = from; at < whole.size; at++)
        if ((whole.at[at] == '\xe2' || whole.at[at] == '%') &&
            redaction_token_at(whole, at, &token))
            return at;
    return whole.size;
}

bool redaction_token_same_key(const struct redaction_token *a, const struct redaction_token *b)
{
    return text_equal(a->key_id, b->key_id);
}

bool redaction_token_is_minted(const struct redaction_token *token)
{
    for (size_t i = 0; i < ARRAY_SIZE(minted); i++)
        if (text_is(token->kind, minted[i]))
            return true;
    return false;
}

void redaction_token_print(struct buffer *out, const struct redaction_token *token)
{
    buffer_add_string(out, REDACTION_TOKEN_START);
    buffer_add(out, token->kind);
    buffer_add_byte(out, ':');
    buffer_add(out, token->key_id);
    buffer_add_byte(out, ':');
    buffer_add(out, token->digest);
    buffer_add_string(out, REDACTION_TOKEN_END);
}
