/* SPDX-License-Identifier: MIT */
/*
 * Bytes of an unknown form (MessagePack, CBOR, AMF, …): what can be read in them. A readable run
 * behind a sensitive name, a value that looks like a secret and a long random run are replaced
 * byte for byte, so that lengths and offsets in the frame stay right.
 */
#include "redact/redaction/parts.h"

#include "base/attribute.h"
#include "redact/redaction/bytes.h"
#include "redact/redaction/splice.h"

enum { RUN_SHORTEST = 3, GAP_MOST = 8, SECRET_SHORTEST = 4, RANDOM_SHORTEST = 32 };

static const char *const words[] = { "token",         "password",    "passwd", "secret",
                                     "session_id",    "sessionid",   "apikey", "api_key",
                                     "authorization", "private_key", "jwt",    "csrf" };

static bool is_readable(char byte)
{
    return byte >= ' ' && byte <= '~';
}

/* Offset after the last sensitive word in the run; 0 where there is none. */
static size_t after_word(struct text run)
{
    for (size_t at = run.size; at-- > 0;)
        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
            if (text_equal_ignoring_case(text_slice(run, at, at + text_of(words[i]).size),
                                         text_of(words[i])))
                return at + text_of(words[i]).size;
    return 0;
}

/* Made by redaction_replace_bytes. */
static bool is_replaced(struct text bytes)
{
    for (size_t i = 1; i < bytes.size; i++)
        if (!byte_is_digit(bytes.at[i]) && !byte_is_one_of(bytes.at[i], "abcdef"))
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

/* One readable run: a value when `is_value`, else a name, a name with its value, or neither.
 * Returns whether it is a name whose value comes next. */
static bool redact_run(struct redaction *redaction, struct arena *arena, struct splice *splice,
                       struct text run, bool is_value)
{
    size_t word = after_word(run);
    bool has_rest = word > 0 && word + SECRET_SHORTEST <= run.size;
    if (is_value)
        replace(redaction, arena, splice, "token", run);
    else if (has_rest)
        replace(redaction, arena, splice, "token", text_from(run, word));
    else
        redact_looks(redaction, arena, splice, run);
    return word > 0 && !has_rest;
}

struct text redaction_binary(struct redaction *redaction, struct arena *arena,
                             struct text bytes)
{
    CLEANUP(splice_release) struct splice splice;
    splice_begin(&splice, bytes);
    size_t value_until = 0; /* a run that starts up to here is a value; 0: none is */
    for (size_t at = 0; at < bytes.size;) {
        size_t end = at;
        while (end < bytes.size && is_readable(bytes.at[end]))
            end++;
        if (end - at >= RUN_SHORTEST) {
            bool is_name = redact_run(redaction, arena, &splice, text_slice(bytes, at, end),
                                      value_until > 0 && at <= value_until);
            value_until = is_name ? end + GAP_MOST : 0;
        }
        at = end + 1;
    }
    return splice_end(&splice, arena);
}
