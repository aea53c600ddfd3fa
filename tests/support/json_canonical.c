/* SPDX-License-Identifier: MIT */
#include "support/json_canonical.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum { MEMBERS_LIMIT = 20000 };

struct reader {
    struct arena *arena;
    struct text json;
    size_t at;
};

struct member {
    struct text key;
    struct text value;
};

static struct text read_value(struct reader *reader);

static void stop(const struct reader *reader)
{
    printf("no JSON at offset %zu: %.*s\n", reader->at,
           TEXT_ARG(text_slice(reader->json, reader->at, reader->at + 60)));
    exit(EXIT_FAILURE);
}

static char peek(struct reader *reader)
{
    while (reader->at < reader->json.size && strchr(" \t\r\n", reader->json.at[reader->at])) {
        reader->at++;
    }
    return reader->at < reader->json.size ? reader->json.at[reader->at] : '\0';
}

static void expect(struct reader *reader, char byte)
{
    if (peek(reader) != byte) {
        stop(reader);
    }
    reader->at++;
}

static uint32_t read_hex(struct reader *reader)
{
    char digits[5] = { 0 };
    memcpy(digits, text_slice(reader->json, reader->at, reader->at + 4).at, 4);
    reader->at += 4;
    unsigned value = 0;
    if (sscanf(digits, "%4x", &value) != 1) {
        stop(reader);
    }
    return value;
}

static void read_escape(struct reader *reader, struct buffer *out)
{
    static const char letters[] = "bfnrt";
    static const char values[] = "\b\f\n\r\t";
    char letter = reader->json.at[reader->at++];
    const char *found = strchr(letters, letter);
    if (letter != 'u') {
        buffer_add_byte(out, found ? values[found - letters] : letter);
        return;
    }
    uint32_t code_point = read_hex(reader);
    if (code_point >= 0xD800 && code_point < 0xDC00) {
        reader->at += 2;
        code_point = 0x10000 + ((code_point - 0xD800) << 10) + (read_hex(reader) - 0xDC00);
    }
    buffer_add_code_point(out, code_point);
}

/* The resolved string between quotes; quotes inside it need no mark to compare it. */
static struct text read_string(struct reader *reader)
{
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, BUFFER_NO_LIMIT); /* bounded by the file */
    expect(reader, '"');
    buffer_add_byte(&out, '"');
    while (reader->at < reader->json.size && reader->json.at[reader->at] != '"') {
        char byte = reader->json.at[reader->at++];
        if (byte == '\\') {
            read_escape(reader, &out);
        } else {
            buffer_add_byte(&out, byte);
        }
    }
    expect(reader, '"');
    buffer_add_byte(&out, '"');
    return arena_text(reader->arena, buffer_text(&out));
}

static int compare_members(const void *a, const void *b)
{
    return text_compare(((const struct member *)a)->key, ((const struct member *)b)->key);
}

static struct text read_members(struct reader *reader, char open, char close)
{
    static struct member members_of_depth[16][MEMBERS_LIMIT];
    static size_t depth;
    struct member *members = members_of_depth[depth++];
    size_t count = 0;
    expect(reader, open);
    while (peek(reader) != close) {
        if (count) {
            expect(reader, ',');
        }
        members[count] = (struct member){ TEXT_EMPTY, TEXT_EMPTY };
        if (open == '{') {
            members[count].key = read_string(reader);
            expect(reader, ':');
        }
        members[count++].value = read_value(reader);
    }
    expect(reader, close);
    if (open == '{') {
        qsort(members, count, sizeof *members, compare_members);
    }
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, BUFFER_NO_LIMIT); /* bounded by the file */
    buffer_add_byte(&out, open);
    for (size_t i = 0; i < count; i++) {
        buffer_add_format(&out, "%s%.*s%s", i ? "," : "", TEXT_ARG(members[i].key),
                          open == '{' ? ":" : "");
        buffer_add(&out, members[i].value);
    }
    buffer_add_byte(&out, close);
    depth--;
    return arena_text(reader->arena, buffer_text(&out));
}

static struct text read_value(struct reader *reader)
{
    char first = peek(reader);
    if (first == '{' || first == '[') {
        return read_members(reader, first, first == '{' ? '}' : ']');
    }
    if (first == '"') {
        return read_string(reader);
    }
    size_t start = reader->at;
    while (reader->at < reader->json.size &&
           !strchr(",]} \t\r\n", reader->json.at[reader->at])) {
        reader->at++;
    }
    if (reader->at == start) {
        stop(reader);
    }
    return text_slice(reader->json, start, reader->at);
}

struct text json_canonical(struct arena *arena, struct text json)
{
    struct reader reader = { arena, json, 0 };
    struct text value = read_value(&reader);
    if (peek(&reader) != '\0') {
        stop(&reader);
    }
    return value;
}
