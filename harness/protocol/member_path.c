/* SPDX-License-Identifier: MIT */
#include "protocol/member_path.h"

/* The end of a name after a dot: the rules of JSONPath were checked when the path was compiled. */
static size_t name_end(struct text path, size_t at)
{
    while (at < path.size && path.at[at] != '.' && path.at[at] != '[' && path.at[at] != ' ') {
        at++;
    }
    return at;
}

/* ['name'] or ["name"] at `at`. */
static bool read_quoted(struct text path, size_t at, struct text *ret_name, size_t *ret_end)
{
    if (at + 1 >= path.size || (path.at[at + 1] != '\'' && path.at[at + 1] != '"')) {
        return false;
    }
    size_t close = text_find_byte(path, path.at[at + 1], at + 2);
    if (close + 1 >= path.size || path.at[close + 1] != ']') {
        return false;
    }
    *ret_name = text_slice(path, at + 2, close);
    *ret_end = close + 2;
    return text_find_byte(*ret_name, '\\', 0) == ret_name->size;
}

static bool read_name(struct text path, size_t at, struct text *ret_name, size_t *ret_end)
{
    if (path.at[at] == '[') {
        return read_quoted(path, at, ret_name, ret_end);
    }
    if (path.at[at] != '.') {
        return false;
    }
    *ret_end = name_end(path, at + 1);
    *ret_name = text_slice(path, at + 1, *ret_end);
    return ret_name->size > 0 && !text_is(*ret_name, "*");
}

bool member_path_read(struct text path, struct member_path *ret_path)
{
    struct member_path result = { .count = 0 };
    size_t at = 1;
    while (at < path.size) {
        if (result.count == MEMBER_PATH_LIMIT ||
            !read_name(path, at, &result.names[result.count], &at)) {
            return false;
        }
        result.count++;
    }
    if (result.count == 0) {
        return false;
    }
    *ret_path = result;
    return true;
}
