/* SPDX-License-Identifier: MIT */
#include "support/zone_file.h"

static void add_number(struct buffer *file, uint64_t number, unsigned bytes)
{
    for (unsigned i = bytes; i > 0; i--) {
        buffer_add_byte(file, (char)(number >> (8 * (i - 1)) & 0xFF));
    }
}

static void add_head(struct buffer *file, size_t changes, size_t kinds, size_t characters)
{
    buffer_add(file, TEXT("TZif2"));
    buffer_add_repeated(file, '\0', 15);
    add_number(file, 0, 4);
    add_number(file, 0, 4);
    add_number(file, 0, 4);
    add_number(file, changes, 4);
    add_number(file, kinds, 4);
    add_number(file, characters, 4);
}

void zone_file_make(struct buffer *file, const struct zone_change *changes, size_t count,
                    const char *rule)
{
    enum { KINDS = 3, CHARACTERS = 12 };
    buffer_init(file, 1 << 16);
    add_head(file, 0, 1, 1); /* of version 1: as short as it may be */
    buffer_add_repeated(file, '\0', 6 + 1);
    add_head(file, count, KINDS, CHARACTERS);
    for (size_t i = 0; i < count; i++) {
        add_number(file, (uint64_t)changes[i].at_s, 8);
    }
    for (size_t i = 0; i < count; i++) {
        buffer_add_byte(file, (char)changes[i].kind);
    }
    for (unsigned i = 0; i < KINDS; i++) {
        add_number(file, i * 3600U, 4);
        buffer_add_byte(file, '\0');
        buffer_add_byte(file, (char)(i * 4));
    }
    buffer_add(file, TEXT("LMT\0ONE\0TWO\0"));
    buffer_add_format(file, "\n%s\n", rule);
}
