/* SPDX-License-Identifier: MIT */
#include "world/socket_words.h"

static bool digit_of(char hexadecimal, unsigned *digit)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *found = hexadecimal ? strchr(digits, hexadecimal) : NULL;
    *digit = found ? (unsigned)(found - digits) % 16 : 0;
    return found != NULL;
}

bool socket_bytes_read(struct arena *arena, struct text written, struct text *ret_bytes)
{
    char *bytes = ARENA_ARRAY(arena, written.size + 1, char);
    size_t count = 0;
    for (size_t i = 0; i < written.size; i++) {
        unsigned high;
        unsigned low;
        if (written.at[i] == ' ') {
            continue;
        }
        if (i + 1 >= written.size || !digit_of(written.at[i], &high) ||
            !digit_of(written.at[i + 1], &low)) {
            return false;
        }
        bytes[count++] = (char)(high << 4 | low);
        i++;
    }
    *ret_bytes = text_make(bytes, count);
    return true;
}

struct text socket_field_words(struct arena *arena, struct text field)
{
    struct text words = text_from(field, TEXT("the ").size);
    return text_is(words, "text") ? TEXT("message")
                                  : arena_format(arena, "message %.*s", TEXT_ARG(words));
}
