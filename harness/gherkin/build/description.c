/* SPDX-License-Identifier: MIT */
#include "gherkin/build/description.h"

#include <string.h>

#include "gherkin/tokens/line.h"

static bool is_comment(struct text line)
{
    return text_starts_with(text_from(line, blank_size(line)), TEXT("#"));
}

struct text *description_make(struct arena *arena, const struct source *source, size_t start,
                              size_t end)
{
    struct text *description = ARENA_NEW(arena, struct text);
    struct text written = text_slice(source->bytes, start, end);
    *description = written;
    if (text_find_byte(written, '#', 0) == written.size &&
        text_find_byte(written, '\r', 0) == written.size) {
        return description;
    }
    char *copy = arena_string(arena, written);
    char *at = copy;
    for (size_t line_start = 0; line_start <= written.size;) {
        size_t line_end = text_find_byte(written, '\n', line_start);
        struct text line = text_slice(written, line_start, line_end);
        bool is_last = line_end == written.size;
        line_start = line_end + 1;
        if (is_comment(line)) {
            continue;
        }
        if (!is_last && line.size && line.at[line.size - 1] == '\r') {
            line.size--;
        }
        memcpy(at, line.at, line.size);
        at += line.size;
        if (!is_last) {
            *at++ = '\n';
        }
    }
    *at = '\0';
    *description = text_make(copy, (size_t)(at - copy));
    return description;
}
