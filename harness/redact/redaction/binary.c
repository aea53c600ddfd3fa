/* SPDX-License-Identifier: MIT */
/*
 * Bytes of an unknown form (MessagePack, CBOR, AMF, …): what can be read in them. A readable run
 * behind a sensitive name, a value that looks like a secret and a long random run are replaced
 * byte for byte, so that lengths and offsets in the frame stay right.
 */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "redact/redaction/splice.h"

enum { RUN_SHORTEST = 3, GAP_MOST = 8, SECRET_SHORTEST = 4, RANDOM_SHORTEST = 32 };

static const char *const words[] = { "token",         "password",    "passwd", "secret",
                                     "session_id",    "sessionid",   "apikey", "api_key",
                                     "authorization", "private_key", "jwt",    "csrf" };

static bool is_readable(char byte)
{
    return byte >= ' ' && byte <= '~';
}

static char lower(char byte)
{
    return (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
}

static bool starts_with_word(struct text text, struct text word)
{
    for (size_t i = 0; i < word.size; i++)
        if (i >= text.size || lower(text.at[i]) != word.at[i])
            return false;
    return true;
}

/* Offset after the last sensitive word in the run; 0 where there is none. */
static size_t after_word(struct text run)
{
    for (size_t at = run.size; at-- > 0;)
        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
            if (starts_with_word(text_from(run, at), text_of(words[i])))
                return at + text_of(words[i]).size;
    return 0;
}

/* Made by redaction_replace_bytes. */
static bool is_replaced(struct text bytes)
{
    for (size_t i = 1; i < bytes.size; i++)
        if (!((bytes.at[i] >= '0' && bytes.at[i] <= '9') ||
              (bytes.at[i] >= 'a' && bytes.at[i] <= 'f')))
            return false;
    return bytes.size > 0 && bytes.at[0] == '*';
}

static void replace(struct redaction *redaction, struct arena *arena, struct splice *splice,
                    const char *kind, struct text bytes)
{
    size_t start = (size_t)(bytes.at - splice->original.at);
    if (bytes.size >= SECRET_SHORTEST && !is_replaced(bytes))
        splice_replace(splice, start, start + bytes.size,
                       redaction_replace_bytes(redaction, arena, kind, bytes));
}

static bool is_uuid(struct text run)
{
    return run.size == 36 && run.at[8] == '-' && run.at[13] == '-' && run.at[18] == '-';
}

/* Values in a run that no name announces. */
static void redact_looks(struct redaction *redaction, struct arena *arena,
                         struct splice *splice, struct text run)
{
    struct look look;
    size_t from = 0;
    bool has_look = false;
    while (redaction_look(redaction, run, from, &look)) {
        replace(redaction, arena, splice, look.kind, text_slice(run, look.start, look.end));
        from = look.end;
        has_look = true;
    }
    if (!has_look && !is_uuid(run) && redaction_looks_random(run, RANDOM_SHORTEST))
        replace(redaction, arena, splice, "token", run);
}

struct text redaction_binary(struct redaction *redaction, struct arena *arena,
                             struct text bytes)
{
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, bytes);
    size_t named_until = 0; /* a run that starts before this one's end plus a gap is a value */
    for (size_t at = 0; at < bytes.size;) {
        size_t end = at;
        while (end < bytes.size && is_readable(bytes.at[end]))
            end++;
        struct text run = text_slice(bytes, at, end);
        if (run.size >= RUN_SHORTEST) {
            size_t word = after_word(run);
            bool has_rest = word > 0 && word + SECRET_SHORTEST <= run.size;
            if (at <= named_until && named_until > 0)
                replace(redaction, arena, &splice, "token", run);
            else if (has_rest)
                replace(redaction, arena, &splice, "token", text_from(run, word));
            else
                redact_looks(redaction, arena, &splice, run);
            named_until = word > 0 && !has_rest ? end + GAP_MOST : 0;
        }
        at = end + 1;
    }
    return splice_end(&splice, arena);
}
