/* SPDX-License-Identifier: MIT */
#include "world/quoted.h"

struct text quoted_content(struct arena *arena, struct text quoted)
{
    if (quoted.size < 2) {
        return quoted;
    }
    struct text inner = text_slice(quoted, 1, quoted.size - 1);
    if (text_find_byte(inner, '\\', 0) == inner.size) {
        return inner;
    }
    char *content = arena_string(arena, inner);
    size_t size = 0;
    for (size_t i = 0; i < inner.size; i++) {
        bool is_escape = inner.at[i] == '\\' && i + 1 < inner.size &&
                         (inner.at[i + 1] == quoted.at[0] || inner.at[i + 1] == '\\');
        i += is_escape;
        content[size++] = inner.at[i];
    }
    content[size] = '\0';
    return text_make(content, size);
}
