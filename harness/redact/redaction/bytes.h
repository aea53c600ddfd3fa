/* SPDX-License-Identifier: MIT */
/* Kinds of ASCII bytes. */
#ifndef BDDRUN_REDACT_REDACTION_BYTES_H
#define BDDRUN_REDACT_REDACTION_BYTES_H

#include <stdbool.h>
#include <string.h>

static inline bool byte_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool byte_is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static inline bool byte_is_word(char byte)
{
    return byte_is_digit(byte) || byte_is_letter(byte);
}

/* Of base64url, of most keys. */
static inline bool byte_is_token(char byte)
{
    return byte_is_word(byte) || byte == '-' || byte == '_';
}

static inline bool byte_is_one_of(char byte, const char *bytes)
{
    return byte != '\0' && strchr(bytes, byte) != NULL;
}

#endif
